"""What of the transcripts concerns WhatsApp: what is to be sent there, and what was said."""

from sqlalchemy import and_, bindparam, null, or_, select

from bot.store.tables import feedback, messages, turns
from bot.store.whatsapp.tables import contacts

KEY = "whatsapp:"  # what the key of a line begins with that came by WhatsApp

SAID = select(messages, null().label("helpful")).where(
    messages.c.conversation_id == bindparam("conversation"), messages.c.id == bindparam("message")
)
UNANSWERED = select(turns.c.id).where(
    turns.c.conversation_id == bindparam("conversation"), turns.c.finished_at.is_(None)
)

_by_whatsapp = messages.alias("by_whatsapp")
# What was said to somebody who reads here: in a turn that began here, or in none, as what staff
# say is and what is said of them.
_FOR_HERE = or_(
    and_(messages.c.author != "patient", messages.c.turn_id.is_(None)),
    and_(
        messages.c.author == "assistant",
        or_(
            messages.c.key.startswith(KEY),
            messages.c.turn_id.in_(
                select(_by_whatsapp.c.turn_id).where(
                    _by_whatsapp.c.turn_id == messages.c.turn_id,
                    _by_whatsapp.c.key.startswith(KEY),
                )
            ),
        ),
    ),
)
UNQUEUED = (
    select(messages, feedback.c.helpful, feedback.c.reason)
    .outerjoin(
        feedback,
        and_(
            feedback.c.conversation_id == messages.c.conversation_id,
            feedback.c.message_id == messages.c.id,
        ),
    )
    .where(
        messages.c.conversation_id == bindparam("conversation"),
        messages.c.seq > bindparam("after"),
        _FOR_HERE,
    )
    .order_by(messages.c.seq)
)
WITH_UNQUEUED = (
    select(contacts.c.id)
    .join(messages, messages.c.conversation_id == contacts.c.conversation_id)
    .where(messages.c.seq > contacts.c.queued_seq, messages.c.author != "patient")
    .distinct()
)
# The note of a turn isn't said when its reply is urgent.
LEFT_OUT = (
    select(turns.c.note)
    .join(messages, messages.c.turn_id == turns.c.id)
    .where(
        messages.c.conversation_id == bindparam("conversation"),
        messages.c.id == bindparam("message"),
        turns.c.note.is_not(None),
    )
)
