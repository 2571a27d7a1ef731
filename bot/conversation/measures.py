"""What is counted of conversations, and what each figure means in the words the clinic reads."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

# So long nothing is heard of a patient until a conversation counts as over.
QUIET = timedelta(hours=24)

MeasureName = Literal[
    "conversation",
    "question",
    "answered",
    "clarified",
    "declined",
    "urgent",
    "handed_over",
    "pressed",
    "booked",
    "helpful",
    "not_helpful",
    "helped",
    "silence",
    "given_up",
    "responded",
    "unanswered",
]


@dataclass(frozen=True, slots=True)
class Measure:
    """A figure: its name for the clinic, and its exact meaning."""

    id: MeasureName
    name: str
    meaning: str


MEASURES = (
    Measure(
        "conversation",
        "Conversations",
        "A patient writes for the first time, or again after 24 hours in which they wrote nothing. "
        "Counted on the day of that message.",
    ),
    Measure(
        "question",
        "Questions",
        "One thing that a patient asked: every answer, question back, decline or urgent message "
        "that a message got, the same one once. A message that asks two things is two questions; "
        "asking for more of an answer is one, too. Greetings, thanks, opening hours and wishes to "
        "book or to speak to a person are none. Counted on the day of the reply.",
    ),
    Measure(
        "answered",
        "Answered",
        "A question that got a quotation from the articles.",
    ),
    Measure(
        "clarified",
        "Asked back",
        "A question of which the assistant wasn't sure, so that it offered several to choose from.",
    ),
    Measure(
        "declined",
        "Declined",
        "A question that the articles don't answer, or that wasn't understood; the assistant said "
        "so and named who can tell.",
    ),
    Measure(
        "urgent",
        "Urgent",
        "A message in which the assistant saw signs of an emergency, so that it told where help is "
        "and nothing else.",
    ),
    Measure(
        "handed_over",
        "Handed over",
        "A message after which the assistant handed the conversation over to staff. Counted on the "
        "day of the handover.",
    ),
    Measure(
        "pressed",
        "Booking pressed",
        "A patient followed a booking button; the same button on the same day counts once. Whether "
        "they booked isn't known by it.",
    ),
    Measure(
        "booked",
        "Booked",
        "A booking that the booking system confirmed for a conversation, on the day it was made.",
    ),
    Measure(
        "helpful",
        "Found helpful",
        "A reply that a patient marked as helpful, on the day they did. Whoever changes their mind "
        "counts with what they said last.",
    ),
    Measure(
        "not_helpful",
        "Found not helpful",
        "A reply that a patient marked as not helpful, on the day they did.",
    ),
    Measure(
        "helped",
        "Confirmed help",
        "A conversation in which a patient found a reply helpful, or booked. Counted once, on the "
        "day of the first of them. Pressing a booking button alone confirms nothing.",
    ),
    Measure(
        "silence",
        "Silence",
        "A conversation whose last reply was an answer, after which the patient wrote nothing for "
        "24 hours, marked no reply and pressed no booking button. It is neither success nor "
        "failure: we don't know. Counted on the day of that answer, and taken back if a mark or a "
        "booking still comes while the conversation is kept.",
    ),
    Measure(
        "given_up",
        "Given up",
        "A conversation whose last reply was a decline, a question back, or a handover that staff "
        "didn't answer, after which the patient wrote nothing for 24 hours. They pressed no "
        "booking button and found nothing helpful. The place is that last reply. Counted on its "
        "day, and taken back if staff still answer.",
    ),
    Measure(
        "responded",
        "Answered by staff",
        "A handover after which staff wrote; the time is from the handover to their first message, "
        "by the clock, hours in which the clinic is closed included. Counted on the day of the "
        "handover. A handover asked for again while the patient waits is the same one.",
    ),
    Measure(
        "unanswered",
        "Never answered",
        "A handover after which no staff wrote within 24 hours, nor later while the conversation "
        "was kept.",
    ),
)
BY_ID = {measure.id: measure for measure in MEASURES}
# Other replies, such as greetings, count as no question.
OUTCOMES: dict[str, MeasureName] = {
    "answer": "answered",
    "clarify": "clarified",
    "decline": "declined",
    "urgent": "urgent",
}
# Up to how many minutes each group of response times goes; the last one has no end.
MINUTES = (1, 2, 5, 10, 30)
BUCKETS = ("<1", "1-2", "2-5", "5-10", "10-30", "30+")


def bucket_of(waited: timedelta) -> str:
    """Return the group of a response time; one of just a minute is in that of 1 to 2."""
    minutes = waited / timedelta(minutes=1)
    return BUCKETS[sum(minutes >= most for most in MINUTES)]
