"""What a page downloads for the widget, in bytes, beside two published chat widgets."""

import gzip
import tarfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from bot.knowledge import load_knowledge
from bot.runtime.steps import StepFailed
from bot.runtime.texts import fixed_texts
from bot.settings import settings_from_environment
from bot.settings.clinic import load_clinic
from bot.web.files import widget_scripts
from bot.web.templating import make_templates
from bot.web.widget import widget_styles, words_files
from bot.web.words import load_languages
from scripts.node import Node, find_node, run_npm

ROOT = Path(__file__).resolve().parents[1]
LOG = ROOT / ".cache" / "logs" / "bench-npm.log"


@dataclass(frozen=True, slots=True)
class Published:
    """A released widget, and the one file of it that its instructions put on a page."""

    name: str
    version: str
    file: str

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


OTHERS = (
    Published("deep-chat", "2.4.2", "dist/deepChat.bundle.js"),
    Published("rasa-webchat", "1.0.1", "lib/index.js"),
)


def scripts_and_styles() -> dict[str, bytes]:
    """Return our widget's scripts and styles by name, as they are served."""
    clinic = load_clinic(ROOT / "clinic.yml")
    styles = widget_styles(make_templates(clinic), clinic.accent)
    return {name: file.plain for name, file in (widget_scripts() | {"styles.css": styles}).items()}


def words() -> dict[str, bytes]:
    """Return what our widget says, as it is served: the others have that in their scripts."""
    settings = settings_from_environment(ROOT)
    knowledge, texts = load_knowledge(ROOT), fixed_texts(settings)
    languages = load_languages(settings.clinic.facts())
    return {"words.json": words_files(settings.clinic, knowledge, texts, languages)["en"].plain}


def packed(files: Mapping[str, bytes]) -> int:
    """Return the bytes of the files, each compressed alone by gzip -9, as they travel."""
    return sum(len(gzip.compress(content, 9, mtime=0)) for content in files.values())


def fetch(widget: Published, node: Node) -> dict[str, bytes]:
    """Return the widget's file, fetched from where npm keeps it; StepFailed if it can't be."""
    package = f"{widget.name}@{widget.version}"
    with TemporaryDirectory() as folder:
        arguments = ("pack", package, "--ignore-scripts", "--pack-destination", folder)
        run_npm(f"Fetching {widget}", node, arguments, cwd=Path(folder), log=LOG)
        [archive] = Path(folder).glob("*.tgz")
        with tarfile.open(archive) as tar:
            try:
                member = tar.extractfile(f"package/{widget.file}")
            except KeyError:
                member = None
            if member is None:
                raise StepFailed(f"{widget} has no {widget.file}; name its file in {__file__}")
            return {widget.file: member.read()}


def measure_sizes() -> str:
    """Return the sizes as a table; StepFailed in one line when the others can't be fetched.

    SettingsError if `clinic.yml`, whose facts and colour are in ours, can't be read.
    """
    node = find_node(ROOT)
    code = scripts_and_styles()
    ours = code | words()
    rows = [("Candor", code), ("Candor with its words", ours)]
    rows += [(str(other), fetch(other, node)) for other in OTHERS]
    lines = [f"{'':<26}{'files':>10}{'bytes':>12}{'gzip -9':>12}{'times ours':>12}"]
    for title, files in rows:
        plain, small = sum(map(len, files.values())), packed(files)
        times = small / packed(ours)
        lines.append(f"{title:<26}{len(files):>10}{plain:>12,}{small:>12,}{times:>12.1f}")
    return "\n".join([*lines, "Each file is compressed alone, as it travels."])
