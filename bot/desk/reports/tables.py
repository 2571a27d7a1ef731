"""The tables of a report: what its charts show in numbers, and what it has no chart for."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.conversation.measures import BY_ID
from bot.desk.reports.plans import step_name
from bot.desk.reports.report import HEADLINES, OF_CHANNEL, Report, name_of

MOST_ASKED, MOST_PLACES = 25, 15
NOTHING = "–"  # noqa: RUF001 - no number, which a hyphen would look like the sign of


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its heads, and rows that begin with their name."""

    caption: str
    heads: Sequence[str]
    rows: Sequence[Sequence[object]]


def tables(report: Report) -> dict[str, Table]:
    """Return every table of a report by name."""
    return {
        "days": _days(report),
        "channels": _channels(report),
        "topics": _topics(report),
        "places": Table(
            "Where people gave up",
            ("The last reply", "Conversations"),
            report.places()[:MOST_PLACES],
        ),
        "asked": _asked(report),
        "times": Table(
            "How soon staff answered",
            ("Time", "Handovers"),
            [*report.responses(), ("never", report.numbers.total("unanswered"))],
        ),
    }


def _days(report: Report) -> Table:
    shown = report.shown(HEADLINES)
    what = ("week", "Week from") if report.by_week else ("day", "Day")
    rows = [[step_name(step), *(step.counts[name] for name in shown)] for step in report.steps]
    return Table(f"Numbers by {what[0]}", (what[1], *map(name_of, shown)), rows)


def _channels(report: Report) -> Table:
    channels = report.channels()
    rows = [
        [name_of(measure), *(numbers[measure] for _, numbers in channels)]
        for measure in report.shown(OF_CHANNEL)
    ]
    return Table("Numbers by channel", ("Measure", *(name for name, _ in channels)), rows)


def _topics(report: Report) -> Table:
    rows = [
        (title, one.now, NOTHING if one.before is None else one.before)
        for title, one in report.topics()
    ]
    return Table("Questions by topic", ("Topic", "Questions", "Before"), rows)


def _asked(report: Report) -> Table:
    heads = ("Question", "Reply", "Number", "Helpful", "Not helpful")
    rows = [
        (row.question, BY_ID[row.measure].name, row.number, row.helpful, row.not_helpful)
        for row in report.asked()[:MOST_ASKED]
    ]
    return Table("What is asked most", heads, rows)
