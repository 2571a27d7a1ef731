"""The coverage gate: what names a thing outside the documents isn't answered by them."""

from actions.heard import Heard

# What is declined when a thing of this type is named that the documents don't cover.
DECLINED_AS = {
    "treatment": "other_treatments",
    "condition": "other_diseases",
    "medicine": "medicines",
}
# An organ that is named with one of these is what the treatment is wanted for.
WANTED_FOR = frozenset({"does_it_work", "is_it_for_me", "can_it_cure", "what_is_it_used_for"})
ORGANS_AS = {"body_part": "other_diseases"}

# Answers for which such names are part of a covered question ("can I stop my naproxen").
INDIFFERENT = frozenset(
    {
        "guarantees",
        "spot_bad_clinics",
        "studies",
        "less_medication",
        "versus_painkillers",
        "versus_steroids",
        "steroid_harm",
        "versus_other_relief",
    }
)


def not_covered(heard: Heard, answer: str) -> str | None:
    """Return the topic to decline with, when the message names only uncovered things of a type."""
    if answer in INDIFFERENT:
        return None
    declined_as = DECLINED_AS | (ORGANS_AS if answer in WANTED_FOR else {})
    for type_, topic in declined_as.items():
        named = [entity.covered for entity in heard.entities if entity.type == type_]
        if named and not any(named):
            return topic
    return None
