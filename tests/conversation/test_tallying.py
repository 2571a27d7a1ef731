"""Every measure, by small transcripts: one line for each message, at so many minutes."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import get_args
from zoneinfo import ZoneInfo

import pytest

from bot.conversation.measures import BUCKETS, MEASURES, MeasureName, bucket_of
from bot.conversation.tallying import tally
from bot.conversation.visits import Booked, Pressed, Rated, Spoken, Transcript

START = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
LONDON = ZoneInfo("Europe/London")
DAY = 24 * 60
LATER = 60 * DAY


def at(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


def transcript(lines: str) -> Transcript:
    """Read `MINUTE AUTHOR kind/intent`; each line of the patient begins a turn."""
    spoken: list[Spoken] = []
    marks: dict[str, list[object]] = {"rated": [], "pressed": [], "booked": []}
    turn = ""
    for number, line in enumerate(filter(None, map(str.strip, lines.split("|")))):
        minute, what, *more = line.split()
        moment = at(float(minute))
        if what in ("up", "down"):
            marks["rated"].append(Rated(more[0], what == "up", moment))
        elif what == "press":
            marks["pressed"].append(Pressed(more[0], moment))
        elif what == "booked":
            marks["booked"].append(Booked(more[0] if more else None, moment))
        else:
            turn = f"t{number}" if what == "patient" else turn
            author = what if what in ("patient", "staff") else "assistant"
            kind, _, intent = what.partition("/")
            of = None if author == "staff" else turn
            spoken.append(Spoken(author, kind, intent or None, of, f"m{number}", moment))
    return Transcript(spoken, **marks)  # type: ignore[arg-type]


def counted(lines: str, now: float = LATER) -> Counter[str]:
    """Return the numbers by measure, with what they are about after a colon."""
    found: Counter[str] = Counter()
    for count, number in tally(transcript(lines), UTC, at(now)).counts.items():
        found[f"{count.measure}:{count.about}" if count.about else count.measure] += number
    return found


def told(text: str) -> Counter[str]:
    """Read `a 2*b c`."""
    parts = (part.rpartition("*") for part in text.split())
    return Counter({name: int(number or 1) for number, _, name in parts})


CASES = [
    # nothing was asked
    ("", ""),
    ("0 patient | 0 smalltalk/greet", "conversation"),
    ("0 patient | 0 booking/book | 1 patient | 1 notice", "conversation"),
    # each outcome, and how the conversation ends
    ("0 patient | 0 answer/a", "conversation answered:a silence"),
    ("0 patient | 0 clarify/unsure", "conversation clarified:unsure given_up:clarify/unsure"),
    ("0 patient | 0 decline/cost", "conversation declined:cost given_up:decline/cost"),
    ("0 patient | 0 urgent/stroke", "conversation urgent:stroke"),
    ("0 patient | 0 handoff/p", "conversation handed_over unanswered given_up:handoff/p"),
    # a message that asks two things is two questions; the same answer in parts is one
    ("0 patient | 0 answer/a | 0 answer/b", "conversation answered:a answered:b silence"),
    ("0 patient | 0 answer/a | 0 notice/n | 0 answer/a", "conversation answered:a silence"),
    ("0 patient | 0 answer/a | 1 patient | 1 answer/a", "conversation 2*answered:a silence"),
    # small talk after the answer says nothing of it
    ("0 patient | 0 answer/a | 1 patient | 1 smalltalk/t", "conversation answered:a silence"),
    # only the last reply is where somebody gave up
    (
        "0 patient | 0 decline/cost | 1 patient | 1 answer/a",
        "conversation declined:cost answered:a silence",
    ),
    (
        "0 patient | 0 answer/a | 1 patient | 1 decline/cost",
        "conversation answered:a declined:cost given_up:decline/cost",
    ),
    # marks and bookings
    (
        "0 patient | 0 answer/a | 2 up m1",
        "conversation answered:a helpful:a helped",
    ),
    ("0 patient | 0 answer/a | 2 down m1", "conversation answered:a not_helpful:a"),
    (
        "0 patient | 0 decline/c | 2 down m1",
        "conversation declined:c not_helpful:c given_up:decline/c",
    ),
    ("0 patient | 0 answer/a | 2 press m1", "conversation answered:a pressed:a"),
    ("0 patient | 0 answer/a | 2 press m1 | 9 press m1", "conversation answered:a pressed:a"),
    (
        f"0 patient | 0 answer/a | 2 press m1 | {DAY} press m1",
        "conversation answered:a 2*pressed:a",
    ),
    ("0 patient | 0 decline/c | 2 press m1", "conversation declined:c pressed:c"),
    ("0 patient | 0 answer/a | 2 booked m1", "conversation answered:a booked:a helped"),
    ("0 patient | 0 answer/a | 2 booked", "conversation answered:a booked helped"),
    (
        "0 patient | 0 answer/a | 1 up m1 | 1 patient | 1 decline/c",
        "conversation answered:a helpful:a helped declined:c",
    ),
    (
        "0 patient | 0 answer/a | 1 up m1 | 1 patient | 1 answer/b | 2 up m4 | 3 booked m4",
        "conversation answered:a answered:b helpful:a helpful:b booked:b helped",
    ),
    # a day of silence parts conversations, a minute less doesn't
    (
        f"0 patient | 0 answer/a | {DAY} patient | {DAY} answer/b",
        "2*conversation answered:a answered:b 2*silence",
    ),
    (
        f"0 patient | 0 answer/a | {DAY - 1} patient | {DAY - 1} answer/b",
        "conversation answered:a answered:b silence",
    ),
    # a late mark belongs to the conversation of its reply
    (
        f"0 patient | 0 answer/a | {DAY} patient | {DAY} answer/b | {DAY + 1} up m1",
        "2*conversation answered:a helpful:a helped answered:b silence",
    ),
    # staff
    ("0 patient | 0 handoff/p | 4 staff", "conversation handed_over responded:2-5"),
    ("0 patient | 0 handoff/p | 3 patient | 3 handoff/p | 4 staff",
     "conversation 2*handed_over responded:2-5"),
    ("0 patient | 0 handoff/p | 0.5 staff | 1 patient | 9 staff",
     "conversation handed_over responded:<1"),
    (
        "0 patient | 0 handoff/p | 1 staff | 5 patient | 5 handoff/p | 36 staff",
        "conversation 2*handed_over responded:1-2 responded:30+",
    ),
    # who waited, and came back a day later, waited twice
    (
        f"0 patient | 0 handoff/p | {DAY} patient | {DAY} handoff/p | {DAY + 7} staff",
        "2*conversation 2*handed_over unanswered given_up:handoff/p responded:5-10",
    ),
    # a late answer by staff takes back that somebody gave up, and that nobody answered
    (f"0 patient | 0 handoff/p | {3 * DAY} staff", "conversation handed_over responded:30+"),
    ("0 patient | 0 handoff/p | 2 staff | 3 patient | 3 decline/c",
     "conversation handed_over responded:2-5 declined:c given_up:decline/c"),
    ("0 staff | 1 patient | 1 answer/a", "conversation answered:a silence"),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "expected"), CASES)
def test_what_a_transcript_counts(lines: str, expected: str) -> None:
    assert counted(lines) == told(expected)


def _of(cases: Iterable[tuple[str, str]]) -> set[str]:
    return {name.partition(":")[0] for _, text in cases for name in told(text)}


def test_every_measure_has_a_meaning_and_a_transcript() -> None:
    assert [measure.id for measure in MEASURES] == list(get_args(MeasureName))
    # A question is the sum of what became of it.
    assert _of(CASES) == set(get_args(MeasureName)) - {"question"}
    assert {bucket_of(timedelta(minutes=m)) for m in (0, 1, 2, 5, 10, 30, 999)} == set(BUCKETS)


@pytest.mark.parametrize(
    ("lines", "due", "then"),
    [
        ("0 patient | 0 answer/a", DAY, "silence"),
        ("0 patient | 5 patient | 5 decline/c", DAY + 5, "given_up:decline/c"),
        ("0 patient | 5 handoff/p | 6 patient | 6 urgent/u", DAY + 5, "unanswered"),
    ],
)
def test_what_time_alone_brings_is_announced(lines: str, due: float, then: str) -> None:
    found = tally(transcript(lines), UTC, at(due - 1))
    assert found.due == at(due)
    assert then not in counted(lines, due - 1)
    assert counted(lines, due)[then] == 1
    assert tally(transcript(lines), UTC, at(LATER)).due is None


def test_a_day_is_the_clinics_day() -> None:
    late = [
        Spoken("patient", "patient", None, "t", "m", datetime(2026, 7, 1, 23, 30, tzinfo=UTC)),
        Spoken("assistant", "answer", "a", "t", "n", datetime(2026, 7, 1, 23, 31, tzinfo=UTC)),
    ]
    days = {count.day.day for count in tally(Transcript(late), LONDON, at(LATER)).counts}
    assert days == {2}


def test_a_mark_counts_on_the_day_it_is_made() -> None:
    found = tally(transcript(f"0 patient | 0 answer/a | {3 * DAY} up m1"), UTC, at(LATER))
    days = {count.measure: count.day.day for count in found.counts}
    assert days == {"conversation": 2, "answered": 2, "helpful": 5, "helped": 5}
