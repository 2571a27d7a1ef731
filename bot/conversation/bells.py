"""Wakes whoever waits for news; nobody has to be remembered, so nobody can hold others up."""

import asyncio
from collections.abc import Callable
from weakref import WeakValueDictionary

from bot.conversation.records import Entry


class Bell(asyncio.Event):
    """Rings once; `told` is the news itself, where whoever rang had it at hand."""

    told: tuple[Entry, ...] | None = None


class Bells:
    """One bell a name; it exists only while somebody listens."""

    def __init__(self) -> None:
        self._bells: WeakValueDictionary[str, Bell] = WeakValueDictionary()
        self._always: list[Callable[[str], None]] = []

    def listen(self, name: str) -> Bell:
        """Return the name's next ring; take it before looking for news, so that none is missed."""
        return self._bells.setdefault(name, Bell())

    def tell(self, listener: Callable[[str], None]) -> None:
        """Call the listener with every name that rings; it must be quick and not fail."""
        self._always.append(listener)

    def ring(self, *names: str, told: tuple[Entry, ...] | None = None) -> None:
        """Wake everyone who listens to one of the names, and tell the news where it is known."""
        for name in names:
            for listener in self._always:
                listener(name)
            if (bell := self._bells.pop(name, None)) is not None:
                bell.told = told
                bell.set()

    def ring_all(self) -> None:
        """Wake everyone."""
        self.ring(*self._bells.keys())
