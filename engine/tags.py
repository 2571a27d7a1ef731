"""Says in a few signs what kinds of things a message names, for words the examples never had."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

SCALE = 0.5  # beside the sentence's vector of length one
# Days after treatment at which the knee timeline's phases end.
PHASES = (3, 14, 42, 90, 180, 365)


def tags_of(entities: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Return the tags of the entities: their kind, whether covered, and a time's phase."""
    tags = set()
    for entity in entities:
        tags.add(f"{entity['entity']}:{'covered' if entity['covered'] else 'not covered'}")
        if entity["entity"] == "time_since":
            tags.add(f"phase:{sum(entity['value'] > end for end in PHASES)}")
    return frozenset(tags)


def tag_rows(tags: Sequence[frozenset[str]], known: Sequence[str]) -> np.ndarray:
    """Return one row for each message, a column for each known tag."""
    rows = [[tag in message for tag in known] for message in tags]
    return SCALE * np.array(rows, dtype=np.float32).reshape(len(tags), len(known))
