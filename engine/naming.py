"""Finds everything a message names, in Rasa's shape for entities."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from spacy.tokens import Doc

from engine.ages import find_ages
from engine.lexicon import Name
from engine.parts import Part
from engine.times import Found, find_times

EXTRACTOR = "Reader"


def find_entities(doc: Doc, names: dict[str, Name], today: date) -> list[dict[str, Any]]:
    """Return the entities of the text from left to right; times in days, ages in years."""
    text = doc.text
    ages = find_ages(text)
    times = [t for t in find_times(text, today) if not any(_overlap(t, a) for a in ages)]
    found = [_entity(text, "age", age) for age in ages]
    found += [_entity(text, "time_since", time) for time in times]
    for span in doc.ents:
        name = names[span.id_]
        entity = _shape(name.entity, span.start_char, span.end_char, name.value, name.covered)
        found.append(entity)
    return sorted(found, key=lambda entity: entity["start"])


def mark_asides(entities: Sequence[dict[str, Any]], text: str, parts: Sequence[Part]) -> None:
    """Mark what is named only where the message asks nothing ("Tried gel first. Is it safe?")."""
    asked, place = [], 0
    for part in parts:
        begin = text.find(part.text, place)
        if begin < 0:  # its pieces were put together; nothing can be told apart
            return
        place = begin + len(part.text)
        if part.asks:
            asked.append((begin + part.told, place))
    for entity in entities:
        entity["aside"] = bool(asked) and not any(b <= entity["start"] < e for b, e in asked)


def _overlap(one: Found, other: Found) -> bool:
    return one.start < other.end and other.start < one.end


def _entity(text: str, entity: str, found: Found) -> dict[str, Any]:
    value = int(found.value) if found.value == int(found.value) else found.value
    return _shape(entity, found.start, found.end, value, True)


def _shape(entity: str, start: int, end: int, value: object, covered: bool) -> dict[str, Any]:
    return {
        "entity": entity,
        "start": start,
        "end": end,
        "value": value,
        "covered": covered,
        "extractor": EXTRACTOR,
    }
