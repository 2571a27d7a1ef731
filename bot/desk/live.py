"""Counts what changes in conversations, so that an open page knows whether it has seen it."""

import asyncio
from collections import deque
from secrets import token_hex

REMEMBERED = 2000  # changes


class Live:
    """Counts changes by the name of what changed; a cursor says up to which one has seen them.

    Pages fetch what is new themselves, so a change needs no content, and a page that was away
    fetches once more when its cursor isn't the last.
    """

    def __init__(self) -> None:
        # Cursors of before a restart are of another count.
        self._boot = token_hex(4)
        self._count = 0
        self._names: deque[str] = deque(maxlen=REMEMBERED)
        self._bell = asyncio.Event()
        self.is_closed = False

    @property
    def cursor(self) -> str:
        """The cursor of whoever has seen everything."""
        return f"{self._boot}-{self._count}"

    @property
    def bell(self) -> asyncio.Event:
        """What is set at the next change; take it before looking whether there is news."""
        return self._bell

    def ring(self, name: str) -> None:
        """Tell that something of this name has changed."""
        self._count += 1
        self._names.append(name)
        self._wake()

    def close(self) -> None:
        """Let every page go."""
        self.is_closed = True
        self._wake()

    def is_news(self, cursor: str, only: str | None) -> bool:
        """Tell whether anything, or something of one name, has changed since a cursor."""
        boot, _, number = cursor.partition("-")
        if boot != self._boot or not number.isdecimal():
            return True
        missed = self._count - int(number)
        if only is None or missed > len(self._names) or missed < 0:
            return missed != 0
        return missed > 0 and only in list(self._names)[-missed:]

    def _wake(self) -> None:
        bell, self._bell = self._bell, asyncio.Event()
        bell.set()
