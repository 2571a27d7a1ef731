"""Labelled questions: a JSON object a line, with what a right reply would be."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from bot.conversation.message import KINDS


class LabelError(Exception):
    """A line of the file is no labelled question; the text names the line and what to mend."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, the kinds of message that are right, and the sections that answer it."""

    id: str
    text: str
    expect: str
    also_ok: frozenset[str]
    sections: frozenset[str]

    @property
    def right_kinds(self) -> frozenset[str]:
        """Every kind of message that counts as right."""
        return self.also_ok | {self.expect}


def read_labelled(lines: Iterable[str], known: Collection[str] | None = None) -> list[Labelled]:
    """Read labelled questions, skipping empty lines; LabelError names the first wrong line.

    `known` are the sections that a label may name.
    """
    numbered = ((number, line) for number, line in enumerate(lines, start=1) if line.strip())
    return [_read(number, line, known) for number, line in numbered]


def _read(number: int, line: str, known: Collection[str] | None) -> Labelled:
    try:
        data = json.loads(line)
        labelled = _labelled(data)
    except json.JSONDecodeError:
        raise LabelError(f"line {number}: not JSON; write one object a line") from None
    except (KeyError, TypeError, AttributeError):
        raise LabelError(
            f"line {number}: needs `id`, `text` and `expect`, and lists in `also_ok`, `sections`"
        ) from None
    unknown = labelled.right_kinds - set(KINDS)
    if unknown:
        raise LabelError(f"line {number}: `{sorted(unknown)[0]}` is no kind of message")
    missing = () if known is None else sorted(labelled.sections - set(known))
    if missing:
        raise LabelError(f"line {number}: there is no section `{missing[0]}` in the documents")
    return labelled


def _labelled(data: dict[str, Any]) -> Labelled:
    return Labelled(
        id=str(data["id"]),
        text=data["text"].strip(),
        expect=data["expect"],
        also_ok=frozenset(data.get("also_ok") or ()),
        sections=frozenset(data.get("sections") or ()),
    )
