"""The coverage gate: what names a thing outside the documents isn't answered by them."""

from actions.heard import Heard

# What is declined when a thing of this type is named that the documents don't cover.
DECLINED_AS = {
    "treatment": "other_treatments",
    "condition": "other_diseases",
    "medicine": "medicines",
}

# Answers for which such names are part of a covered question ("can I stop my naproxen").
INDIFFERENT = frozenset(
    {
        "guarantees",
        "spot_bad_clinics",
        "studies",
        "less_medication",
        "versus_painkillers",
        "versus_steroids",
        "versus_other_relief",
    }
)


def not_covered(heard: Heard, answer: str) -> str | None:
    """Return the topic to decline with, when the message names only uncovered things of a type."""
    if answer in INDIFFERENT:
        return None
    for type_, topic in DECLINED_AS.items():
        named = [entity.covered for entity in heard.entities if entity.type == type_]
        if named and not any(named):
            return topic
    return None
