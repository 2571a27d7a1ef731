"""Finds a person by what they can name, and everything that is linked with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, exists, select

from bot.store.rights.holdings import numbered
from bot.store.rights.records import Record
from bot.store.tables import conversations
from bot.store.whatsapp.people import CONTACT_OF, OWN
from bot.store.whatsapp.tables import carries, contacts, deliveries


@dataclass(frozen=True, slots=True)
class Numbers:
    """A telephone number in every way in which it may be kept."""

    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Between:
    """A range of ids, both ends among them: one id, or all with a reference."""

    least: str
    greatest: str


@dataclass(frozen=True, slots=True)
class Carried:
    """The digest of a code that takes a conversation along to WhatsApp."""

    key: str


Wanted = Numbers | Between | Carried
MOST = 20  # people of one number or reference

_CONVERSATIONS, _CONTACTS = (
    select(table.c.id)
    .where(table.c.id.between(bindparam("least"), bindparam("greatest")))
    .limit(MOST)
    for table in (conversations, contacts)
)
_BY_PHONE = select(contacts.c.id).where(contacts.c.phone.in_(bindparam("numbers", expanding=True)))
_BY_CODE = select(carries.c.conversation_id).where(carries.c.key == bindparam("of"))
# Whose a conversation was before they went on with another.
_LEFT_BY = (
    select(deliveries.c.contact_id)
    .distinct()
    .where(
        deliveries.c.conversation_id == bindparam("conversation"),
        ~exists().where(contacts.c.conversation_id == deliveries.c.conversation_id),
    )
)


def find(connection: Connection, wanted: Wanted) -> list[Record]:
    """Return everybody who is meant, each with all that is linked with them."""
    records: list[Record] = []
    for is_conversation, one in _named(connection, wanted):
        if not any(one in record.ids for record in records):
            records.append(_whole(connection, *(([one], []) if is_conversation else ([], [one]))))
    return records


def _named(connection: Connection, wanted: Wanted) -> Iterable[tuple[bool, str]]:
    """Yield the ids that are meant, and whether each is a conversation's."""
    match wanted:
        case Numbers(forms):
            numbers = {"numbers": list(forms)}
            for row in connection.execute(_BY_PHONE, numbers).all():
                yield False, row[0]
            for column, link in numbered():
                query = select(link).where(column.in_(forms), link.is_not(None)).limit(MOST)
                for row in connection.execute(query).all():
                    yield True, row[0]
        case Between(least, greatest):
            ends = {"least": least, "greatest": greatest}
            for is_conversation, query in ((True, _CONVERSATIONS), (False, _CONTACTS)):
                for row in connection.execute(query, ends).all():
                    yield is_conversation, row[0]
        case Carried(key):
            for row in connection.execute(_BY_CODE, {"of": key}).all():
                yield True, row[0]


def _whole(connection: Connection, talks: list[str], people: list[str]) -> Record:
    """Return all that is linked with some conversations and contacts, by any number of steps."""
    done = 0
    while done < len(talks) + len(people):
        done = len(talks) + len(people)
        for talk in talks:
            _add(people, _people_of(connection, talk))
        for person in people:
            owned = connection.execute(OWN, {"contact": person}).scalars()
            _add(talks, owned.all())
    return Record(tuple(talks), tuple(people))


def _people_of(connection: Connection, talk: str) -> Sequence[str]:
    of = {"conversation": talk}
    has = [row.id for row in connection.execute(CONTACT_OF, of)]
    return has or connection.execute(_LEFT_BY, of).scalars().all()


def _add(known: list[str], more: Iterable[str]) -> None:
    known.extend(one for one in more if one not in known)
