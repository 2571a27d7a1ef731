"""A delivery's bytes, taken apart as JSON that can be kept and written again."""

import json
import math
from typing import Any

MOST_DIGITS = 300


class BadDelivery(ValueError):
    """The body is no delivery."""


def parsed(body: bytes) -> dict[str, Any]:
    """Return a delivery's JSON object; BadDelivery when the body is none, in UTF-8.

    Numbers beyond what can be written again become None.
    """
    try:
        found = json.loads(
            body.decode(), parse_int=_whole, parse_float=_finite, parse_constant=_refuse
        )
    except (ValueError, RecursionError):
        raise BadDelivery("the delivery is no JSON in UTF-8, or nested too deeply") from None
    if not isinstance(found, dict):
        raise BadDelivery("the delivery is no JSON object")
    return found


def _whole(digits: str) -> int | None:
    return int(digits) if len(digits) <= MOST_DIGITS else None


def _finite(digits: str) -> float | None:
    return value if math.isfinite(value := float(digits)) else None


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is no JSON")
