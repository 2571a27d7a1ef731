"""Which answer speaks about a moment after treatment: by arithmetic, not by likeness."""

from bisect import bisect_left

MONTH = 365.25 / 12

# Each answer holds up to this many days after treatment, as the documents divide the time.
KNEE = (
    (3, "first_days"),
    (14, "weeks_1_2"),
    (42, "weeks_3_6"),
    (3 * MONTH, "months_1_3"),
    (6 * MONTH, "months_3_6"),
    (13 * MONTH, "months_6_12"),
)
GENERAL = ((45, "first_six_weeks"), (6 * MONTH, "months_2_to_6"), (24 * MONTH, "months_6_to_24"))
LATER = "how_long_it_lasts"
# Soreness has an answer of its own for as long as the injection itself explains it.
SORENESS, SORE_DAYS = "is_soreness_normal", 14

# The questions whose answer is another one as soon as a time is named. "I am at four months: when
# will it work, is there more to come?" is no such question: it asks about later.
ASKED_WITH_TIME = frozenset(
    {"no_change_yet", "what_to_expect", "what_improves", SORENESS}
    | {answer for _, answer in KNEE + GENERAL}
)


def phase_answer(answer: str, days: float | None, joint: str | None) -> str:
    """Return the phase's answer when `answer` is about the course of time and days are named."""
    if days is None or answer not in ASKED_WITH_TIME:
        return answer
    if answer == SORENESS and days <= SORE_DAYS:
        return answer
    phases = KNEE if joint == "knee" else GENERAL
    index = bisect_left([last for last, _ in phases], days)
    return phases[index][1] if index < len(phases) else LATER
