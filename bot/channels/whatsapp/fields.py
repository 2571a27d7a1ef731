"""Single fields of a delivery: each is what it should be, or None."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from unicodedata import category

MOST_ID = 512
MOST_USER_ID = 160
MOST_LINE = 200
# No time of a message lies beyond: milliseconds for seconds would.
END_OF_TIME = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())


def object_in(holder: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    """Return the object under a key, an empty one when there is none."""
    found = holder.get(key)
    return found if isinstance(found, dict) else {}


def words(value: object) -> str | None:
    """Return a text that isn't empty, as it came."""
    return value if isinstance(value, str) and value else None


def visible(value: object, most: int = MOST_ID) -> str | None:
    """Return an id: visible ASCII characters only, so that it can be stored, sent and logged."""
    return value if isinstance(value, str) and re.fullmatch(rf"[!-~]{{1,{most}}}", value) else None


def user_id(value: object) -> str | None:
    """Return Meta's id of a person for this business."""
    return visible(value, MOST_USER_ID)


def phone(value: object) -> str | None:
    """Return a phone number's digits, with the country's code; a JSON number will do, too."""
    text = value if isinstance(value, str) else str(whole(value, 10**20) or "")
    found = re.fullmatch(r"\+?([0-9]{1,20})", text)
    return found[1] if found else None


def whole(value: object, below: int) -> int | None:
    """Return a number that isn't negative, from itself or its digits."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,20}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if 0 <= value < below else None


def code(value: object) -> int | None:
    """Return the code of an error."""
    return whole(value, 2**31)


def moment(value: object) -> datetime | None:
    """Return the time (UTC) of a timestamp in seconds; None for one that no message can have."""
    seconds = whole(value, END_OF_TIME)
    return datetime.fromtimestamp(seconds, UTC) if seconds else None


def line(value: object) -> str | None:
    """Return a name or a title as one short line without control characters."""
    if not isinstance(value, str):
        return None
    start = value[: 2 * MOST_LINE]
    clean = "".join(" " if category(mark) in ("Cc", "Cs") else mark for mark in start)
    return " ".join(clean.split())[:MOST_LINE].strip() or None


def label(value: object) -> str:
    """Return the name of a type so that it can be logged: up to 40 of a-z, 0-9 and _."""
    text = value[:MOST_LINE].lower() if isinstance(value, str) else ""
    return re.sub(r"[^a-z0-9_]", "", text)[:40] or "unknown"
