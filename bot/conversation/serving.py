"""What staff do in conversations, one of them at a time in each."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.conversation import holding as holdings
from bot.conversation.bells import Bells
from bot.conversation.clean import clean
from bot.conversation.errors import UnknownConversation
from bot.conversation.holding import Decision, Holding, Notice, Person, Reason
from bot.conversation.message import Message, new_id
from bot.conversation.mishap import mishap
from bot.conversation.ports import Store
from bot.conversation.records import Change, Did, Entry
from bot.conversation.seen import Seen
from bot.conversation.watching import Watching
from bot.conversation.whole import Whole

log = logging.getLogger(__name__)


def _plain_notice(notice: Notice, name: str | None) -> Message:
    return Message(new_id(), "notice", notice, f"desk/{notice}")


def _plain_waits() -> Message:
    return Message(new_id(), "handoff", "waits", "talk_to_person")


@dataclass(frozen=True, slots=True)
class FrontDesk:
    """Whether somebody is there, and the words for what the patient is told of who speaks.

    `notice` is handed the name of whoever has spoken so far, None when nobody of staff did;
    `waits` answers whoever asks for a person while waiting for one.
    """

    is_open: Callable[[], bool] = lambda: True
    notice: Callable[[Notice, str | None], Message] = _plain_notice
    waits: Callable[[], Message] = _plain_waits


class Served(Seen):
    """Lets staff take conversations, speak in them and give them back."""

    def __init__(
        self, store: Store, bells: Bells, watching: Watching, whole: Whole, desk: FrontDesk
    ) -> None:
        super().__init__(store, bells, watching)
        self._whole = whole
        self._desk = desk

    async def wait(self, conversation_id: str, reason: Reason, *, told: bool = False) -> None:
        """Put the conversation on the waiting list unless staff have it.

        `told` says that the patient needs no word if it takes long. Raises UnknownConversation.
        """
        await self._change(
            conversation_id,
            lambda now, at: Change(holdings.wait(now, at, reason, told=told)),
        )

    async def take(self, conversation_id: str, person: Person) -> None:
        """Give the conversation to a person: the assistant is silent, but never on a red flag.

        Raises HeldBy while somebody else has it, or UnknownConversation.
        """
        did = Did(person, "conversation.taken")
        await self._change(
            conversation_id,
            lambda now, at: Change(holdings.take(now, at, person), did=did),
        )

    async def renew(self, conversation_id: str, person: Person) -> None:
        """Put off the end of a person's lease; HeldBy, NotHeld or UnknownConversation."""
        await self._change(conversation_id, lambda now, at: Change(holdings.renew(now, at, person)))

    async def speak(
        self,
        conversation_id: str,
        person: Person,
        text: str,
        key: str | None = None,
        message_id: str | None = None,
        action: str = "reply.sent",
    ) -> Entry:
        """Keep a message of a person, who has the conversation then.

        The same key again is the same message; `message_id` is what a link in it counts for, and
        `action` what the audit calls it.
        Raises HeldBy while somebody else has it, UnknownConversation, or ValueError when the text
        is empty.
        """
        text = clean(text).strip()
        if not text:
            raise ValueError("a message of staff needs a text")
        said = Message(message_id or new_id(), "staff", text)
        entry = await self._change(
            conversation_id,
            lambda now, at: Change(
                holdings.speak(now, at, person), said, person.name, Did(person, action)
            ),
            key,
        )
        assert entry is not None  # noqa: S101 - something was said
        return entry

    async def hand_back(self, conversation_id: str, person: Person) -> None:
        """Let the assistant go on; HeldBy, NotHeld or UnknownConversation."""
        await self._decide(
            conversation_id,
            lambda now, at: holdings.hand_back(now, at, person),
            Did(person, "conversation.handed_back"),
        )

    async def end(self, conversation_id: str, person: Person) -> None:
        """Be done with a conversation; HeldBy while somebody else has it, UnknownConversation."""
        await self._decide(
            conversation_id,
            lambda now, at: holdings.close(now, at, person),
            Did(person, "conversation.closed"),
        )

    async def see_to(self, conversation_id: str, person: Person, seen: datetime) -> None:
        """Note that a person looked after what they had seen by a moment; UnknownConversation."""
        did = Did(person, "conversation.seen_to")
        await self._change(
            conversation_id, lambda now, _: Change(holdings.seen_to(now, seen), did=did)
        )

    async def look_after(self) -> int:
        """End leases that have run out, and tell those who wait for long; return how many."""
        neglected = await self._store.neglected(datetime.now(UTC))
        for conversation_id in neglected:
            try:
                await self._decide(conversation_id, holdings.look_after)
            except UnknownConversation:
                pass  # deleted meanwhile
            except Exception as error:
                # The others wait, too.
                log.error("one who waits can't be told, trying again: %s", mishap(error))
        return len(neglected)

    async def _decide(
        self,
        conversation_id: str,
        decide: Callable[[Holding, datetime], Decision],
        did: Did | None = None,
    ) -> None:
        def change(now: Holding, at: datetime) -> Change:
            decision = decide(now, at)
            if decision.notice is None:
                return Change(decision.holding, did=did)
            name = now.person.name if now.person else None
            return Change(decision.holding, self._desk.notice(decision.notice, name), did=did)

        await self._change(conversation_id, change)

    async def _change(
        self,
        conversation_id: str,
        decide: Callable[[Holding, datetime], Change],
        key: str | None = None,
    ) -> Entry | None:
        return await self._tell(
            conversation_id, lambda: self._store.change(conversation_id, decide, key)
        )

    async def _tell[T](self, conversation_id: str, change: Callable[[], Awaitable[T]]) -> T:
        """Change the conversation as a whole, and wake whoever follows it."""

        async def told() -> T:
            try:
                return await change()
            finally:
                # Also after an error: the database may have kept what it couldn't confirm.
                self._bells.ring(conversation_id)

        return await self._whole.run(told())
