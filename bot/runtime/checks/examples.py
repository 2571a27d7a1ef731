"""The examples of data/nlu, each with the file and line it stands in."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bot.knowledge.problems import KnowledgeError
from bot.knowledge.strict_yaml import read_yaml

INTENT = re.compile(r"- intent: (\S+)\s*$")
EXAMPLE = re.compile(r"    - (.*\S)\s*$")
HEADS = re.compile(r"(?:version: .*|nlu:|  examples: \|)$")
MARKUP = re.compile(r"\[[^\]]*\]\s*[({]")


@dataclass(frozen=True, slots=True)
class Example:
    """One way to ask for an intent."""

    intent: str
    text: str
    place: str  # file and line

    @property
    def words(self) -> frozenset[str]:
        """The words it is made of."""
        return frozenset(re.findall(r"\w+", self.text.casefold()))


def read_examples(folder: Path) -> list[Example]:
    """Return every example; KnowledgeError names each line that is none, with its file."""
    problems: list[str] = []
    examples: list[Example] = []
    for path in sorted(folder.glob("*.yml")):
        read_yaml(path)  # names what is no YAML at all
        for example in _read(path):
            if isinstance(example, str):
                problems.append(example)
            else:
                examples.append(example)
    if problems:
        raise KnowledgeError(problems)
    return examples


def _read(path: Path) -> Iterator[Example | str]:
    """Yield each example of a file, or what is wrong with a line."""
    intent = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        place = f"{path.name}, line {number}"
        if found := INTENT.match(line):
            intent = found[1]
        elif found := EXAMPLE.match(line):
            yield _example(intent, found[1], place)
        elif line.strip() and not line.lstrip().startswith("#") and not HEADS.match(line):
            yield f"{place}: write `- intent: NAME`, `  examples: |`, or `    - ` and an example"


def _example(intent: str, text: str, place: str) -> Example | str:
    if not intent:
        return f"{place}: an example needs an intent above it"
    if MARKUP.search(text):
        return f"{place}: leave out the brackets: what an example names is found by the lexicon"
    return Example(intent, text, place)
