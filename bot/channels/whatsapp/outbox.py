"""Sends what is said to people: each message once, in order, whatever fails in between."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from bot.channels.whatsapp.failures import Act, Failure
from bot.channels.whatsapp.graph import Graph, NotSent, Unsure
from bot.channels.whatsapp.patience import Patience
from bot.channels.whatsapp.plain import plain_of
from bot.channels.whatsapp.plan import Drop, GiveUp, Hold, Send, Wait, is_template, what_next
from bot.channels.whatsapp.queueing import Queueing
from bot.channels.whatsapp.rendering import addressed
from bot.channels.whatsapp.timers import Timers
from bot.channels.whatsapp.window import now, time_left
from bot.conversation.lanes import Lanes
from bot.store.whatsapp import Contact, Delivery, State, WhatsAppStore

log = logging.getLogger(__name__)

PEOPLE_AT_ONCE = 32
# Only templates cost money: without it the answers go out all the same.
UNPAID = 131042
# Our own mistakes, which a plain text doesn't have.
TOO_FINE = frozenset({100, 131008, 131009, 131051})


@dataclass(slots=True)
class Outbox:
    """Sends each person's deliveries in order, different people's side by side."""

    store: WhatsAppStore
    graph: Graph
    queueing: Queueing
    counted: Callable[[str, str], None]
    patience: Patience = field(default_factory=Patience)
    problem: str | None = None  # why nothing can be sent just now
    _paused_until: datetime | None = None
    _pauses: int = 0
    _lanes: Lanes = field(init=False)
    _timers: Timers = field(init=False)

    def __post_init__(self) -> None:
        self._lanes = Lanes(self._work, places=PEOPLE_AT_ONCE, pause=2.0)
        self._timers = Timers(self._lanes.wake)

    def wake(self, contact_id: str) -> None:
        """See to it that what is to be said to a contact is sent."""
        self._lanes.wake(contact_id)

    async def close(self, grace: float) -> None:
        """Begin nothing more; what isn't sent is taken up at the next start."""
        self._timers.close()
        await self._lanes.close(grace)

    async def _work(self, contact_id: str) -> bool:
        """Do the next thing for a contact; False when there is nothing to be done now."""
        contact = await self.store.contact(contact_id)
        if contact is None:
            return False
        contact = await self.queueing.queue_news(contact)
        deliveries, wrote_at = await self.store.to_send(contact_id)
        window = bool(time_left(wrote_at, now()))
        if not window and await self.queueing.ask_back(contact, deliveries):
            return True
        step = what_next(deliveries, window=window, at=now())
        if isinstance(step, Send):
            if step.delivery.state == "held" and await self.store.waiting(contact_id):
                return False  # The window may have been opened by STOP: the inbox reads first.
            return await self._send(contact, step)
        if isinstance(step, Hold):
            for delivery in step.deliveries:
                await self._settle(delivery, "held")
        elif isinstance(step, Drop):
            await self.store.settle(step.delivery, "dropped")
        elif isinstance(step, GiveUp):
            log.error("nothing is heard of a message that was sent several times: it isn't again")
            await self._settle(step.delivery, "failed")
        elif isinstance(step, Wait):
            self._timers.wake_at(contact_id, step.until)
        elif step is None and contact.conversation_id is None:
            # The farewell was the last that was kept of somebody.
            await self.store.forget_done()
        return isinstance(step, Hold | Drop | GiveUp)

    async def _send(self, contact: Contact, step: Send) -> bool:
        """Lease a delivery, send it, and say what became of it; False when sending is paused.

        An emergency is tried all the same.
        """
        paused_until = self._paused()
        if paused_until is not None and not step.delivery.urgent:
            self._timers.wake_at(contact.id, paused_until)
            return False
        if contact.phone is None and contact.user_id is None:
            # The number is somebody else's now, and nothing else is known.
            await self._settle(step.delivery, "failed")
            return True
        delivery, doubts = step.delivery, int(step.doubtful)
        until = _in(self.patience.lease + self.patience.news)
        leased = await self.store.settle(
            delivery, "sending", due_at=until, attempts=1, doubts=doubts
        )
        if not leased:
            return True
        # What Graph tells by a status meanwhile counts more than its answer.
        delivery = replace(delivery, state="sending")
        payload = addressed(
            delivery.content,
            phone=contact.phone,
            user_id=contact.user_id,
            opaque=delivery.opaque,
        )
        try:
            async with asyncio.timeout(self.patience.lease):
                graph_id = await self.graph.send(payload)
        except NotSent as error:
            await self._not_sent(contact, delivery, error.failure)
        except (Unsure, TimeoutError):
            await self._settle(
                delivery, "unsure", due_at=_in(self.patience.doubt(delivery.doubts + doubts))
            )
        else:
            self._resume()
            await self._settle(delivery, "accepted", graph_id=graph_id)
        return True

    async def _not_sent(self, contact: Contact, delivery: Delivery, failure: Failure) -> None:
        """Do what a refusal calls for; the delivery is Graph's no more."""
        attempts, code = delivery.attempts, failure.code
        match failure.act:
            case Act.CLOSED:
                await self.store.close_window(contact)
                await self._settle(delivery, "held", code=code)
            case Act.NEVER:
                await self._refused(delivery, failure)
            case Act.ALERT if code == UNPAID and is_template(delivery):
                log.error("a template waits: %s (code %s)", failure.title, code)
                due_at = _in(self.patience.alert_pause)
                await self._settle(delivery, "waiting", due_at=due_at, code=code)
            case Act.ALERT | Act.LATER:
                self._pause(failure)
                await self._settle(delivery, "waiting", due_at=self._paused_until, code=code)
            case Act.SLOWER:
                pause = min(4.0**attempts, self.patience.alert_pause)
                await self._settle(delivery, "waiting", due_at=_in(pause), code=code)
            case Act.AGAIN:
                await self._settle(
                    delivery, "waiting", due_at=_in(self.patience.longer(attempts)), code=code
                )

    async def _refused(self, delivery: Delivery, failure: Failure) -> None:
        """Try a plain text instead of what Graph finds wrong; otherwise it has failed."""
        plain = plain_of(delivery.content) if failure.code in TOO_FINE else None
        if plain is None:
            log.error("a message has failed: %s (code %s)", failure.title, failure.code)
            await self._settle(delivery, "failed", code=failure.code)
            return
        log.error("a message goes as plain text: %s (code %s)", failure.title, failure.code)
        await self.store.settle(delivery, "waiting", code=failure.code, content=plain)

    def _pause(self, failure: Failure) -> None:
        """Send nothing for a while; what was under way when a pause began makes it no longer."""
        alert = failure.act is Act.ALERT
        if self._paused() is not None and not alert:
            return
        pause = self.patience.alert_pause if alert else self.patience.longer(self._pauses)
        self._pauses += 1
        self._paused_until = _in(pause)
        if alert:
            self.problem = f"{failure.title} (code {failure.code})"
        log.error(
            "sending on WhatsApp pauses for %g s: %s (code %s)", pause, failure.title, failure.code
        )

    def _resume(self) -> None:
        self._paused_until, self._pauses, self.problem = None, 0, None

    def _paused(self) -> datetime | None:
        """Return until when nothing is sent, None when that is over."""
        until = self._paused_until
        return until if until is not None and until > now() else None

    async def _settle(
        self,
        delivery: Delivery,
        state: State,
        *,
        due_at: datetime | None = None,
        graph_id: str | None = None,
        code: int | None = None,
    ) -> None:
        await self.store.settle(delivery, state, due_at=due_at, graph_id=graph_id, code=code)
        self.counted("candor_whatsapp_deliveries_total", state)


def _in(seconds: float) -> datetime:
    return now() + timedelta(seconds=seconds)
