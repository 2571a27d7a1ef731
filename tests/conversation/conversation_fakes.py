"""An assistant to be held up and broken, and what the use case is made of in tests."""

import asyncio
from collections import Counter
from collections.abc import Callable, Iterable

from bot.conversation import (
    AssistantUnavailable,
    Conversations,
    Entry,
    Memory,
    Message,
    Reply,
    Store,
)
from bot.conversation.asking import Patience
from bot.conversation.message import Booking, Kind, new_id

FAST = Patience(pauses=(0.0, 0.0), limit=5.0, alarm=0.2)


def say(text: str, kind: Kind = "answer", booking: bool = False) -> Message:
    offer = Booking("Book a visit", "https://clinic.example/book/1") if booking else None
    return Message(id=new_id(), kind=kind, text=text, booking=offer)


def red_flags(text: str) -> Message | None:
    if text == "red flags break":
        raise RuntimeError(text)
    return say("Please call now.", "urgent") if "chest pain" in text else None


class Echo:
    """Repeats what it is told; `held` texts wait for their event, `failing` texts raise first."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.ahead: list[str] = []  # read before their turns
        self.memories: list[Memory] = []
        self.begun = asyncio.Event()
        self.held: dict[str, asyncio.Event] = {}
        self.failing: dict[str, list[Exception]] = {}
        self.replies: Callable[[str], list[Message]] = lambda text: [say(f"re: {text}")]
        self.working: Counter[str] = Counter()
        self.most_at_once = 0

    async def alarm(self, text: str) -> Message | None:
        if text in self.held:
            await self.held[text].wait()
        if self.failing.get(text):
            raise self.failing[text].pop(0)
        return say("Get help.", "urgent") if "leg is blue" in text else None

    async def harmless(self, text: str) -> bool:
        if "engine" in text:
            await asyncio.sleep(9) if "hangs" in text else None
            raise AssistantUnavailable
        return "word for word" in text

    async def read_ahead(self, text: str) -> None:
        self.ahead.append(text)
        if "engine" in text:
            await asyncio.sleep(9) if "hangs" in text else None
            raise AssistantUnavailable

    async def reply(self, conversation_id: str, text: str, memory: Memory) -> Reply:
        self.asked.append(text)
        self.memories.append(memory)
        self.begun.set()
        self.working[conversation_id] += 1
        assert self.working[conversation_id] == 1, "two turns of a conversation at once"
        self.most_at_once = max(self.most_at_once, self.working.total())
        try:
            if text in self.held:
                await self.held[text].wait()
            await asyncio.sleep(0)
            if self.failing.get(text):
                raise self.failing[text].pop(0)
            return Reply(self.replies(text), {"turns": memory.get("turns", 0) + 1})
        finally:
            self.working[conversation_id] -= 1


def conversations_of(
    store: Store, assistant: Echo, *, patience: Patience = FAST, places: int = 8
) -> Conversations:
    return Conversations(
        store,
        assistant,
        red_flags,
        lambda: say("Please try again later.", "notice"),
        patience=patience,
        places=places,
        pause=0.01,
    )


def texts(entries: Iterable[Entry]) -> list[str]:
    return [entry.message.text for entry in entries]
