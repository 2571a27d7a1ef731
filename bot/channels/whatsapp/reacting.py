"""Takes an emoji on one of our messages for what the patient thinks of it."""

from dataclasses import dataclass

from bot.channels.whatsapp.feelings import is_helpful
from bot.channels.whatsapp.steps import React
from bot.channels.whatsapp.talking import Talking
from bot.channels.whatsapp.window import now, time_left
from bot.conversation import Conversations, Message, Said, UnknownConversation, UnknownMessage
from bot.conversation.message import new_id
from bot.store.whatsapp import Contact, Delivery, WhatsAppStore


@dataclass(frozen=True, slots=True)
class Reacting:
    """Keeps reactions, and thanks for those that say something of an answer."""

    store: WhatsAppStore
    conversations: Conversations
    talking: Talking

    async def react(self, contact: Contact, step: React) -> None:
        """Keep an emoji; up or down on an answer is feedback, and taking it back is nothing."""
        if step.emoji is None:
            return
        helpful = is_helpful(step.emoji)
        delivery = None if helpful is None else await self.store.sent_as(step.to)
        rated = delivery and helpful is not None and await self._rate(delivery, helpful)
        said = [Said(None, step.key, step.emoji)]
        # An emoji opens no window: thanks for it are not worth a template.
        may_thank = time_left(contact.wrote_at, now()) and await self.talking.answers(contact.id)
        if not (rated and may_thank):
            await self.talking.keep(contact.id, said, None, [])
            return
        name = "feedback_good" if helpful else "feedback_bad"
        thanks = self.talking.texts[f"chat.{name}"].text
        reply = Message(new_id(), "smalltalk", thanks, f"chat/{name}")
        await self.talking.say(contact, said, fixed=[reply])

    async def _rate(self, delivery: Delivery, helpful: bool) -> bool:
        """Keep feedback on the message of a delivery; False when it isn't one to be rated."""
        if delivery.conversation_id is None or delivery.message_id is None:
            return False
        place = (delivery.conversation_id, delivery.message_id)
        try:
            await self.conversations.rate(*place, helpful, None)
        except (UnknownConversation, UnknownMessage):
            return False
        return True
