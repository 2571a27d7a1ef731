"""Works on what people sent: in order for each of them, what came in one go together."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.channels.whatsapp.doing import Doing
from bot.channels.whatsapp.inbound import Received, Sender, Tapped, words_of
from bot.channels.whatsapp.reader import Reader
from bot.channels.whatsapp.reading import BadItem, read_received
from bot.channels.whatsapp.steps import Step, Talk
from bot.channels.whatsapp.window import now
from bot.conversation import Closed, StoreUnavailable
from bot.conversation.lanes import Lanes
from bot.conversation.mishap import mishap
from bot.store.whatsapp import Waiting, WhatsAppStore

log = logging.getLogger(__name__)

PEOPLE_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Pace:
    """How long to wait for the rest of what somebody says in one go, in seconds."""

    quiet: float = 1.5
    most: float = 6.0


@dataclass(slots=True)
class Inbox:
    """Takes each person's messages in the order of WhatsApp's time, then of their arrival."""

    store: WhatsAppStore
    reader: Reader
    doing: Doing
    is_red_flag: Callable[[str], bool]
    # Shows a message as read and that an answer is coming.
    show_typing: Callable[[str], Awaitable[None]]
    pace: Pace = field(default_factory=Pace)
    _lanes: Lanes = field(init=False)
    _news: dict[str, asyncio.Event] = field(default_factory=dict)  # for whoever waits for a burst
    _asides: set[asyncio.Task[None]] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._lanes = Lanes(self._work, places=PEOPLE_AT_ONCE, pause=2.0)

    def wake(self, contact_id: str) -> None:
        """See to it that what a contact sent is worked on."""
        self._lanes.wake(contact_id)
        if contact_id in self._news:
            self._news[contact_id].set()

    async def close(self, grace: float) -> None:
        """Begin nothing more; what isn't done is taken up at the next start."""
        await self._lanes.close(grace)
        for aside in self._asides:
            aside.cancel()
        await asyncio.gather(*self._asides, return_exceptions=True)

    async def _work(self, contact_id: str) -> bool:
        """Do what a contact's messages ask for; False when there are none."""
        steps = self.reader.steps(await self._burst(contact_id))
        if steps:
            self._show_typing(contact_id, steps)
        for step in steps:
            await self._do(contact_id, step)
        if not steps:
            # Whoever wrote opened the window to what was held; STOP comes before that.
            self.doing.wake_outbox(contact_id)
        return bool(steps)

    async def _burst(self, contact_id: str) -> list[tuple[Waiting, Received]]:
        """Wait until a contact has said what they say in one go, and return it."""
        news = self._news[contact_id] = asyncio.Event()
        try:
            came = await self._came(contact_id)
            while came and (rest := self._rest(came)) > 0:
                # What comes meanwhile may be an emergency.
                with suppress(TimeoutError):
                    await asyncio.wait_for(news.wait(), rest)
                news.clear()
                came = await self._came(contact_id)
            return came
        finally:
            del self._news[contact_id]

    async def _came(self, contact_id: str) -> list[tuple[Waiting, Received]]:
        """Return what is waiting, in order; what can't be read again is emptied."""
        came: list[tuple[Waiting, Received]] = []
        for waiting in await self.store.waiting(contact_id):
            try:
                came.append((waiting, _received(waiting)))
            except (BadItem, KeyError, TypeError) as error:
                log.error("a kept message can't be read again: %s", mishap(error))
                await self.store.done([waiting.id])
        return came

    def _rest(self, came: Sequence[tuple[Waiting, Received]]) -> float:
        """Return for how many seconds more the rest of a burst is waited for."""
        if any(_presses(received, self.is_red_flag) for _, received in came):
            return 0.0
        arrived = [waiting.arrived_at for waiting, _ in came]
        quiet = max(arrived) + timedelta(seconds=self.pace.quiet)
        most = min(arrived) + timedelta(seconds=self.pace.most)
        return _seconds(min(quiet, most), now())

    async def _do(self, contact_id: str, step: Step) -> None:
        """Do one step; one that can't be done mustn't hold up what comes after it."""
        try:
            await self.doing.do(contact_id, step)
        except (StoreUnavailable, Closed):
            raise
        except Exception as error:
            log.error("a message can't be worked on: %s", mishap(error))
            await self.doing.give_up(contact_id, step)
        await self.store.done(step.updates, contact_id)

    def _show_typing(self, contact_id: str, steps: Iterable[Step]) -> None:
        for step in reversed(list(steps)):
            if isinstance(step, Talk):
                aside = asyncio.create_task(self._typing(contact_id, step.message_id))
                self._asides.add(aside)
                aside.add_done_callback(self._asides.discard)
                return

    async def _typing(self, contact_id: str, message_id: str) -> None:
        try:
            if await self.doing.talking.answers(contact_id):
                await self.show_typing(message_id)
        except Exception as error:
            log.warning("a message can't be shown as read: %s", mishap(error))


def _received(waiting: Waiting) -> Received:
    content = waiting.content
    return read_received(content["number_id"], content["raw"], Sender(**content["sender"]))


def _presses(received: Received, is_red_flag: Callable[[str], bool]) -> bool:
    """Tell whether a message is answered at once: a tap, or an emergency."""
    words = words_of(received.content)
    return isinstance(received.content, Tapped) or (bool(words) and is_red_flag(words))


def _seconds(until: datetime, at: datetime) -> float:
    return (until - at).total_seconds()
