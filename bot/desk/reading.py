"""What the page of a conversation shows, read at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.conversation import Entry, Message
from bot.conversation.phone_numbers import shown_number
from bot.conversation.references import reference_of
from bot.desk.channels import channel_name
from bot.desk.listing import NAMELESS, time_left
from bot.desk.standing import Standing, Writable, standing_of
from bot.desk.visit import Visit
from bot.knowledge import Knowledge
from bot.store.desk.notes import Note, notes_of
from bot.store.whatsapp import Contact
from bot.store.whatsapp.ticks import ticks_of

MOST = 500  # entries; all of them are in the export
TICKS = {
    "waiting": "Being sent",
    "sending": "Being sent",
    "unsure": "Being sent",
    "held": "Held until they write",
    "accepted": "Sent",
    "sent": "Sent",
    "delivered": "Delivered",
    "read": "Read",
    "failed": "Not delivered",
    "dropped": "Not sent",
}
# From so sure on; below it stands "not sure".
SURE = ((0.9, "very sure"), (0.7, "fairly sure"))
KINDS = {
    "answer": "Answer",
    "clarify": "Asked back",
    "decline": "Declined: the documents don't say",
    "urgent": "Emergency",
    "booking": "Booking",
    "handoff": "Handed over",
    "smalltalk": "Small talk",
    "notice": "Notice",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of the transcript, and why the assistant said it."""

    entry: Entry
    kind: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is shown of a conversation; `last` is the number of its last entry.

    `number` is what to ring the patient on, to dial and to read, where it is known.
    `ticks` are how far entries have come on WhatsApp, by their numbers.
    """

    id: str
    reference: str
    channel: str
    who: str
    number: tuple[str, str] | None
    started_at: datetime
    lines: Sequence[Line]
    last: int
    ticks: Mapping[int, str]
    standing: Standing
    notes: Sequence[Note]
    cursor: str
    read_at: datetime


async def read_conversation(visit: Visit, conversation_id: str, after: int) -> Reading:
    """Return what there is to show behind an entry; UnknownConversation."""
    console, cursor = visit.console, visit.console.live.cursor
    # Before anything is read: what comes meanwhile was not seen.
    read_at = datetime.now(UTC)
    state = await console.conversations.state(conversation_id)
    entries = await console.conversations.entries(conversation_id, after=after, limit=MOST)
    contact, ticks = await _on_whatsapp(visit, state.channel, conversation_id)
    now = console.gate.now()
    return Reading(
        id=conversation_id,
        reference=reference_of(conversation_id),
        channel=channel_name(state.channel),
        who=(contact and contact.name) or NAMELESS.get(state.channel, "Patient"),
        number=_number(visit, contact),
        started_at=state.started_at,
        lines=[_line(console.knowledge, entry) for entry in entries],
        last=entries[-1].seq if entries else after,
        ticks={seq: TICKS[state] for seq, state in ticks.items()},
        standing=standing_of(
            state.holding,
            visit.staff.id,
            now,
            _writable(visit, contact, now),
        ),
        notes=await notes_of(console.database, conversation_id),
        cursor=cursor,
        read_at=read_at,
    )


async def _on_whatsapp(
    visit: Visit, channel: str, conversation_id: str
) -> tuple[Contact | None, Mapping[int, str]]:
    """Return whose conversation it is on WhatsApp, and how far what was said has come there."""
    whatsapp = visit.console.whatsapp
    if channel != "whatsapp" or whatsapp is None:
        return None, {}
    ticks = await ticks_of(visit.console.database, conversation_id)
    return await whatsapp.contact_of(conversation_id), ticks


def _number(visit: Visit, contact: Contact | None) -> tuple[str, str] | None:
    if contact is None or not contact.phone:
        return None
    number = contact.phone if contact.phone.startswith("+") else f"+{contact.phone}"
    return number, shown_number(number, visit.console.country)


def _writable(visit: Visit, contact: Contact | None, now: datetime) -> Writable:
    reach = visit.console.reach
    if contact is None or reach is None:
        return Writable()
    return Writable(
        window=bool(reach.time_left(contact.wrote_at, now)),
        template=reach.has_template,
        stopped=contact.stopped,
        left=time_left(visit, "whatsapp", contact.wrote_at, now),
    )


def _line(knowledge: Knowledge, entry: Entry) -> Line:
    if entry.author != "assistant":
        return Line(entry, None, None)
    return Line(entry, KINDS.get(entry.message.kind), why(knowledge, entry.message))


def why(knowledge: Knowledge, message: Message) -> str | None:
    """Return what the patient's words were understood as, and how surely; None for notices."""
    if message.intent is None or message.confidence is None:
        return None
    answer = knowledge.answers.get(message.intent)
    meant = answer.reply(None).question if answer else message.intent.replace("_", " ")
    sure = next((words for least, words in SURE if message.confidence >= least), "not sure")
    return f"Understood as: {meant} ({sure}, {message.confidence:.0%})"
