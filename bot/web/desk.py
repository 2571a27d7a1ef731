"""Whether somebody is at the front desk, as far as the opening hours tell."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.settings.clinic import Clinic
from bot.settings.hours import status


def desk_status(clinic: Clinic) -> dict[str, Any]:
    """Return whether the front desk is open now, and when that will change."""
    now = status(clinic.hours, ZoneInfo(clinic.time_zone), datetime.now(UTC))
    return {"open": now.open, "until": now.until and now.until.isoformat()}
