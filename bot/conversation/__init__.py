"""The one use case: keep what a patient says, answer it in order, show it to whoever follows."""

from bot.conversation.conversations import Conversations
from bot.conversation.errors import (
    AssistantUnavailable,
    Closed,
    StoreUnavailable,
    UnknownConversation,
    UnknownMessage,
    UnknownTurn,
)
from bot.conversation.message import Message
from bot.conversation.ports import Assistant, Store
from bot.conversation.records import (
    Conversation,
    Entry,
    Feedback,
    Forgotten,
    Holder,
    Kept,
    Line,
    Memory,
    News,
    Outcome,
    Reply,
    Said,
    Standing,
    Turn,
)

__all__ = [
    "Assistant",
    "AssistantUnavailable",
    "Closed",
    "Conversation",
    "Conversations",
    "Entry",
    "Feedback",
    "Forgotten",
    "Holder",
    "Kept",
    "Line",
    "Memory",
    "Message",
    "News",
    "Outcome",
    "Reply",
    "Said",
    "Standing",
    "Store",
    "StoreUnavailable",
    "Turn",
    "UnknownConversation",
    "UnknownMessage",
    "UnknownTurn",
]
