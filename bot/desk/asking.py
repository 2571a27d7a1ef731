"""What the Ask page asks: the assistant as a patient would, and a plain search beside it."""

from dataclasses import dataclass

from bot.conversation.first_reply import FirstReply
from bot.knowledge.finding import Index


@dataclass(frozen=True, slots=True)
class Asking:
    """The search by words, and whoever knows what a patient would be told (None: nobody does)."""

    index: Index
    first_reply: FirstReply | None = None
