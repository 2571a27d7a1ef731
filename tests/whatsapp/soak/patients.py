"""Patients who write one thing after the other, each once the one before was acknowledged."""

import asyncio
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.whatsapp.phones import Crowd, Phone
from tests.whatsapp.soak.post import Post, Sent
from tests.whatsapp.soak.questions import Written, draw


def people(count: int) -> list[Phone]:
    """Return so many patients, known in turn by number and user id, by one, and by the other."""
    return [
        Phone(
            None if place % 3 == 2 else f"4477009{place:05}",
            None if place % 3 == 1 else f"GB.{place:05}",
            f"Patient {place}",
        )
        for place in range(count)
    ]


@dataclass
class Patient:
    """One patient; `sent` is all that was written so far, in order."""

    phone: Phone
    chance: random.Random
    crowd: Crowd
    sent: list[Sent] = field(default_factory=list)
    _stamp: float = 0.0
    _groups: int = 0

    @property
    def acknowledged(self) -> int:
        return sum(sent.acknowledged is not None for sent in self.sent)

    async def write(self, count: int, post: Post, pause: float) -> None:
        """Write `count` messages, with pauses that have this mean in seconds."""
        while (left := count - len(self.sent)) > 0:
            await asyncio.sleep(self.chance.expovariate(1 / pause))
            messages = list(self._messages(draw(self.chance), left))
            self.sent += messages
            await post.send(messages)

    def _messages(self, written: Written, most: int) -> Iterator[Sent]:
        texts = written.texts[:most]
        # What is written in one go has times of its own, and none is before what was written.
        first = time.time() - len(texts) + 1
        for number, text in enumerate(texts):
            self._stamp = max(self._stamp, first + number)
            yield Sent(self.phone, self._item(written.kind, text), self._groups, written.kind, text)
        self._groups += 1

    def _item(self, kind: str, text: str):  # noqa: ANN202
        if kind != "tap":
            return self.crowd.write(self.phone, text, self._stamp)
        reply = {"id": f"ask:{text}@general", "title": text[:20]}
        content = {"type": "button_reply", "button_reply": reply}
        return self.crowd.write_item(self.phone, "interactive", content, self._stamp)
