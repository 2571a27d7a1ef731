"""Figures of a clinic that might be, written straight where reports read them."""

import random
from datetime import date, timedelta

from sqlalchemy import Connection

from bot.conversation.differing import Figure
from bot.conversation.measures import MeasureName
from bot.store.desk.figures_adding import add

# About so many a day on the website; on WhatsApp half of it.
RATES: dict[tuple[MeasureName, str], float] = {
    ("conversation", ""): 11.0,
    ("answered", "is_it_permanent"): 4.1,
    ("answered", "when_will_it_work"): 3.6,
    ("answered", "is_it_for_me"): 2.2,
    ("answered", "how_long_it_lasts"): 1.9,
    ("answered", "is_it_safe"): 1.7,
    ("answered", "cell_sources"): 0.9,
    ("answered", "does_it_hurt"): 0.8,
    ("answered", "a_former_answer"): 0.2,
    ("clarified", "unsure"): 0.9,
    ("declined", "cost"): 1.6,
    ("declined", "success_rate"): 0.7,
    ("declined", "insurance"): 0.5,
    ("declined", "unknown"): 0.4,
    ("urgent", "joint_infection"): 0.12,
    ("handed_over", ""): 0.9,
    ("pressed", "is_it_for_me"): 1.3,
    ("helpful", "is_it_permanent"): 1.1,
    ("helpful", "when_will_it_work"): 0.6,
    ("not_helpful", "when_will_it_work"): 0.3,
    ("helped", ""): 1.5,
    ("silence", ""): 5.2,
    ("given_up", "decline/cost"): 0.9,
    ("given_up", "clarify/unsure"): 0.5,
    ("given_up", "decline/unknown"): 0.3,
    ("given_up", "handoff/talk_to_person"): 0.1,
    ("responded", "<1"): 0.1,
    ("responded", "1-2"): 0.2,
    ("responded", "2-5"): 0.3,
    ("responded", "5-10"): 0.15,
    ("responded", "30+"): 0.1,
    ("unanswered", ""): 0.08,
}


def make_up(connection: Connection, last: date, days: int) -> None:
    """Write so many days up to the last one; the same ones each time."""
    dice = random.Random(7)  # noqa: S311 - no secret
    rows: dict[Figure, int] = {}
    for back in range(days):
        day = last - timedelta(days=back)
        busy = (0.5 if day.weekday() > 4 else 1.0) * (1 - back / days / 3)
        for channel, part in (("widget", 1.0), ("whatsapp", 0.5)):
            for (measure, about), rate in RATES.items():
                number = int(rate * busy * part + dice.random())
                rows[Figure(day, channel, measure, about)] = number
    add(connection, {figure: number for figure, number in rows.items() if number})
