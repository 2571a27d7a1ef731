"""A text that is too long for one message, cut where it hurts least."""

import re

from bot.channels.whatsapp.limits import beginning, size

# From the border between passages to the one between words, by how little a cut there hurts.
BORDERS = tuple(
    re.compile(border)
    for border in (
        r"\n[^\S\n]*\n\s*",  # between paragraphs, which are passages
        r"\n\s*",  # between the items of a list
        r"(?<=[.!?\u2026])[\u201d\u2019\"')]*\s+",  # between sentences
        r"\s+",
    )
)


def cut(text: str, room: int, last_room: int) -> list[str]:
    """Return the text in parts, the last of at most `last_room` and the others of `room`.

    A passage is only cut when it has more than `room` alone; then between its items or sentences,
    else between words, and within a word that is longer than a part. Nothing but the white space
    at the borders is lost. `room` must be two or more, `last_room` not less than `room`.
    """
    left = text.strip()
    parts = []
    while size(left) > last_room:
        end, begin = _border(left, room)
        parts.append(left[:end].rstrip())
        left = left[begin:]
    return [*parts, left]


def _border(text: str, room: int) -> tuple[int, int]:
    """Return where a part of at most `room` ends, and where the next one begins."""
    most = len(beginning(text, room))
    for border in BORDERS:
        fitting = [found for found in border.finditer(text) if 0 < _end(found) <= most]
        if fitting:
            return _end(fitting[-1]), fitting[-1].end()
    return most, most


def _end(border: re.Match[str]) -> int:
    """Return where the part before a border ends; its white space needs no room."""
    return border.start() + len(border[0].rstrip())
