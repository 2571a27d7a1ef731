"""The form of the call-back as the conversation remembers it: a slot for each thing it asks."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from actions.callbacks.meaning import ABOUT, NAME, NUMBER, STEPS, WHEN, Waiting
from actions.callbacks.when import When
from bot.conversation.callbacks import CallBack

FORM = "call_back_form"
STATE, OPEN, WISH = "callback_state", "callback_open", "callback_wish"
REQUESTED = "requested_slot"
SLOTS = (*STEPS, STATE)
# Nothing is to be told before something is asked, but it was asked before.
AGAIN = "again"


@dataclass(frozen=True, slots=True)
class Form:
    """What is known so far, and how the asking goes.

    `tries` and `asides` count what didn't fit and what was asked in between since the last thing
    was filled in, `said` names what is told before asking (again), `question` is one that could be
    noted for the call, and `end` how the form ended.
    """

    values: Mapping[str, Any] = field(default_factory=dict)
    touched: datetime | None = None
    tries: int = 0
    asides: int = 0
    said: str = ""
    question: str = ""
    end: str = ""
    noted: When | None = None  # of the call-back on the list that was not withdrawn here

    @property
    def step(self) -> str | None:
        """What is asked next; None when nothing is missing."""
        return next((step for step in STEPS if self.values.get(step) is None), None)

    @property
    def when(self) -> When | None:
        """When they want to be rung, once that is known."""
        found = self.values.get(WHEN)
        return found if isinstance(found, When) else None

    def waiting(self, step: str) -> Waiting:
        """Return how the form waits for a step."""
        return Waiting(step, self.tries, self.asides)

    def wish(self) -> CallBack:
        """Return what goes on the front desk's list; KeyError while something is missing."""
        when: When = self.values[WHEN]
        values = self.values
        return CallBack(values[NAME], values[NUMBER], when.text, when.due, values[ABOUT])


def read_form(slots: Mapping[str, Any]) -> Form:
    """Return the form that the slots hold, an empty one when they hold none."""
    values = {step: slots[step] for step in STEPS if slots.get(step) is not None}
    if WHEN in values:
        values[WHEN] = _when_of(values[WHEN])
    state, noted = slots.get(STATE) or {}, slots.get(OPEN)
    return Form(
        values=values,
        touched=_moment(state.get("touched")),
        tries=int(state.get("tries") or 0),
        asides=int(state.get("asides") or 0),
        said=state.get("said") or "",
        question=state.get("question") or "",
        end=state.get("end") or "",
        noted=_when_of(noted) if noted else None,
    )


def slots_of(form: Form) -> dict[str, Any]:
    """Return what `read_form` reads, None for what isn't filled in."""
    values = {step: form.values.get(step) for step in STEPS}
    if form.when is not None:
        values[WHEN] = _when_slot(form.when)
    state = {
        "touched": form.touched and form.touched.isoformat(),
        "tries": form.tries,
        "asides": form.asides,
        "said": form.said,
        "question": form.question,
        "end": form.end,
    }
    return {**values, STATE: {name: value for name, value in state.items() if value}}


def no_form() -> dict[str, Any]:
    """Return the slots without any form."""
    return dict.fromkeys(SLOTS)


def open_slot(noted: When | None) -> dict[str, Any]:
    """Return the slot that remembers a call-back on the list."""
    return {OPEN: noted and _when_slot(noted)}


def _when_slot(when: When) -> dict[str, Any]:
    return {"text": when.text, "due": when.due.isoformat(), "exact": when.exact}


def _when_of(data: Mapping[str, Any]) -> When:
    return When(data["text"], datetime.fromisoformat(data["due"]), bool(data.get("exact")))


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
