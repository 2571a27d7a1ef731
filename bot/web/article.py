"""Sections as HTML, with chosen passages inside <mark>."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from bot.knowledge import Section

MARKDOWN = MarkdownIt("commonmark", {"html": False})


@dataclass(frozen=True, slots=True)
class Span:
    """From one passage of a section to another, both included, counted from 1."""

    first: int
    last: int


def render_section(section: Section, spans: Iterable[Span] = ()) -> Markup:
    """Return the section's body as HTML, with the passages of the spans highlighted."""
    tokens = MARKDOWN.parse(section.markdown)
    for span in spans:
        _mark(tokens, *_letters(section, span))
    # Made by the Markdown renderer with raw HTML switched off, so every text in it is escaped.
    return Markup(MARKDOWN.renderer.render(tokens, MARKDOWN.options, {}))  # noqa: S704


def _letters(section: Section, span: Span) -> tuple[int, int]:
    """Return where the span begins and ends, counted in the section's visible letters.

    Passages follow each other without gaps and only blanks and list dashes stand between
    them, so counting letters finds them through any markup.
    """
    lengths = [_count(MARKDOWN.parse(passage.text)) for passage in section.passages]
    ends = [0, *accumulate(lengths)]
    last = len(section.passages)
    return ends[min(span.first - 1, last)], ends[min(span.last, last)]


def _count(tokens: list[Token]) -> int:
    return sum(len(_visible(text.content)) for text in _texts(tokens))


def _visible(text: str) -> str:
    return "".join(text.split())


def _texts(tokens: list[Token]) -> Iterator[Token]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield token
        yield from _texts(token.children or [])


def _mark(tokens: list[Token], start: int, end: int) -> None:
    """Wrap the visible letters from `start` to `end` wherever they stand in these tokens."""
    place = 0
    for token in tokens:
        children: list[Token] = []
        for child in token.children or []:
            size = _count([child])
            children += _split(child, start - place, end - place)
            place += size
        if token.children:
            token.children = children


def _split(token: Token, start: int, end: int) -> list[Token]:
    """Return the token cut into what stands before, inside and after the highlight."""
    size = _count([token])
    if size == 0 or end <= 0 or start >= size:
        return [token]
    if token.type != "text":
        return [_tag("mark_open", 1), token, _tag("mark_close", -1)]
    cuts = [0, _index(token.content, start), _index(token.content, end), len(token.content)]
    before, inside, after = (
        token.copy(content=token.content[cuts[i] : cuts[i + 1]]) for i in range(3)
    )
    marked = [_tag("mark_open", 1), inside, _tag("mark_close", -1)]
    return [*([before] if before.content else []), *marked, *([after] if after.content else [])]


def _index(text: str, letters: int) -> int:
    """Return the place in the text after this many visible letters and the blanks after them."""
    if letters <= 0:
        return 0
    for place, mark in enumerate(text):
        letters -= not mark.isspace()
        if letters == 0:
            return place + 1
    return len(text)


def _tag(kind: str, nesting: Literal[1, -1]) -> Token:
    return Token(kind, "mark", nesting)
