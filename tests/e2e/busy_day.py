"""A lively day at an invented front desk, written straight into the database, for pictures."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import cache
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, insert

from actions.compose import answer_message
from actions.context import Context
from bot.conversation import Line, Message
from bot.conversation.callbacks import CallBack
from bot.conversation.holding import ANSWER, Holding, Person
from bot.conversation.message import Booking
from bot.conversation.records import Author
from bot.store.desk import callbacks
from bot.store.desk.notes import notes
from bot.store.rows import columns_of, message_row
from bot.store.tables import conversations, feedback, messages, turns
from bot.store.whatsapp.tables import contacts, deliveries
from tests.desk.made_up_figures import make_up
from tests.e2e.busy_day_talks import DECLINED, TALKS, Talk
from tests.web.clinic_site import knowledge, site_texts

CALLS = (
    ("Priya Raman", "+447700900142", "as soon as possible", -1.4, "what an injection costs"),
    ("Gareth Pugh", "+441632960118", "this afternoon", 0.4, "his wife's shoulder"),
    ("Oluwaseun Adebayo-Williams", "+447700900163", "“when the kids are at school”", 2.0, ""),
    ("Tom Reed", "+12025550143", "tomorrow morning", 22.0, "flying after the treatment"),
)


@dataclass
class _Day:
    """What is written, and for whom: `me` has the inbox open in the pictures."""

    connection: Connection
    now: datetime
    me: Person
    ids: dict[str, str] = field(default_factory=dict)


def write_day(connection: Connection, now: datetime, me: Person) -> Mapping[str, str]:
    """Write conversations, call-backs, notes and figures; return conversations' ids by name."""
    day = _Day(connection, now, me)
    for number, talk in enumerate(TALKS):
        day.ids[talk.name] = _write(day, talk, number)
    for number, words in enumerate(DECLINED):
        lines = ((1, words), ("decline", "Our documents don't say anything about that."))
        talk = Talk(f"declined {number}", 150 + 11 * number, lines=lines)
        _write(day, talk, 100 + number)
    for name, phone, wanted, hours, about in CALLS:
        wish = CallBack(name, phone, wanted, now + timedelta(hours=hours), about)
        of = day.ids.get(name) or day.ids["Website 1"]
        callbacks.keep(connection, of, wish, now - timedelta(hours=3))
    make_up(connection, now.date(), 60)
    return day.ids


@cache
def _context() -> Context:
    url = "http://clinic.test"
    return Context(knowledge(), site_texts(url), url, lambda _: f"{url}/book/x")


def _message(kind: str | int, text: str, number: str) -> Message:
    if kind == "answer":
        found = answer_message(_context(), knowledge().answers[text], None)
        return replace(found, id=number, confidence=0.94)
    if kind == "decline":
        return Message(number, "decline", text, "off_topic", 0.66)
    if kind == "booking":
        booking = Booking("Book a visit", "http://clinic.test/book/x")
        return Message(number, "booking", text, booking=booking)
    plain: dict[str | int, Any] = {1: "patient", "urgent": "urgent", "notice": "notice"}
    return Message(number, plain.get(kind, "staff"), text)


def _write(day: _Day, talk: Talk, number: int) -> str:
    conversation = sha256(talk.name.encode()).hexdigest()[:32]
    began = day.now - timedelta(minutes=talk.ago + 2 * len(talk.lines))
    ended = day.now - timedelta(minutes=talk.ago)
    row = {
        "id": conversation,
        "channel": "whatsapp" if talk.phone else "widget",
        "last_seq": len(talk.lines),
        "started_at": began,
        "changed_at": ended,
        "memory": {},
        "read_seq": 0 if talk.unread else len(talk.lines),
        **columns_of(_holding(day, talk, ended)),
    }
    day.connection.execute(insert(conversations), row)
    if talk.phone:
        _contact(day, talk, conversation)
    turn, said = "", []
    for seq, (kind, text) in enumerate(talk.lines, 1):
        at = ended - timedelta(minutes=2 * (len(talk.lines) - seq))
        if kind == 1:
            turn = f"{number:04}{seq:028}"
            row = {"id": turn, "conversation_id": conversation, "seq": seq, "restarts": 0}
            day.connection.execute(insert(turns), row | {"kept_at": at, "finished_at": at})
        by_staff = isinstance(kind, str) and kind.istitle()
        message = _message(kind, text, f"m{number}-{seq}")
        author: Author = "patient" if kind == 1 else "staff" if by_staff else "assistant"
        name = str(kind) if by_staff else None
        said.append(message_row(conversation, turn, seq, author, Line(message), at, name))
    day.connection.execute(insert(messages), said)
    _beside(day, talk, conversation, said)
    return conversation


def _holding(day: _Day, talk: Talk, ended: datetime) -> Holding:
    now, since = day.now, ended
    if talk.stands == "urgent":
        return Holding("bot", since, urgent=since)
    if talk.stands == "waiting":
        return Holding("waiting", since, reason="asked", unanswered=since)
    if talk.stands == "closed":
        return Holding("bot", since, closed=since)
    if talk.stands == "bot":
        return Holding("bot", since)
    person = day.me if talk.stands == "mine" else Person(talk.stands.lower(), talk.stands)
    waits = since if talk.lines[-1][0] == 1 else None
    return Holding("staff", since, person, now + ANSWER * 60, unanswered=waits)


def _contact(day: _Day, talk: Talk, conversation: str) -> None:
    wrote = day.now - timedelta(minutes=talk.ago)
    row = {"id": conversation, "conversation_id": conversation, "phone": talk.phone}
    day.connection.execute(insert(contacts), row | {"name": talk.name, "wrote_at": wrote})


def _beside(day: _Day, talk: Talk, conversation: str, said: list[dict[str, Any]]) -> None:
    theirs = [row for row in said if row["author"] != "patient"]
    for row in theirs if talk.phone else ():
        state = talk.tick if row is theirs[-1] else "read"
        delivery = {"conversation_id": conversation, "contact_id": conversation, "part": 0}
        delivery |= {"opaque": f"{conversation[:26]}{row['seq']:06}", "seq": row["seq"]}
        delivery |= {"urgent": False, "content": {}, "state": state}
        at = {"due_at": day.now, "made_at": day.now}
        day.connection.execute(insert(deliveries), delivery | at)
    if talk.helpful is not None:
        rating = {"conversation_id": conversation, "message_id": theirs[0]["id"], "at": day.now}
        rating |= {"helpful": talk.helpful, "reason": talk.reason}
        day.connection.execute(insert(feedback), rating)
    for name, text in talk.notes:
        note = {"staff_id": name.lower(), "staff_name": name, "text": text}
        note_of = {"at": day.now - timedelta(minutes=talk.ago), "conversation_id": conversation}
        day.connection.execute(insert(notes), {**note, **note_of})
