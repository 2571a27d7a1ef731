"""The data both pipelines get: the same examples to learn, the same held-out ones to answer."""

import json
import random
from collections.abc import Mapping, Sequence
from pathlib import Path

import yaml

Examples = Mapping[str, Sequence[str]]


def read_examples(folder: Path) -> dict[str, list[str]]:
    """Return the examples of each intent in Rasa's NLU files."""
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            lines = str(block.get("examples", "")).splitlines()
            texts = [line[2:].strip() for line in lines if line.startswith("- ")]
            # Without the slash an intent is a plain class: no second model has to choose.
            found.setdefault(block["intent"].replace("/", "__"), []).extend(texts)
    return found


def split(examples: Examples, learnt: int | None, held_out: int, seed: int = 0) -> tuple[
    dict[str, list[str]], list[tuple[str, str]]
]:  # fmt: skip
    """Return what is learnt of each intent (all, if None) and the held-out (text, intent) pairs."""
    chosen = random.Random(seed)  # noqa: S311 - not a secret
    to_learn: dict[str, list[str]] = {}
    to_answer: list[tuple[str, str]] = []
    for intent, texts in sorted(examples.items()):
        mixed = sorted(set(texts))
        chosen.shuffle(mixed)
        to_answer += [(text, intent) for text in mixed[:held_out]]
        rest = mixed[held_out:]
        to_learn[intent] = rest if learnt is None else rest[:learnt]
    return to_learn, to_answer


def write_project(folder: Path, to_learn: Examples, to_answer: Sequence[tuple[str, str]]) -> None:
    """Write the files that `rasa train nlu` and the measuring read."""
    folder.mkdir(parents=True, exist_ok=True)
    blocks = [
        {"intent": intent, "examples": "".join(f"- {text}\n" for text in texts)}
        for intent, texts in to_learn.items()
    ]
    write_yaml(folder / "nlu.yml", {"version": "3.1", "nlu": blocks})
    write_yaml(folder / "domain.yml", {"version": "3.1", "intents": list(to_learn)})
    (folder / "held-out.json").write_text(json.dumps(to_answer))


def write_config(path: Path, source: Path, changes: Mapping[str, Mapping[str, str]]) -> None:
    """Write a pipeline's configuration with changed options of some of its components."""
    config = yaml.safe_load(source.read_text(encoding="utf-8"))
    for step in config["pipeline"]:
        step.update(changes.get(step["name"].rpartition(".")[2], {}))
    config.pop("policies", None)
    write_yaml(path, config)


def write_yaml(path: Path, content: object) -> None:
    """Write what Rasa reads, making the folder where it is missing."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(yaml.safe_dump(content, sort_keys=False, allow_unicode=True, width=10_000))
