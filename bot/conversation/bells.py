"""Wakes whoever waits for news; nobody has to be remembered, so nobody can hold others up."""

import asyncio
from weakref import WeakValueDictionary


class Bells:
    """One bell a name; it exists only while somebody listens."""

    def __init__(self) -> None:
        self._bells: WeakValueDictionary[str, asyncio.Event] = WeakValueDictionary()

    def listen(self, name: str) -> asyncio.Event:
        """Return the name's next ring; take it before looking for news, so that none is missed."""
        return self._bells.setdefault(name, asyncio.Event())

    def ring(self, *names: str) -> None:
        """Wake everyone who listens to one of the names."""
        for name in names:
            if (bell := self._bells.pop(name, None)) is not None:
                bell.set()

    def ring_all(self) -> None:
        """Wake everyone."""
        self.ring(*self._bells.keys())
