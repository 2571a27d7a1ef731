"""The use case: a message is kept, answered in its turn, and shown once to each who follows."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress

from bot.conversation.answering import Answering
from bot.conversation.asking import Patience, is_harmless
from bot.conversation.bells import Bells
from bot.conversation.clean import clean
from bot.conversation.errors import Closed
from bot.conversation.lanes import Lanes
from bot.conversation.message import Message, new_id
from bot.conversation.mishap import mishap
from bot.conversation.ports import Assistant, Store
from bot.conversation.records import Conversation, Entry, Holder
from bot.conversation.whole import Whole

log = logging.getLogger(__name__)

PAGE = 100
LOOK_AGAIN = 2.0  # seconds after which a turn is looked up though no bell rang


class Conversations:
    """All conversations: one turn at a time in each, `places` turns at once over all."""

    def __init__(
        self,
        store: Store,
        assistant: Assistant,
        red_flags: Callable[[str], Message | None],
        unavailable: Callable[[], Message],
        *,
        patience: Patience | None = None,
        places: int = 8,
        pause: float = 2.0,
    ) -> None:
        self._store = store
        self._red_flags = red_flags
        self._bells = Bells()
        self._assistant, self._patience = assistant, patience or Patience()
        answering = Answering(store, assistant, unavailable, self._patience, self._bells)
        self._begun = answering.begun
        self._lanes = Lanes(answering.answer_next, places=places, pause=pause)
        self._keeping = Whole()
        self._closed = False

    async def start(self, channel: str) -> str:
        """Begin a conversation on a channel and return its id."""
        return await self._store.start(channel)

    async def receive(
        self, conversation_id: str, text: str, *, key: str | None = None, shown: str | None = None
    ) -> str:
        """Keep a patient's message durably and return the id of its turn.

        The same key again gives the same turn; `shown` is what the transcript says when that isn't
        the text itself. Raises UnknownConversation, Closed, or StoreUnavailable: then the message
        may or may not be kept, and sending it again with its key is safe.
        """
        # A sender who goes away between the keeping and the waking must not leave a sleeping turn.
        return await self._keeping.run(self._keep(conversation_id, text, key, shown))

    async def finished(self, turn_id: str, timeout: float) -> list[Entry]:  # noqa: ASYNC109
        """Return the turn's replies once it is done (none when staff will answer).

        Raises TimeoutError after `timeout` seconds, UnknownTurn, StoreUnavailable or Closed.
        """
        # A turn that was only just begun needs no look into the database yet.
        begun = turn_id in self._begun
        async with asyncio.timeout(timeout):
            while not self._closed:
                news = self._bells.listen(turn_id)
                known = None if begun else await self._store.replies(turn_id)
                if known is not None:
                    return known
                begun = False
                with suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), LOOK_AGAIN)
        raise Closed

    async def transcript(self, conversation_id: str, after: int = 0) -> list[Entry]:
        """Return the entries behind the cursor in order; UnknownConversation."""
        await self._store.conversation(conversation_id)
        return await self._store.entries(conversation_id, after, None)

    async def follow(self, conversation_id: str, after: int = 0) -> AsyncGenerator[Entry, None]:
        """Yield each entry behind the cursor once, in order, as they come, until closed.

        Raises UnknownConversation, StoreUnavailable or Closed; go on from the last `seq` seen.
        """
        await self._store.conversation(conversation_id)
        while not self._closed:
            news = self._bells.listen(conversation_id)
            entries = await self._store.entries(conversation_id, after, PAGE)
            for entry in entries:
                yield entry
                after = entry.seq
            if not entries:
                await news.wait()

    async def state(self, conversation_id: str) -> Conversation:
        """Return the conversation's channel and holder; UnknownConversation."""
        return await self._store.conversation(conversation_id)

    async def hold(self, conversation_id: str, holder: Holder) -> None:
        """Give the conversation to a holder: staff silence the assistant, but never a red flag."""
        await self._store.hold(conversation_id, holder)

    async def record_booking_click(self, conversation_id: str, message_id: str) -> None:
        """Count a press of a message's booking button; UnknownConversation."""
        await self._store.record_booking_click(conversation_id, message_id)

    async def booking_clicks(self) -> int:
        """Return how often a booking button was pressed."""
        return await self._store.booking_clicks()

    async def resume(self) -> None:
        """Finish, in the background, the turns that were kept before the last stop."""
        for conversation_id in await self._store.reopen():
            self._lanes.wake(conversation_id)

    async def close(self, grace: float = 5.0) -> None:
        """Take nothing more, let turns end for `grace` seconds, and let every follower go."""
        self._closed = True
        await self._keeping.shut()
        await self._lanes.close(grace)
        self._bells.ring_all()

    async def _keep(
        self, conversation_id: str, text: str, key: str | None, shown: str | None
    ) -> str:
        text = clean(text)
        message = Message(id=new_id(), kind="patient", text=text if shown is None else clean(shown))
        urgent = await self._red_flag(text)
        try:
            kept = await self._store.keep(
                conversation_id,
                message,
                asked=None if shown is None else text,
                key=None if key is None else clean(key),
                reply=urgent,
            )
            if kept.new and urgent is None:
                self._begun.add(kept.turn_id)
        finally:
            # Also after an error: the database may have kept what it couldn't confirm.
            self._bells.ring(conversation_id)
            self._lanes.wake(conversation_id)
        return kept.turn_id

    async def _red_flag(self, text: str) -> Message | None:
        """Return the urgent reply, if any; a check that fails must not lose the message."""
        try:
            found = self._red_flags(text)
        except Exception as error:
            log.error("the red-flag check failed: %s", mishap(error))
            return None
        if found is None or await is_harmless(self._assistant, text, self._patience):
            return None
        return found
