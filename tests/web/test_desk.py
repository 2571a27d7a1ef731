"""Whether the front desk is open, reckoned seldom and never out of date."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.settings.hours import Hours, Span
from bot.web.desk import desk_by_hours
from tests.web.clinic_site import site_settings


def test_it_changes_at_the_very_moment() -> None:
    clinic = site_settings("http://clinic.test").clinic
    hours = Hours(((Span(9 * 60, 12 * 60),), *((),) * 6), frozenset())
    now = datetime(2026, 6, 1, 7, 59, 59, tzinfo=UTC)  # a Monday, 8.59.59 in London
    desk = desk_by_hours(replace(clinic, hours=hours), lambda: now)
    assert desk() == {"open": False, "until": "2026-06-01T09:00:00+01:00"}
    now += timedelta(seconds=1)
    assert desk() == {"open": True, "until": "2026-06-01T12:00:00+01:00"}
    now += timedelta(hours=3)
    assert desk() == {"open": False, "until": "2026-06-08T09:00:00+01:00"}
