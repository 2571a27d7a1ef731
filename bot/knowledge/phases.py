"""Which answer speaks about a moment after treatment: by arithmetic, not by likeness."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from bot.knowledge.answers import Quote

WEEK, MONTH = 7, 365.25 / 12
# "Half a year" and "after three months" stand on a border; people count a month as 30 days.
NEARLY = 0.03


@dataclass(frozen=True, slots=True)
class Phase:
    """A stretch of the time after treatment, in days, and the answer that speaks of it."""

    answer: str
    first: float
    last: float

    def touches(self, days: float) -> bool:
        """Whether the time is in this phase, or on its border."""
        return self.first * (1 - NEARLY) <= days <= self.last * (1 + NEARLY)


# As the documents divide the time. What lies between two phases belongs to the next one.
KNEE = (
    Phase("first_days", 0, 3),
    Phase("weeks_1_2", 0, 2 * WEEK),
    Phase("weeks_3_6", 2 * WEEK, 6 * WEEK),
    Phase("months_1_3", MONTH, 3 * MONTH),
    Phase("months_3_6", 3 * MONTH, 6 * MONTH),
    Phase("months_6_12", 6 * MONTH, 13 * MONTH),
)
GENERAL = (
    Phase("first_six_weeks", 0, 45),
    Phase("months_2_to_6", 2 * MONTH, 6 * MONTH),
    Phase("months_6_to_24", 6 * MONTH, 24 * MONTH),
)
MIDDLE_OF_KNEE = {phase.answer: (phase.first + phase.last) / 2 for phase in KNEE}
# What the knee's document says of the days until then is behind whoever is further on.
SAID_UNTIL = {
    "knee-timeline#days-1-3": 3,
    **{f"knee-timeline#{one.answer.replace('_', '-')}": one.last for one in KNEE[1:]},
}
LATER = "how_long_it_lasts"
# Soreness has an answer of its own for as long as the injection itself explains it.
SORENESS, SORE_DAYS = "is_soreness_normal", 14

# The questions whose answer is another one as soon as a time is named. "I am at four months: when
# will it work, is there more to come?" is no such question: it asks about later.
ASKED_WITH_TIME = frozenset(
    {"no_change_yet", "what_to_expect", "what_improves", SORENESS}
    | {phase.answer for phase in KNEE + GENERAL}
)


def phase_answer(answer: str, days: float | None, joint: str | None) -> str:
    """Return the phase's answer when `answer` is about the course of time and days are named.

    The phase that was understood stays when the time touches it. While no joint is named, the
    phases of the knee's timeline are asked for by their names: "what happens in weeks 3 to 6?"
    Without days, another joint than the knee gets what is said of every joint at that time.
    """
    if days is None and joint == "other":
        days = MIDDLE_OF_KNEE.get(answer)
    if days is None or answer not in ASKED_WITH_TIME:
        return answer
    if answer == SORENESS and days <= SORE_DAYS:
        return answer
    phases = KNEE if joint == "knee" or (joint is None and answer in MIDDLE_OF_KNEE) else GENERAL
    if any(phase.answer == answer and phase.touches(days) for phase in phases):
        return answer
    index = bisect_left([phase.last for phase in phases], days)
    return phases[index].answer if index < len(phases) else LATER


def in_time(answer: str, quotes: Sequence[Quote], days: float | None) -> tuple[Quote, ...]:
    """Return an answer's quotations, those of a time that is over behind the others.

    "It settles in a few days" is no comfort on the tenth. Other answers keep their order.
    """
    if days is None or answer not in ASKED_WITH_TIME:
        return tuple(quotes)
    return tuple(sorted(quotes, key=lambda one: SAID_UNTIL.get(one.section, days) < days))
