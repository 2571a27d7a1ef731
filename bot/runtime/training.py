"""Trains the model when it is older than what it is made from, and swaps it in whole."""

import fcntl
import gzip
import json
import os
import shutil
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import yaml

from bot.knowledge import KnowledgeError, compile_passages, load_knowledge
from bot.runtime.checks import all_problems
from bot.runtime.freshness import file_digest, inputs_digest, is_fresh
from bot.runtime.paths import Paths
from bot.runtime.rasa import rasa_environment
from bot.runtime.steps import StepFailed, run_step, say
from bot.runtime.taught import FILE, FOLDER, write_taught

CONFIGURATION = ("config.yml", "domain.yml")
# Documents, answers and the lexicon lie in data/ too, and Rasa must not read them as examples.
DATA = ("--domain", "domain.yml", "--data", "data/nlu", "data/stories")
HINT = "Mend what the lines above name (config.yml, domain.yml, data/) and run `candor train`."


def train(root: Path, *, force: bool = False) -> bool:
    """Train if need be and tell whether that was done; KnowledgeError or StepFailed if it can't."""
    paths = Paths(root)
    if problems := all_problems(root):
        raise KnowledgeError(problems)
    with _alone(root):
        compile_passages(load_knowledge(root), paths.passages)
        left_out = write_taught(root)
        if not force and is_fresh(root):
            return False
        refuse_unusable(paths)
        for line in left_out:
            say(f"Not learnt: {line}.")
        say("Training the model (half a minute; the first time some minutes):")
        made_from = inputs_digest(root)
        archive = _trained(paths)
        _swap_in(paths, archive, made_from)
    return True


def _trained(paths: Paths) -> Path:
    """Check and train under a name of its own; return the archive once it is known to unpack."""
    folder = paths.root / "build" / "model"
    shutil.rmtree(folder, ignore_errors=True)
    # Rasa's own cache of steps isn't used: ours keep single examples, and outlive a changed step.
    taught = (str(FOLDER),) if (paths.root / FILE).is_file() else ()
    what = ("--force", "--config", "config.yml", *DATA, *taught)
    where = ("--out", str(folder), "--fixed-model-name", "candor")
    run_step(
        "Learning from the examples",
        [str(paths.engine_python), "-m", "engine.quick_training", "train", *what, *where],
        log=paths.logs / "train.log",
        hint=HINT,
        cwd=paths.root,
        environment=rasa_environment(),
    )
    archive = folder / "candor.tar.gz"
    if not is_whole(archive):
        raise StepFailed(f"Training left no whole model; see {paths.logs / 'train.log'}. {HINT}")
    return archive


def is_whole(archive: Path) -> bool:
    """Tell whether every file of the archive can be read."""
    try:
        with gzip.open(archive) as file:
            while file.read(1 << 20):
                pass
        with tarfile.open(archive) as opened:
            return bool(opened.getmembers())
    except (OSError, EOFError, zlib.error, tarfile.TarError):
        return False


def _swap_in(paths: Paths, archive: Path, made_from: str) -> None:
    """Put the new model in the old one's place; a stop in between leaves one that is stale."""
    paths.model.parent.mkdir(parents=True, exist_ok=True)
    facts = archive.with_name("candor.json")
    content = {"inputs": made_from, "archive": file_digest(archive)}
    facts.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")
    os.replace(archive, paths.model)
    os.replace(facts, paths.model_facts)


def refuse_unusable(paths: Paths) -> None:
    """Raise StepFailed, one line, when what training needs is missing or no YAML."""
    if not paths.engine_python.exists():
        raise StepFailed("The engine's environment is missing; run `make setup`.")
    for name in CONFIGURATION:
        try:
            content = yaml.safe_load((paths.root / name).read_text(encoding="utf-8"))
        except FileNotFoundError:
            raise StepFailed(f"{name} is missing; restore it (git checkout {name}).") from None
        except (OSError, UnicodeError, yaml.YAMLError) as error:
            mark = getattr(error, "problem_mark", None)
            place = f" at line {mark.line + 1}" if mark else ""
            raise StepFailed(f"{name} doesn't load: it is not YAML{place}; mend it.") from None
        if not isinstance(content, dict):
            raise StepFailed(f"{name} doesn't load: it has no entries; restore it.")


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Wait until no other process trains, so that two starts at once train once."""
    lock = root / "build" / "training.lock"
    lock.parent.mkdir(parents=True, exist_ok=True)
    with lock.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Waiting for another training to end ...")
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
