"""The use case: a message is kept, answered in its turn, and shown once to each who follows."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime

from bot.conversation.answering import Answering
from bot.conversation.asking import Patience
from bot.conversation.bells import Bells
from bot.conversation.clean import clean
from bot.conversation.forgetting import Forgetting
from bot.conversation.keeping import Keeping
from bot.conversation.lanes import Lanes
from bot.conversation.message import Message
from bot.conversation.ports import Assistant, Store
from bot.conversation.records import Forgotten, Kept, Said
from bot.conversation.serving import FrontDesk, Served
from bot.conversation.watching import Watching
from bot.conversation.whole import Whole

ID = re.compile(r"[0-9a-f]{32}")


class Conversations(Served):
    """All conversations: one turn at a time in each, `places` turns at once over all."""

    def __init__(
        self,
        store: Store,
        assistant: Assistant,
        red_flags: Callable[[str], Message | None],
        unavailable: Callable[[], Message],
        *,
        desk: FrontDesk | None = None,
        patience: Patience | None = None,
        places: int = 8,
        pause: float = 2.0,
    ) -> None:
        patience, desk = patience or Patience(), desk or FrontDesk()
        bells = Bells()
        answering = Answering(
            *(store, assistant, unavailable, patience, bells), desk.is_open, desk.waits
        )
        self._begun = answering.begun
        # Whoever goes away between a change and its bell must not leave others asleep.
        whole = Whole()
        super().__init__(store, bells, Watching(store, bells, self._begun), whole, desk)
        self._lanes = Lanes(answering.answer_next, places=places, pause=pause)
        self._keeping = Keeping(
            *(store, assistant, red_flags, patience), self._bells, self._lanes, self._begun
        )
        self._forgetting = Forgetting(store, self._bells, self._begun)

    async def start(self, channel: str, conversation_id: str | None = None) -> str:
        """Begin a conversation on a channel and return its id.

        With an id given (32 lowercase hexadecimal digits, else ValueError) starting again changes
        nothing, so it may be repeated when its answer was lost.
        """
        if conversation_id is not None and not ID.fullmatch(conversation_id):
            raise ValueError("a conversation's id has 32 lowercase hexadecimal digits")
        return await self._store.start(channel, conversation_id)

    async def receive(
        self, conversation_id: str, text: str, *, key: str | None = None, shown: str | None = None
    ) -> str:
        """Keep a patient's message durably and return the id of its turn.

        The same key again gives the same turn; `shown` is what the transcript says when that isn't
        the text itself. Raises UnknownConversation, Closed, or StoreUnavailable: then the message
        may or may not be kept, and sending it again with its key is safe.
        """
        said = [Said(text, key, shown)]
        return (await self._whole.run(self._keeping.keep(conversation_id, said))).turn_id

    async def receive_together(
        self,
        conversation_id: str,
        said: Sequence[Said],
        *,
        note: str | None = None,
        fixed: Sequence[Message] | None = None,
    ) -> Kept:
        """Keep what a patient said in several lines durably, as one turn with one reply.

        `note` is said before the reply. `fixed` (which may be nothing) is said instead of asking
        the assistant, whoever holds the conversation; an urgent reply comes before both. Lines
        whose key is known are the same lines. Raises as `receive` does, and ValueError without any
        line.
        """
        if not said:
            raise ValueError("a turn needs a line")
        return await self._whole.run(self._keeping.keep(conversation_id, said, note, fixed))

    def is_red_flag(self, text: str) -> bool:
        """Tell whether the list of signs sees an emergency in a text; nothing else is asked."""
        return self._keeping.is_red_flag(text)

    async def retract(self, conversation_id: str, key: str, instead: str) -> None:
        """Take back a patient's line: its words are overwritten with others, and not answered.

        Nothing happens when no line has this key. Raises UnknownConversation.
        """

        async def taken_back() -> None:
            turn = await self._store.retract(conversation_id, clean(key), instead)
            if turn is not None:
                self._begun.discard(turn)
                self._bells.ring(turn)

        await self._tell(conversation_id, taken_back)

    async def rate(
        self, conversation_id: str, message_id: str, helpful: bool, reason: str | None
    ) -> None:
        """Keep what the patient says of one of the assistant's messages; the newest counts.

        It doesn't count as a change of the conversation, and followers aren't told. Raises
        UnknownConversation, or UnknownMessage when the assistant didn't say it.
        """
        reason = clean(reason or "").strip() or None
        await self._store.rate(conversation_id, clean(message_id), helpful, reason)

    async def forget(self, conversation_id: str) -> None:
        """Delete the conversation with its turns, messages and feedback; UnknownConversation.

        Its booking clicks stay, without it; whoever follows it or waits for a turn is let go.
        """
        await self._whole.run(self._forgetting.forget(conversation_id))

    async def erase(self, work: Callable[[], Awaitable[Forgotten]]) -> int:
        """Delete what the work deletes, and let whoever follows it go; return how many went."""
        return await self._whole.run(self._forgetting.delete(work))

    async def forget_older(
        self, before: datetime, by_channel: Mapping[str, datetime] | None = None
    ) -> int:
        """Delete every conversation last changed before that moment; return how many.

        `by_channel` has the moment of each channel that has its own. Patients who write meanwhile
        come in between. ValueError for a moment without a time zone.
        """
        by_channel = by_channel or {}
        if any(moment.tzinfo is None for moment in (before, *by_channel.values())):
            raise ValueError("the moment needs a time zone")
        gone = 0
        while some := await self._whole.run(
            self._forgetting.delete(lambda: self._store.forget_some(before, by_channel))
        ):
            gone += some
        return gone

    async def resume(self) -> None:
        """Finish, in the background, the turns that were kept before the last stop."""
        for conversation_id in await self._store.reopen():
            self._lanes.wake(conversation_id)

    async def close(self, grace: float = 5.0) -> None:
        """Take nothing more, let turns end for `grace` seconds, and let every follower go."""
        self._watching.close()
        await self._whole.shut()
        await self._lanes.close(grace)
        self._bells.ring_all()
