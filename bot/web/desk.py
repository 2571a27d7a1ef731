"""Whether somebody is at the front desk, as far as the opening hours tell."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.settings.clinic import Clinic
from bot.settings.hours import Status, status
from bot.web.site import Desk


def desk_by_hours(clinic: Clinic, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> Desk:
    """Return what tells whether the front desk is open now, and when that will change.

    It reckons again after a minute or when the desk opens or closes, whichever comes first.
    """
    zone = ZoneInfo(clinic.time_zone)
    known, good_until = Status(open=False, until=None), datetime.min.replace(tzinfo=UTC)

    def desk() -> dict[str, Any]:
        nonlocal known, good_until
        moment = now()
        if moment >= good_until:
            known = status(clinic.hours, zone, moment)
            soon = moment + timedelta(minutes=1)
            good_until = min(soon, known.until.astimezone(UTC)) if known.until else soon
        return {"open": known.open, "until": known.until and known.until.isoformat()}

    return desk
