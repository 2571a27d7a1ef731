"""Asks a patient to write again, where the window for anything else is closed."""

from dataclasses import dataclass
from datetime import datetime

from bot.channels.whatsapp.outbox import Outbox
from bot.channels.whatsapp.window import now


@dataclass(frozen=True, slots=True)
class Inviting:
    """Sends the template that asks for a reply when staff want it."""

    outbox: Outbox

    @property
    def has_template(self) -> bool:
        """Tell whether a template is set up."""
        return self.outbox.queueing.template is not None

    async def ask_to_write(self, conversation_id: str) -> bool:
        """Queue the template for the conversation's patient, at most once in an hour.

        False when nothing was queued: also without a template, and after STOP.
        """
        template, store = self.outbox.queueing.template, self.outbox.store
        contact = await store.contact_of(conversation_id)
        if template is None or contact is None or contact.stopped:
            return False
        name = f"ask to write {_hour(now())}"
        queued = await store.queue_aside(contact.id, name, template, conversation_id)
        self.outbox.wake(contact.id)
        return queued


def _hour(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H}"
