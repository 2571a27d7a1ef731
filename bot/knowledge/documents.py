"""Documents as the clinic writes them: front matter, headed sections with ids, passages."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.passages import split_passages
from bot.knowledge.problems import KnowledgeError

HEADING = re.compile(r"^## +(?P<title>.+?) *\{#(?P<id>[a-z0-9-]+)\} *$")
FRONT_MATTER = re.compile(r"\A---\n(?P<head>.*?)\n---\n(?P<body>.*)\Z", re.DOTALL)
REQUIRED = ("title", "language", "reviewed", "based_on")


@dataclass(frozen=True, slots=True)
class Passage:
    """A quotable sentence, or a list with its lead-in; `number` counts from 1 in its section."""

    section: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A headed part of a document; `id` is `<document>#<anchor>`."""

    id: str
    anchor: str
    heading: str
    markdown: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Study:
    """A study that a document names as its evidence."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """An article the clinic stands behind."""

    slug: str
    title: str
    language: str
    reviewed: date
    based_on: str
    studies: tuple[Study, ...]
    sections: tuple[Section, ...]


def read_document(path: Path) -> Document:
    """Read one document; KnowledgeError names every missing or doubled thing."""
    match = FRONT_MATTER.match(path.read_text(encoding="utf-8"))
    if match is None:
        raise KnowledgeError([f"{path.name}: begin the file with front matter between --- lines"])
    head = _front_matter(path.name, match["head"])
    sections = tuple(_sections(path.stem, match["body"]))
    problems = _section_problems(path.name, sections)
    if problems:
        raise KnowledgeError(problems)
    return Document(
        slug=path.stem,
        title=str(head["title"]),
        language=str(head["language"]),
        reviewed=head["reviewed"],
        based_on=str(head["based_on"]),
        studies=tuple(Study(item["title"], item["url"]) for item in head.get("studies") or ()),
        sections=sections,
    )


def _front_matter(name: str, text: str) -> dict[str, Any]:
    try:
        head = yaml.safe_load(text)
    except yaml.YAMLError as error:
        raise KnowledgeError([f"{name}: the front matter is not YAML: {_line(error)}"]) from None
    if not isinstance(head, dict):
        raise KnowledgeError([f"{name}: the front matter must be `name: value` lines"])
    problems = [f"{name}: the front matter lacks `{key}`" for key in REQUIRED if key not in head]
    if not problems and not isinstance(head["reviewed"], date):
        problems = [f"{name}: `reviewed` must be a date such as 2026-11-16"]
    if problems:
        raise KnowledgeError(problems)
    return head


def _line(error: yaml.YAMLError) -> str:
    return " ".join(str(error).split())


def _sections(slug: str, body: str) -> Iterator[Section]:
    heading: re.Match[str] | None = None
    lines: list[str] = []
    for line in [*body.splitlines(), "## end {#end}"]:
        found = HEADING.match(line)
        if found is None:
            lines.append(line)
            continue
        if heading is not None:
            yield _section(slug, heading, "\n".join(lines).strip())
        heading, lines = found, []


def _section(slug: str, heading: re.Match[str], markdown: str) -> Section:
    section_id = f"{slug}#{heading['id']}"
    passages = tuple(
        Passage(section_id, number, text)
        for number, text in enumerate(split_passages(markdown), start=1)
    )
    return Section(section_id, heading["id"], heading["title"], markdown, passages)


def _section_problems(name: str, sections: tuple[Section, ...]) -> list[str]:
    if not sections:
        return [f"{name}: no section found; write headings as `## Title {{#id}}`"]
    seen: set[str] = set()
    problems = []
    for section in sections:
        if section.anchor in seen:
            problems.append(f"{name}: the section id `{section.anchor}` is used twice")
        if not section.passages:
            problems.append(f"{name}: the section `{section.anchor}` is empty")
        if "\n## " in f"\n{section.markdown}":
            problems.append(f"{name}: a heading in or after `{section.anchor}` lacks its {{#id}}")
        seen.add(section.anchor)
    return problems
