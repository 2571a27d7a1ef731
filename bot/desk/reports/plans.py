"""What each chart of a report shows: plain values, for whoever draws them and for who can't see."""

from collections.abc import Iterable
from typing import Any

from bot.conversation.measures import BUCKETS
from bot.desk.reports.numbers import ASKED, grouped
from bot.desk.reports.report import Report, Step, name_of

WIDE, HALF, NARROW = 9.4, 4.0, 3.5  # inches
MOST_BARS = 10
# A column for each day is drawn for a phone, too; the others fit a phone as they are.
CHARTS = ("days", "days-narrow", "outcomes", "topics", "asked", "places", "times")


def plans(report: Report) -> dict[str, dict[str, Any]]:
    """Return every chart of a report by name."""
    topics = [(title, one.now) for title, one in report.topics() if one.now]
    asked = [(row.question, row.number) for row in report.asked()]
    return {
        "days": _days(report) | {"width": WIDE, "height": 2.5},
        "days-narrow": _days(report) | {"width": NARROW, "height": 2.5},
        "outcomes": _outcomes(report) | {"width": HALF},
        "topics": _bars("Questions by topic", topics) | {"width": HALF},
        "asked": _bars("What is asked most", asked) | {"width": HALF},
        "places": _bars("Where people gave up", report.places()) | {"width": HALF},
        "times": _times(report) | {"width": HALF, "height": 2.1},
    }


def step_name(step: Step) -> str:
    """Return a day, or the first day of a week, as short as it is read: 9 Nov."""
    return f"{step.first.day} {step.first:%b}"


def _days(report: Report) -> dict[str, Any]:
    values = [step.counts["conversation"] for step in report.steps]
    before = [step.counts["conversation"] for step in report.steps_before]
    what = "week" if report.by_week else "day"
    most = max(values, default=0)
    return {
        "kind": "columns",
        "title": f"Conversations by {what}",
        "about": f"Columns from {step_name(report.steps[0])} to {step_name(report.steps[-1])}, "
        f"the highest {grouped(most)}, and a dashed line for the period before.",
        "labels": [step_name(step) for step in report.steps],
        "values": values,
        "before": None if report.before is None else before,
        "name": "this period",
        "before_name": "the period before",
    }


def _outcomes(report: Report) -> dict[str, Any]:
    rows = [(name_of(measure), report.numbers.total(measure)) for measure in ASKED]
    return {
        "kind": "parts",
        "title": "What became of the questions",
        "about": _listed(rows),
        "rows": rows,
    }


def _bars(title: str, rows: list[tuple[str, int]]) -> dict[str, Any]:
    some = rows[:MOST_BARS]
    return {"kind": "bars", "title": title, "about": _listed(some), "rows": some}


def _times(report: Report) -> dict[str, Any]:
    rows = report.responses()
    return {
        "kind": "columns",
        "title": "How soon staff answered",
        "about": _listed(rows),
        "labels": BUCKETS,
        "values": [number for _, number in rows],
        "name": "handovers",
        "numbers": True,
    }


def _listed(rows: Iterable[tuple[str, int]]) -> str:
    return "; ".join(f"{name}: {grouped(number)}" for name, number in rows) or "Nothing yet."
