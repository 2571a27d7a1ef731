"""Sections cut into passages: whole sentences, and lists together with their lead-in."""

import re
from collections.abc import Iterator
from functools import cache

from spacy.lang.en import English
from spacy.language import Language

ITEM = re.compile(r"^- +")


@cache
def _splitter() -> Language:
    language = English()
    language.add_pipe("sentencizer")
    return language


def split_passages(markdown: str) -> list[str]:
    """Return the section's passages in order: sentences, and `lead-in:\\n- item` lists."""
    passages: list[str] = []
    for block in _blocks(markdown):
        if block.startswith("- ") and passages and passages[-1].endswith(":"):
            passages[-1] = f"{passages[-1]}\n{block}"
        elif block.startswith("- "):
            passages.append(block)
        else:
            passages.extend(_sentences(block))
    return passages


def _blocks(markdown: str) -> Iterator[str]:
    """Yield paragraphs as one line each and lists as one `- ` line an item."""
    kind, lines = "", list[str]()
    for line in [*markdown.splitlines(), ""]:
        text = line.strip()
        now = "" if not text else "list" if ITEM.match(text) else kind or "text"
        if now != kind and lines:
            yield _join(kind, lines)
            lines = []
        if text:
            lines.append(text)
        kind = now


def _join(kind: str, lines: list[str]) -> str:
    if kind == "text":
        return " ".join(lines)
    items: list[str] = []
    for line in lines:
        if ITEM.match(line):
            items.append(ITEM.sub("- ", line))
        else:
            items[-1] += f" {line}"
    return "\n".join(items)


def _sentences(paragraph: str) -> list[str]:
    return [text for span in _splitter()(paragraph).sents if (text := span.text.strip())]


def plain(text: str) -> str:
    """Return the text with every run of white space as one blank, for comparing quotations."""
    return " ".join(text.split())
