"""The open questions as the page lists them: filtered, in groups, the most asked first."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from bot.desk.questions.groups import Group
from bot.store.desk.question_records import Question, Why

PAGE = 25  # groups
REASONS: Mapping[str, str] = {
    "declined": "Declined",
    "unsure": "Unsure",
    "unhelpful": "Not helpful",
}
PERIODS = {"7": "Last 7 days", "30": "Last 30 days"}


@dataclass(frozen=True, slots=True)
class Filter:
    """What is to be listed: of one reason, one channel, the last so many days, or all."""

    why: str = ""
    channel: str = ""
    days: str = ""

    def holds(self, question: Question, today: date) -> bool:
        """Tell whether a question is to be listed."""
        return (
            self.why in ("", question.why)
            and self.channel in ("", question.channel)
            and (not self.days or question.day > today - timedelta(days=int(self.days)))
        )

    def query(self, **changes: str) -> str:
        """Return the address's query for this filter, changed in part; "" for all."""
        values = {"why": self.why, "channel": self.channel, "days": self.days} | changes
        pairs = "&".join(f"{name}={value}" for name, value in values.items() if value)
        return f"?{pairs}" if pairs else ""


@dataclass(frozen=True, slots=True)
class Listed:
    """A group with how many of its questions the filter lets through."""

    group: Group
    count: int

    @property
    def total(self) -> int:
        """How many questions are in the group, whatever the filter says."""
        return len(self.group.questions)


def read_filter(query: Mapping[str, str], channels: Iterable[str]) -> Filter:
    """Return the filter that an address names; what isn't known means all."""
    why, channel, days = (query.get(name, "") for name in ("why", "channel", "days"))
    return Filter(
        why if why in get_args(Why) else "",
        channel if channel in set(channels) else "",
        days if days in PERIODS else "",
    )


def listed(groups: Sequence[Group], chosen: Filter, today: date) -> list[Listed]:
    """Return the groups that have such a question, the most asked first, then the newest."""
    counted = (
        Listed(group, sum(chosen.holds(one, today) for one in group.questions)) for group in groups
    )
    some = [one for one in counted if one.count]
    return sorted(some, key=lambda one: (-one.count, -one.group.newest.toordinal(), one.group.id))


def day_label(day: date, today: date) -> str:
    """Return a day as people say it: today, yesterday, 3 Mar."""
    if day == today:
        return "today"
    if day == today - timedelta(days=1):
        return "yesterday"
    return f"{day.day} {day:%b}" if day.year == today.year else f"{day.day} {day:%b %Y}"
