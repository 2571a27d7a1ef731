"""The channel's intake on a real store, without anybody who works on what came."""

from dataclasses import dataclass, field, replace

from bot.channels.whatsapp.inbound import Received, Sender
from bot.channels.whatsapp.intake import Intake
from bot.channels.whatsapp.reading import read_delivery, read_received
from bot.store.whatsapp import Contact, Delivery, WhatsAppStore
from tests.whatsapp.deliveries import Item, delivery


@dataclass
class Desk:
    """An intake on a real store, and whom it woke."""

    store: WhatsAppStore
    inbox: list[str] = field(default_factory=list)
    outbox: list[str] = field(default_factory=list)
    counted: list[tuple[str, str]] = field(default_factory=list)

    async def take(self, *items: Item) -> None:
        """Take a delivery of these items."""
        intake = Intake(
            self.store,
            "secret",
            self.inbox.append,
            self.outbox.append,
            lambda *count: self.counted.append(count),
        )
        await intake.take(read_delivery(delivery(*items)))

    async def contact(self) -> Contact:
        """Whoever wrote last."""
        found = await self.store.contact(self.inbox[-1])
        assert found is not None
        return found

    async def kept(self) -> list[Received]:
        """What is to be worked on, read again."""
        waiting = await self.store.waiting(self.inbox[-1])
        return [
            read_received(
                one.content["number_id"], one.content["raw"], Sender(**one.content["sender"])
            )
            for one in waiting
        ]

    async def sent(self, graph_id: str = "w1") -> Delivery:
        """A message that Graph has accepted."""
        contact = await self.contact()
        await self.store.queue_aside(contact.id, "a", {"type": "text"})
        [queued] = await self.store.open_deliveries(contact.id)
        await self.store.settle(queued, "sending", attempts=1)
        leased = replace(queued, state="sending", attempts=1)
        await self.store.settle(leased, "accepted", graph_id=graph_id)
        found = await self.store.sent_as(graph_id)
        assert found is not None
        return found
