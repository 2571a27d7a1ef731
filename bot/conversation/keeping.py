"""Keeps what a patient says, with the urgent reply when it tells of an emergency."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial

from bot.conversation.asking import Patience, ask_for_alarm, is_harmless, read_ahead
from bot.conversation.bells import Bells
from bot.conversation.clean import clean
from bot.conversation.lanes import Lanes
from bot.conversation.message import Message, new_id
from bot.conversation.mishap import mishap
from bot.conversation.ports import Assistant, Store
from bot.conversation.records import Kept, Line, Reply, Said
from bot.conversation.settling import settle_fixed, with_note

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Keeping:
    """Checks a message for red flags, keeps it, and wakes whoever answers or shows it."""

    store: Store
    assistant: Assistant
    red_flags: Callable[[str], Message | None]
    patience: Patience
    bells: Bells
    lanes: Lanes
    begun: set[str]
    reading: set[asyncio.Task[None]] = field(default_factory=set)

    async def keep(
        self,
        conversation_id: str,
        said: Sequence[Said],
        note: str | None = None,
        fixed: Sequence[Message] | None = None,
    ) -> Kept:
        """Keep a patient's lines durably as one turn; `fixed` replies, if only none, finish it."""
        texts = _texts(said)
        if texts and fixed is None:
            await self._read_ahead("\n".join(texts))
        urgent = await self._urgent(texts, asks=fixed is None)
        reply = fixed if urgent is None else [urgent]
        try:
            kept = await self.store.keep(
                conversation_id,
                [_line(one) for one in said],
                asked=None if len(said) == 1 and said[0].shown is None else "\n".join(texts),
                note=note,
                settle=None
                if reply is None
                else partial(settle_fixed, with_note(Reply(reply), note)),
            )
            if kept.new and reply is None:
                self.begun.add(kept.turn_id)
        finally:
            # Also after an error: the database may have kept what it couldn't confirm.
            self.bells.ring(conversation_id)
            self.lanes.wake(conversation_id)
        return replace(kept, urgent=urgent is not None)

    def is_red_flag(self, text: str) -> bool:
        """Tell whether the list of signs sees an emergency in a text."""
        return self._listed(clean(text)) is not None

    async def _read_ahead(self, text: str) -> None:
        """Have the assistant read while the message is checked and kept: both take as long."""
        task = asyncio.create_task(read_ahead(self.assistant, text, self.patience))
        self.reading.add(task)  # The loop itself would let a task go that nobody holds.
        task.add_done_callback(self.reading.discard)
        await asyncio.sleep(0)  # so that it begins now, and not behind the check

    async def _urgent(self, lines: Sequence[str], asks: bool) -> Message | None:
        """Return the urgent reply, if any; the assistant is a second net where it isn't asked.

        Each line is read by itself, too: what is an emergency stays one whatever stands beside it.
        """
        together = "\n".join(lines)
        seen = False
        for text in dict.fromkeys((together, *lines)):
            found = self._listed(text)
            seen = seen or found is not None
            if found and not await is_harmless(self.assistant, text, self.patience):
                return found
        if seen or asks or not together:
            return None
        return await ask_for_alarm(self.assistant, together, self.patience)

    def _listed(self, text: str) -> Message | None:
        """Return the urgent reply by the list; a check that fails must not lose the message."""
        try:
            return self.red_flags(text)
        except Exception as error:
            log.error("the red-flag check failed: %s", mishap(error))
            return None


def _texts(said: Iterable[Said]) -> list[str]:
    return [clean(one.text) for one in said if one.text is not None]


def _line(said: Said) -> Line:
    shown = clean((said.text or "") if said.shown is None else said.shown)
    key = None if said.key is None else clean(said.key)
    return Line(Message(id=new_id(), kind="patient", text=shown), key)
