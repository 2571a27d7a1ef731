"""The wish to be rung, as the conversation hands it on to the front desk's list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.conversation.clean import clean

LONGEST = {"name": 80, "number": 20, "when": 200, "about": 500}


@dataclass(frozen=True, slots=True)
class CallBack:
    """Whom to ring, under which number (E.164), when in their words, by when, and about what."""

    name: str
    number: str
    when: str
    due_at: datetime
    about: str


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """Word that nobody need ring any more."""


type Wish = CallBack | Withdrawn


def wish_from_dict(data: Mapping[str, Any] | None) -> Wish | None:
    """Read a wish from its JSON object; KeyError, TypeError or ValueError when it isn't one."""
    if data is None:
        return None
    if data.get("withdrawn"):
        return Withdrawn()
    texts = {name: clean(str(data[name]))[:most] for name, most in LONGEST.items()}
    due_at = datetime.fromisoformat(data["due_at"])
    if due_at.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    return CallBack(due_at=due_at, **texts)


def wish_to_dict(wish: Wish) -> dict[str, Any]:
    """Return what `wish_from_dict` reads."""
    if isinstance(wish, Withdrawn):
        return {"withdrawn": True}
    texts = {name: getattr(wish, name) for name in LONGEST}
    return {**texts, "due_at": wish.due_at.isoformat()}
