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
from bot.conversation.holding import HeldBy, Holder, Holding, NotHeld, Person
from bot.conversation.message import Message
from bot.conversation.ports import Assistant, Store
from bot.conversation.records import (
    Change,
    Conversation,
    Entry,
    Feedback,
    Forgotten,
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
    "Change",
    "Closed",
    "Conversation",
    "Conversations",
    "Entry",
    "Feedback",
    "Forgotten",
    "HeldBy",
    "Holder",
    "Holding",
    "Kept",
    "Line",
    "Memory",
    "Message",
    "News",
    "NotHeld",
    "Outcome",
    "Person",
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
