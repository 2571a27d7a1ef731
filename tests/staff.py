"""People of staff, as conversations know them."""

from bot.conversation import Change, Entry, Message, Person
from bot.conversation.holding import Holding, speak, take
from bot.store import SqlStore


def person(name: str) -> Person:
    """Return somebody of this name; the same name is the same person."""
    return Person(name.lower(), name)


ADA = person("Ada")


async def say_in(store: SqlStore, conversation: str, message: Message, name: str = "Ada") -> Entry:
    """Let somebody say something without anybody's being told; they hold the conversation then."""
    entry = await store.change(
        conversation, lambda now, at: Change(speak(now, at, person(name)), message, name)
    )
    assert entry is not None
    return entry


def held(holding: Holding) -> Holding:
    """Return how a conversation stands when Ada has taken it."""
    return take(holding, holding.since, ADA)


async def take_in(store: SqlStore, conversation: str) -> None:
    """Let Ada take a conversation without anybody's being told."""
    await store.change(conversation, lambda now, at: Change(take(now, at, ADA)))
