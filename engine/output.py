"""The shapes in which Rasa and the application expect what was understood."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.gates import Verdict
from engine.intents import Understanding

FALLBACK = "nlu_fallback"
SHOWN = 5  # of the ranking; it goes into the tracker and to the action endpoint with every turn


def base_of(intent: str) -> str:
    """Return the retrieval intent: `answer` for `answer/is_it_permanent`."""
    return intent.partition("/")[0]


def intent_of(verdict: Verdict) -> dict[str, Any]:
    """Return Rasa's intent: the base of the one decided on, or the fallback."""
    name = base_of(verdict.intent) if verdict.intent else FALLBACK
    return {"name": name, "confidence": verdict.confidence}


def response_selector(verdict: Verdict, intents: Iterable[str]) -> dict[str, Any]:
    """Return what Rasa's ResponseSelector would say, as far as Rasa reads it."""
    bases = sorted({base_of(intent) for intent in intents if "/" in intent})
    selector: dict[str, Any] = {"all_retrieval_intents": bases}
    if verdict.intent and base_of(verdict.intent) in bases:
        choice = {"intent_response_key": verdict.intent, "confidence": verdict.confidence}
        response = {**choice, "responses": [], "utter_action": f"utter_{verdict.intent}"}
        selector[base_of(verdict.intent)] = {"response": response, "ranking": [choice]}
    return selector


def reading_of(understood: Understanding, verdict: Verdict) -> dict[str, Any]:
    """Return how one text was read: what it may mean, and which gate decided what it means."""
    return {
        "intent": verdict.intent or FALLBACK,
        "confidence": round(verdict.confidence, 4),
        "ranking": [
            {"intent": name, "confidence": round(chance, 4)}
            for name, chance in understood.ranking[:SHOWN]
        ],
        "nearest": round(understood.nearest, 4),
        "scope": round(understood.scope, 4),
        "gate": {
            "name": verdict.gate,
            "value": round(verdict.value, 4),
            "least": verdict.least,
            "likeliest": verdict.likeliest,
            "signs": [round(sign, 4) for sign in verdict.signs],
        },
    }


def part_of(reading: Mapping[str, Any], text: str, entities: Sequence[Any]) -> dict[str, Any]:
    """Return one question of several, with what it names."""
    return {"text": text, **reading, "entities": list(entities)}
