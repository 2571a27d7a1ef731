"""The shapes in which Rasa and the application expect what was understood."""

from collections.abc import Iterable
from typing import Any

from engine.intents import Understanding

FALLBACK = "nlu_fallback"


def base_of(intent: str) -> str:
    """Return the retrieval intent: `answer` for `answer/is_it_permanent`."""
    return intent.partition("/")[0]


def intent_of(understood: Understanding, certain: bool) -> dict[str, Any]:
    """Return Rasa's intent: the best one's base, or the fallback when that is not certain."""
    name, confidence = understood.ranking[0]
    return {"name": base_of(name) if certain else FALLBACK, "confidence": confidence}


def response_selector(understood: Understanding, intents: Iterable[str]) -> dict[str, Any]:
    """Return what Rasa's ResponseSelector would say, as far as Rasa reads it."""
    bases = sorted({base_of(intent) for intent in intents if "/" in intent})
    best, confidence = understood.ranking[0]
    selector: dict[str, Any] = {"all_retrieval_intents": bases}
    if base_of(best) in bases:
        # Kept small: it goes into the tracker and to the action endpoint with every turn.
        choice = {"intent_response_key": best, "confidence": confidence}
        response = {**choice, "responses": [], "utter_action": f"utter_{best}"}
        selector[base_of(best)] = {"response": response, "ranking": [choice]}
    return selector


def understanding_of(understood: Understanding) -> dict[str, Any]:
    """Return the application's own key, which actions read."""
    return {
        "ranking": [{"intent": n, "confidence": round(c, 4)} for n, c in understood.ranking],
        "nearest": round(understood.nearest, 4),
        "scope": round(understood.scope, 4),
        "passages": [],
    }
