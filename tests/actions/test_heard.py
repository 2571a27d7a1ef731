"""What the engine sends, read into plain values."""

from typing import Any

from rasa_sdk import Tracker

from actions.heard import Heard, read_tracker


def reading(text: str, intent: str, *named: tuple[str, str]) -> dict[str, Any]:
    entities = [
        {
            "entity": type_,
            "value": word,
            "covered": True,
            "start": text.index(word),
            "end": text.index(word) + len(word),
        }
        for type_, word in named
    ]
    return {"text": text, "intent": intent, "confidence": 0.9, "entities": entities}


def heard(text: str, *parts: dict[str, Any], read: str | None = None) -> Heard:
    whole = read or text
    named = [
        (e["entity"], e["value"]) for part in parts for e in part["entities"] if e["value"] in whole
    ]
    message = reading(whole, "answer", *named) | {
        "text": text,
        "intent": {"name": "answer", "confidence": 0.9},
        "understanding": {"read": whole, "parts": list(parts)},
    }
    return read_tracker(Tracker("c", {}, message, [], False, None, {}, "action_listen"))


def test_what_an_earlier_question_names_holds_for_the_later_one() -> None:
    parts = heard(
        "is my hip too old and does it hurt",
        reading("is my hip too old", "answer/age", ("body_part", "hip")),
        reading("does it hurt", "answer/does_it_hurt"),
    ).parts
    assert [part.joint for part in parts] == ["other", "other"]


def test_what_a_later_question_names_does_not_hold_for_the_earlier_one() -> None:
    parts = heard(
        "is it safe and does my hip hurt",
        reading("is it safe", "answer/is_it_safe"),
        reading("does my hip hurt", "answer/does_it_hurt", ("body_part", "hip")),
    ).parts
    assert [part.joint for part in parts] == [None, "other"]


def test_words_are_the_patients_own_once_typos_are_repaired() -> None:
    part = reading("does my shoulder hurt", "answer/does_it_hurt", ("body_part", "shoulder"))
    read = heard("does my sholder hurt", part, read="does my shoulder hurt")
    assert read.entities[0].words == "shoulder"
    assert read.text == "does my sholder hurt"
