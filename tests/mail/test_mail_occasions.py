"""When the desk gets an e-mail: soon enough, and never about the same thing twice."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.dialects import sqlite

from bot.runtime.mail import calendar_of
from bot.settings.hours import Hours, Span
from bot.store.desk.mail_occasions import COUNTERS, URGENT, WAITING
from tests.mail.small_desk import MONDAY, ONE, PATIENCE, TWO, Desk, a_desk

SPANS = (Span(9 * 60, 12 * 60), Span(13 * 60, 17 * 60))
CALENDAR = calendar_of(Hours((SPANS, SPANS, *[()] * 5), frozenset()), ZoneInfo("Europe/London"))


STEPS = st.lists(
    st.tuples(
        st.integers(1, 50),  # minutes gone by
        st.sampled_from(["urgent", "wait", "answer", "look"]),
        st.sampled_from([ONE, TWO]),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=25, deadline=None)
@given(STEPS)
def test_any_schedule_gets_what_is_promised_and_no_more(steps: list[tuple[int, str, str]]) -> None:
    now = MONDAY
    urgent: dict[str, list[datetime]] = {ONE: [], TWO: []}
    waiting: dict[str, datetime | None] = {ONE: None, TWO: None}
    told = {ONE: 0, TWO: 0}  # of waitings that are over
    with a_desk() as desk:
        for minutes, what, of in [*steps, (61, "look", ONE)]:
            now += timedelta(minutes=minutes)
            if what != "look":
                getattr(desk, what)(now, of)
            if what == "urgent":
                urgent[of].append(now)
            if what == "wait" and waiting[of] is None:
                waiting[of] = now
            if what == "answer":
                waiting[of], told[of] = None, len(desk.mails("waiting", of))
            desk.look(now)
            for one in (ONE, TWO):
                made = [mail.made_at for mail in desk.mails("urgent", one)]
                gaps = (late - soon for soon, late in pairwise(made))
                assert all(gap >= timedelta(hours=1) for gap in gaps)
                # Whatever no e-mail told of is younger than the hour that the last one began.
                assert all(made and at < made[-1] + timedelta(hours=1) for at in urgent[one])
                if urgent[one] and now - made[-1] >= timedelta(hours=1):
                    assert urgent[one][-1] <= made[-1]
                begun = waiting[one]
                late = begun is not None and now - begun > PATIENCE
                assert len(desk.mails("waiting", one)) == told[one] + late


def test_an_urgent_message_is_told_at_once_even_at_night(desk: Desk) -> None:
    night = MONDAY + timedelta(hours=3)
    desk.urgent(night)
    desk.urgent(night, TWO)
    assert desk.look(night, CALENDAR) == 2
    assert desk.look(night, CALENDAR) == 0
    [mail] = desk.mails("urgent")
    assert mail.content == {"channel": "widget", "since": night.isoformat()}


def test_what_happened_before_a_long_stop_is_no_news(desk: Desk) -> None:
    desk.urgent(MONDAY)
    assert desk.look(MONDAY + timedelta(hours=23)) == 1
    desk.urgent(MONDAY, TWO)
    assert desk.look(MONDAY + timedelta(hours=25)) == 0


@pytest.mark.parametrize(
    ("since", "now", "told"),
    [
        ((9, 30), (9, 40), False),
        ((9, 30), (9, 41), True),
        ((8, 0), (9, 10), False),
        ((8, 0), (9, 11), True),
        ((11, 55), (12, 30), False),  # closed at noon
        ((11, 55), (13, 5), False),
        ((11, 55), (13, 6), True),
        ((16, 55), (23, 59), False),
    ],
)
def test_only_opening_hours_are_waited_for(
    desk: Desk, since: tuple[int, int], now: tuple[int, int], told: bool
) -> None:
    desk.wait(MONDAY.replace(hour=since[0], minute=since[1]))
    desk.look(MONDAY.replace(hour=now[0], minute=now[1]), CALENDAR)
    assert bool(desk.mails("waiting")) is told


def test_over_night_and_weekend_the_minutes_add_up(desk: Desk) -> None:
    desk.wait(MONDAY.replace(day=3, hour=16, minute=55))  # Tuesday; it opens again on Monday
    desk.look(MONDAY.replace(day=9, hour=9, minute=5), CALENDAR)
    assert not desk.mails("waiting")
    desk.look(MONDAY.replace(day=9, hour=9, minute=6), CALENDAR)
    assert desk.mails("waiting")


def test_the_morning_tells_once_who_waits(desk: Desk) -> None:
    desk.wait(MONDAY)
    desk.wait(MONDAY, TWO)
    for hour, minute in ((8, 59), (9, 0), (9, 1), (13, 0)):
        desk.look(MONDAY.replace(hour=hour, minute=minute), CALENDAR)
    [mail] = desk.mails("morning")
    assert mail.content == {"counts": {"waiting": 2, "callbacks": 0}}
    assert mail.made_at == MONDAY.replace(hour=9)
    desk.look(MONDAY.replace(day=3, hour=9), CALENDAR)
    assert len(desk.mails("morning")) == 2


def test_a_morning_on_which_nobody_waits_stays_quiet_all_day(desk: Desk) -> None:
    assert desk.look(MONDAY.replace(hour=9), CALENDAR) == 0
    desk.wait(MONDAY.replace(hour=10))
    desk.look(MONDAY.replace(hour=10, minute=1), CALENDAR)
    assert not desk.mails("morning")


def test_looking_costs_the_same_however_much_was_said(desk: Desk) -> None:
    plans = []
    for query in (URGENT, WAITING, *COUNTERS.values()):
        words = str(query.compile(dialect=sqlite.dialect()))
        moments = ("2026-01-01",) * words.count("?")
        rows = desk.connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", moments)
        plans += [row[-1] for row in rows]
    scans = [plan for plan in plans if plan.startswith(("SCAN messages", "SCAN conversations"))]
    small = ("messages_urgent", "conversations_waiting")
    assert scans
    assert all(plan.endswith(small) for plan in scans)
