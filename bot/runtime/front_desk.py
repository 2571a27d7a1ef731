"""Whether the front desk is open, when it opens again, and what patients are told of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from actions.callbacks.clock import as_clock
from bot.conversation.holding import Notice
from bot.conversation.message import Message, Suggestion, new_id
from bot.conversation.serving import FrontDesk
from bot.knowledge import Texts
from bot.settings.clinic import Clinic
from bot.settings.hours import status

CALL = "call"
# After these a patient would rather be rung than wait.
WAITS = ("left_waiting", "still_waiting")


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Opening:
    """Tells by the clinic's hours whether somebody is at the front desk."""

    clinic: Clinic
    now: Callable[[], datetime] = _now

    def opens(self) -> str | None:
        """Return when the front desk opens, such as "on Monday at 8 am"; None while it is open."""
        zone = ZoneInfo(self.clinic.time_zone)
        here = self.now().astimezone(zone)
        state = status(self.clinic.hours, zone, here)
        if state.open:
            return None
        return "again later" if state.until is None else _when(state.until.astimezone(zone), here)

    def is_open(self) -> bool:
        """Tell whether it is open now."""
        return self.opens() is None


def front_desk(opening: Opening, texts: Texts) -> FrontDesk:
    """Return the front desk as the conversations know it."""

    def notice(about: Notice, name: str | None) -> Message:
        until = opening.opens()
        waits = about in WAITS
        key = f"desk.{about}_closed" if waits and until is not None else f"desk.{about}"
        somebody = name or texts["desk.somebody"].text
        words = texts[key].text.replace("{name}", somebody).replace("{until}", until or "")
        call = Suggestion(texts["label.call_back"].text, CALL)
        suggestions = (call,) if waits else ()
        return Message(new_id(), "notice", words, f"desk/{about}", suggestions=suggestions)

    def waits() -> Message:
        until = opening.opens()
        key = "service.talk_to_person_again" + ("" if until is None else "_closed")
        words = texts[key].text.replace("{until}", until or "")
        call = Suggestion(texts["label.call_back"].text, CALL)
        return Message(new_id(), "handoff", words, "talk_to_person", suggestions=(call,))

    return FrontDesk(opening.is_open, notice, waits)


def _when(until: datetime, here: datetime) -> str:
    """Return a coming moment as one says it: today at 2 pm, on Monday at 8.30 am."""
    clock = as_clock(until)
    days = (until.date() - here.date()) // timedelta(days=1)
    if days == 0:
        return f"today at {clock}"
    if days == 1:
        return f"tomorrow at {clock}"
    if days < 7:
        return f"on {until:%A} at {clock}"
    return f"on {until.day} {until:%B} at {clock}"
