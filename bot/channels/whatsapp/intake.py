"""Keeps what a delivery brought in one transaction, then wakes whoever works on it."""

import logging
from collections.abc import Callable
from dataclasses import asdict, dataclass
from functools import partial

from bot.channels.whatsapp.failures import Act, act_for, title_for
from bot.channels.whatsapp.inbound import (
    Delivery,
    NewNumber,
    Reaction,
    Received,
    Revoke,
    Sender,
    Status,
    Told,
)
from bot.channels.whatsapp.keys import message_key, status_key
from bot.channels.whatsapp.least import least
from bot.channels.whatsapp.window import now
from bot.conversation.clean import clean
from bot.store.whatsapp import Incoming, Report, State, WhatsAppStore, Who

log = logging.getLogger(__name__)

# A voice message is played, which ours never are; if one were, it was read.
STATES: dict[str, State] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",
}
# How long a delivery that failed after Graph had taken it waits before it is sent again.
PAUSES = {Act.AGAIN: 10.0, Act.LATER: 30.0, Act.SLOWER: 16.0, Act.ALERT: 300.0}
# What a person does without writing; it doesn't open the window for sure.
NOT_WRITTEN = (Reaction, Revoke, NewNumber, Told)


@dataclass(frozen=True, slots=True)
class Intake:
    """Takes deliveries in; `secret` makes the keys."""

    store: WhatsAppStore
    secret: str
    wake_inbox: Callable[[str], None]
    wake_outbox: Callable[[str], None]
    counted: Callable[[str, str], None]

    async def take(self, delivery: Delivery) -> None:
        """Keep messages and apply statuses, each once; StoreUnavailable or Closed."""
        if not (delivery.messages or delivery.statuses):
            return
        reports = [self._report(status) for status in delivery.statuses]
        incoming = [self._incoming(message) for message in delivery.messages]
        taken = await self.store.take(incoming, reports)
        for _ in range(taken.new):
            self.counted("candor_messages_total", "whatsapp")
        for code in taken.failed:
            log.error("a message has failed on its way: %s (code %s)", title_for(code), code)
            self.counted("candor_whatsapp_deliveries_total", "failed")
        for contact_id in taken.wrote:
            self.wake_inbox(contact_id)
        for contact_id in taken.changed:
            self.wake_outbox(contact_id)

    def _incoming(self, received: Received) -> Incoming:
        who = received.sender
        at = now()
        return Incoming(
            key=message_key(self.secret, received.number_id, received.id),
            who=Who(who.user_id, who.phone, who.name),
            # A clock that is ahead of ours must not keep the window open.
            sent_at=min(received.sent_at or at, at),
            content=_content(received),
            opens=not isinstance(received.content, NOT_WRITTEN),
            referral=_cleaned(received.referral),
        )

    def _report(self, status: Status) -> Report:
        key = status_key(self.secret, status.number_id, status.id, status.state)
        report = partial(Report, key, status.opaque, status.id)
        if status.state != "failed":
            return report(STATES.get(status.state))
        if not status.codes:
            return report("failed", None)
        code = status.codes[0]
        act = act_for(code)
        if act is Act.CLOSED:
            return report("held", code)
        if act in PAUSES:
            return report("waiting", code, PAUSES[act])
        return report("failed", code)


def _content(received: Received) -> dict[str, object]:
    """Return what is needed to work on a message later; a database takes no half characters."""
    sender: Sender = received.sender
    return {
        "number_id": received.number_id,
        "raw": _clean_json(least(received.raw)),
        "sender": {**asdict(sender), "name": None},
    }


def _clean_json(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, dict):
        return {clean(str(name)): _clean_json(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_clean_json(part) for part in value]
    return value


def _cleaned(referral: object) -> dict[str, str] | None:
    if not isinstance(referral, dict):
        return None
    return {clean(str(name)): clean(str(text)) for name, text in referral.items()}
