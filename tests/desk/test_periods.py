"""Which days a report is about."""

from datetime import date

import pytest

from bot.desk.reports.periods import BadPeriod, period_of

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("query", "first", "last", "before", "words"),
    [
        ({}, "2026-10-28", "2026-11-26", "2026-09-28", "28 October to 26 November 2026"),
        ({"days": "7"}, "2026-11-20", "2026-11-26", "2026-11-13", "20 to 26 November 2026"),
        ({"days": "90"}, "2026-08-29", "2026-11-26", "2026-05-31", "29 August to 26 November 2026"),
        ({"from": "2026-11-27", "to": "2026-11-27"}, *["2026-11-27"] * 2, "2026-11-26",
         "27 November 2026"),
        ({"from": "2025-12-30", "to": "2026-01-02"}, "2025-12-30", "2026-01-02", "2025-12-26",
         "30 December 2025 to 2 January 2026"),
    ],
)  # fmt: skip
def test_a_period_is_whole_days(
    query: dict[str, str], first: str, last: str, before: str, words: str
) -> None:
    period = period_of(query, TODAY)
    assert (str(period.first), str(period.last), str(period)) == (first, last, words)
    assert str(period.before.first) == before
    assert period.before.days == period.days
    assert (period.first - period.before.last).days == 1
    again = dict(part.split("=") for part in period.query.split("&"))
    assert period_of(again, TODAY) == period


@pytest.mark.parametrize(
    ("query", "fields", "words"),
    [
        ({"days": "31"}, ["from"], "last 7, 30 or 90 days"),
        ({"days": "-7"}, ["from"], "last 7, 30 or 90 days"),
        ({"from": "", "to": ""}, ["from", "to"], "first day as year-month-day"),
        ({"from": "2026-11-01"}, ["to"], "last day as year-month-day"),
        ({"from": "20261101", "to": "2026-11-31"}, ["from", "to"], "year-month-day"),
        ({"from": "2026-11-02", "to": "2026-11-01"}, ["from"], "Swap them"),
        ({"from": "2026-11-01", "to": "2026-11-28"}, ["to"], "in the future"),
        ({"from": "1999-12-31", "to": "2000-01-01"}, ["from"], "before 2000"),
        ({"from": "2025-11-01", "to": "2026-11-02"}, ["from"], "more than 366 days"),
    ],
)
def test_what_is_no_period_is_named(query: dict[str, str], fields: list[str], words: str) -> None:
    with pytest.raises(BadPeriod, match=words) as raised:
        period_of(query, TODAY)
    assert [field for field, _ in raised.value.problems] == fields
