"""Which conversations on WhatsApp want a person, without a word of what was said in them."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, ScalarSelect, exists, func, or_, select

from bot.conversation.holding import Holder
from bot.store.database import Database
from bot.store.tables import conversations, messages
from bot.store.whatsapp.tables import contacts, deliveries


@dataclass(frozen=True, slots=True)
class Pending:
    """A conversation that wants a person: who holds it, how many messages are held or failed.

    `since` is when the oldest of all that began; `wrote_at` is when the patient last wrote.
    """

    conversation_id: str
    holder: Holder
    held: int
    failed: int
    since: datetime
    wrote_at: datetime | None


_later = deliveries.alias("later")
_staff = messages.alias("by_staff")
_HELD = deliveries.c.state == "held"
# A failure counts until something arrives after it.
_FAILED = (deliveries.c.state == "failed") & ~exists().where(
    _later.c.contact_id == deliveries.c.contact_id,
    _later.c.id > deliveries.c.id,
    _later.c.state.in_(("sent", "delivered", "read")),
)
_ASKED_AGAIN = (
    select(func.max(_staff.c.seq))
    .where(_staff.c.conversation_id == conversations.c.id, _staff.c.author == "staff")
    .scalar_subquery()
)
_UNANSWERED = (
    select(func.min(messages.c.at))
    .where(
        messages.c.conversation_id == conversations.c.id,
        messages.c.author == "patient",
        messages.c.seq > func.coalesce(_ASKED_AGAIN, 0),
    )
    .correlate(conversations)
    .scalar_subquery()
)


def _of_contact(
    what: ColumnElement[int] | ColumnElement[datetime], of: ColumnElement[bool]
) -> ScalarSelect[int] | ScalarSelect[datetime]:
    chosen = select(what).where(deliveries.c.contact_id == contacts.c.id, of)
    return chosen.correlate(contacts).scalar_subquery()


PENDING = (
    select(
        conversations.c.id,
        conversations.c.holder,
        conversations.c.changed_at,
        contacts.c.wrote_at,
        _UNANSWERED.label("unanswered"),
        _of_contact(func.count(), _HELD).label("held"),
        _of_contact(func.min(deliveries.c.made_at), _HELD).label("held_since"),
        _of_contact(func.count(), _FAILED).label("failed"),
        _of_contact(func.min(deliveries.c.made_at), _FAILED).label("failed_since"),
    )
    .join(contacts, contacts.c.conversation_id == conversations.c.id)
    .where(
        or_(
            conversations.c.holder != "bot",
            exists().where(deliveries.c.contact_id == contacts.c.id, or_(_HELD, _FAILED)),
        )
    )
)


async def pending(database: Database) -> list[Pending]:
    """Return the conversations that want a person, in no order; StoreUnavailable or Closed."""
    return [_pending_of(row) for row in await database.read(PENDING)]


def _pending_of(row: Row[tuple[object, ...]]) -> Pending:
    """Return the conversation that a row stands for."""
    begun = [row.held_since, row.failed_since]
    if row.holder != "bot":
        begun.append(row.unanswered or row.changed_at)
    since = min(moment for moment in begun if moment is not None)
    return Pending(row.id, row.holder, row.held, row.failed, since, row.wrote_at)
