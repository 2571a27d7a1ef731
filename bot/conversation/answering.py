"""Finishes a conversation's turns, one after the other, and never with silence."""

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from bot.conversation.asking import Patience, ask, ask_for_alarm
from bot.conversation.bells import Bells
from bot.conversation.errors import StoreUnavailable, UnknownConversation
from bot.conversation.message import Message
from bot.conversation.mishap import mishap
from bot.conversation.ports import Assistant, Store
from bot.conversation.records import Entry, Reply, Turn
from bot.conversation.settling import settle, with_note

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answering:
    """Takes the oldest unfinished turn, asks for its replies, and keeps them."""

    store: Store
    assistant: Assistant
    unavailable: Callable[[], Message]
    patience: Patience
    bells: Bells
    is_open: Callable[[], bool]  # the front desk, now
    waits: Callable[[], Message]  # what whoever waits already is told
    begun: set[str] = field(default_factory=set)  # turns kept here that were not finished yet

    async def answer_next(self, conversation_id: str) -> bool:
        """Finish the conversation's next turn; tell whether another waits behind it.

        A conversation that is deleted meanwhile ends its turns with it.
        """
        turn = await self.store.next_turn(conversation_id)
        if turn is None:
            return False
        said = None
        try:
            said = await self._finish(turn, await self._reply(turn))
        except UnknownConversation:
            return False
        finally:
            # Also after an error: the database may have kept what it couldn't confirm.
            self.begun.discard(turn.id)
            self.bells.ring(turn.conversation_id)
            self.bells.ring(turn.id, told=said)
        return turn.more

    async def _reply(self, turn: Turn) -> Reply:
        if turn.holder == "staff":
            alarm = await ask_for_alarm(self.assistant, turn.text, self.patience)
            return Reply(() if alarm is None else (alarm,))
        reply = await ask(self.assistant, turn, self.patience)
        if reply is None or not reply.messages:
            reply = Reply((self.unavailable(),))
        return with_note(reply, turn.note)

    async def _finish(self, turn: Turn, reply: Reply) -> tuple[Entry, ...] | None:
        """Keep the reply; when it can't be kept though the store works, the notice instead.

        Return what was kept, None when the turn was finished before.
        """
        try:
            said = partial(settle, reply, is_open=self.is_open(), waits=self.waits)
            return await self.store.finish(turn.id, said)
        except (StoreUnavailable, UnknownConversation):
            raise
        except Exception as error:
            log.error("turn %s: its replies can't be kept: %s", turn.id, mishap(error))
            return await self.store.finish(turn.id, partial(settle, Reply((self.unavailable(),))))
