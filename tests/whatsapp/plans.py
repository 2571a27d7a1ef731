"""What may be on its way to a person, and how it goes on when a step is done."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from bot.channels.whatsapp.plan import MOST_DOUBTS, Drop, GiveUp, Hold, Next, Send, Wait
from bot.channels.whatsapp.queueing import template_content
from bot.store.whatsapp import OPEN, Delivery, State

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
SOON = timedelta(seconds=20)
TEXT = {"type": "text", "text": {"body": "Yes."}}
TEMPLATE = template_content("answer_ready", "en_GB")
UNDER_WAY = ("sending", "unsure")


def delivery(number: int, state: State = "waiting", **more: Any) -> Delivery:  # noqa: ANN401
    """A delivery with this number; `more` are fields of it."""
    standard: dict[str, Any] = {
        "opaque": f"o{number}",
        "contact_id": "p",
        "conversation_id": "c",
        "seq": number,
        "part": 0,
        "message_id": f"m{number}",
        "urgent": False,
        "content": TEXT,
        "attempts": int(state in UNDER_WAY),
        "doubts": 0,
        "due_at": NOW,
        "code": None,
    }
    return Delivery(id=number, state=state, **standard | more)


def in_order(deliveries: Sequence[Delivery]) -> list[Delivery]:
    """As the store gives them."""
    return sorted(deliveries, key=lambda one: (not one.urgent, one.id))


@st.composite
def situations_of(draw: st.DrawFn) -> list[Delivery]:
    """Anything that may be on its way."""

    def one(number: int) -> Delivery:
        template = draw(st.integers(0, 4)) == 0
        return delivery(
            number,
            draw(st.sampled_from(OPEN)),
            urgent=not template and draw(st.integers(0, 4)) == 0,
            content=TEMPLATE if template else TEXT,
            doubts=draw(st.integers(0, MOST_DOUBTS - 1)),
            due_at=NOW + timedelta(seconds=draw(st.integers(-30, 30))),
        )

    return in_order([one(number) for number in range(draw(st.integers(0, 6)))])


situations = situations_of()


def after(
    deliveries: list[Delivery], step: Next, at: datetime, answer: str
) -> tuple[list[Delivery], datetime]:
    """How things stand after a step, when Graph answers so."""
    match step:
        case Wait(until):
            return deliveries, until
        case Hold(held):
            ids = [one.id for one in held]
            return [replace(one, state="held") if one.id in ids else one for one in deliveries], at
        case Drop(one) | GiveUp(one):
            return [other for other in deliveries if other.id != one.id], at
        case Send(one, doubtful):
            rest = [other for other in deliveries if other.id != one.id]
            if answer == "accepted":
                return rest, at
            tried = replace(
                one,
                state="unsure" if answer == "unsure" else "waiting",
                due_at=at + SOON,
                attempts=one.attempts + 1,
                doubts=one.doubts + int(doubtful),
            )
            return in_order([*rest, tried]), at
    raise AssertionError(step)
