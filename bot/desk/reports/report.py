"""A report: everything that its page shows and its charts draw, from a period's figures."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.conversation.measures import BUCKETS, BY_ID, MeasureName
from bot.desk.channels import channel_name
from bot.desk.reports.numbers import ASKED, Compared, Numbers, by_day, share
from bot.desk.reports.periods import DAY, Period
from bot.desk.reports.subjects import Subjects

# More days than this are drawn as weeks, so that each column can be told from the next.
MOST_COLUMNS = 62
HEADLINES: tuple[MeasureName, ...] = (
    "conversation",
    "question",
    "answered",
    "declined",
    "handed_over",
    "urgent",
    "pressed",
    "booked",
)
ENDS: tuple[MeasureName, ...] = ("helped", "silence", "given_up", "helpful", "not_helpful")
OF_CHANNEL: tuple[MeasureName, ...] = (*HEADLINES, "helped", "silence", "given_up")
TIMES = {
    "<1": "under 1 min",
    "1-2": "1 to 2 min",
    "2-5": "2 to 5 min",
    "5-10": "5 to 10 min",
    "10-30": "10 to 30 min",
    "30+": "over 30 min",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A day, or the days from one to another, with its numbers by measure."""

    first: date
    last: date
    counts: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Asked:
    """Something that was asked, how often, and what patients made of the reply."""

    question: str
    topic: str
    measure: MeasureName
    number: int
    helpful: int
    not_helpful: int
    pressed: int


@dataclass(frozen=True, slots=True)
class Report:
    """A period's figures; `before` is None when there are none of the whole period before."""

    period: Period
    numbers: Numbers
    before: Numbers | None
    steps: Sequence[Step]
    steps_before: Sequence[Step]
    subjects: Subjects

    def compared(self, measure: str) -> Compared:
        """Return a measure's sum beside that of the period before."""
        before = None if self.before is None else self.before.total(measure)
        return Compared(self.numbers.total(measure), before)

    def share(self, measure: str) -> str:
        """Return in words which part of the questions, or of the conversations, a measure is."""
        if measure in ASKED:
            part = share(self.numbers.total(measure), self.numbers.total("question"))
            return "" if part is None else f"{part}% of questions"
        if measure in ("handed_over", "helped", "silence", "given_up"):
            part = share(self.numbers.total(measure), self.numbers.total("conversation"))
            return "" if part is None else f"{part} per 100 conversations"
        return ""

    def shown(self, measures: Sequence[MeasureName]) -> list[MeasureName]:
        """Return these measures without bookings where none ever was confirmed."""
        booked = self.compared("booked")
        return [name for name in measures if name != "booked" or booked.now or booked.before]

    def channels(self) -> list[tuple[str, dict[str, int]]]:
        """Return each channel's name and numbers."""
        return [
            (channel_name(one), {name: self.numbers.total(name, one) for name in OF_CHANNEL})
            for one in self.numbers.channels()
        ]

    def asked(self) -> list[Asked]:
        """Return what was asked, the most frequent first."""
        marks = self.numbers.about("helpful", "not_helpful", "pressed")
        rows = [
            Asked(
                self.subjects.question(measure, intent),
                self.subjects.topic(measure, intent),
                measure,
                number,
                marks["helpful", intent],
                marks["not_helpful", intent],
                marks["pressed", intent],
            )
            for (measure, intent), number in self.numbers.about(*ASKED).items()
        ]
        return sorted(rows, key=lambda row: (-row.number, row.question))

    def topics(self) -> list[tuple[str, Compared]]:
        """Return how many questions each topic had, in the order of the website's topics."""
        now = self._topics(self.numbers)
        before = None if self.before is None else self._topics(self.before)
        return [
            (title, Compared(now[title], None if before is None else before[title]))
            for title in self.subjects.topics()
            if now[title] or (before and before[title])
        ]

    def _topics(self, numbers: Numbers) -> Counter[str]:
        found: Counter[str] = Counter()
        for (measure, intent), number in numbers.about(*ASKED).items():
            found[self.subjects.topic(measure, intent)] += number
        return found

    def places(self) -> list[tuple[str, int]]:
        """Return where people gave up, the most frequent place first."""
        found: Counter[str] = Counter()
        for (_, about), number in self.numbers.about("given_up").items():
            found[self.subjects.place(about)] += number
        return sorted(found.items(), key=lambda row: (-row[1], row[0]))

    def responses(self) -> list[tuple[str, int]]:
        """Return how many handovers staff answered within each group of times."""
        found = self.numbers.about("responded")
        return [(TIMES[bucket], found["responded", bucket]) for bucket in BUCKETS]

    def median(self) -> str | None:
        """Return the group of times that half of the answered handovers lie within or below."""
        answered = self.numbers.total("responded")
        within = 0
        for words, number in self.responses():
            within += number
            if answered and 2 * within >= answered:
                return words
        return None

    @property
    def by_week(self) -> bool:
        """Whether the steps are weeks."""
        return self.period.days > MOST_COLUMNS

    @property
    def last_days(self) -> int:
        """How many days the last step has."""
        return (self.steps[-1].last - self.steps[-1].first).days + 1


def steps_of(period: Period, rows: Sequence[object]) -> list[Step]:
    """Return a period's days, or its weeks when there are many, each with its numbers."""
    days = by_day(rows)
    length = 7 if period.days > MOST_COLUMNS else 1
    steps = []
    for start in range(0, period.days, length):
        some = [
            period.first + number * DAY for number in range(start, min(start + length, period.days))
        ]
        counts: Counter[str] = Counter()
        for day in some:
            counts.update(days.get(day, Counter()))
        steps.append(Step(some[0], some[-1], counts))
    return steps


def is_whole(before: Period, first: date | None) -> bool:
    """Tell whether figures reach back to the beginning of the period before."""
    return first is not None and first <= before.first + timedelta(days=before.days // 10)


def name_of(measure: MeasureName) -> str:
    """Return a measure's name for people."""
    return BY_ID[measure].name
