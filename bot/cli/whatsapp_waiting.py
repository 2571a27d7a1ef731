"""`candor whatsapp waiting`: which conversations on WhatsApp want a person, the nearest end first.

No message, name or number is shown, so that the table may stand on any screen.
"""

import argparse
import asyncio
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.channels.whatsapp.window import now, time_left
from bot.runtime.paths import project_root
from bot.settings import settings_from_environment
from bot.store import open_store
from bot.store.whatsapp import Pending, pending

HELP = "list the conversations that want a person, and how long one may still write to them"
HEAD = ("time left", "state", "since", "conversation")
HOLDERS = {"waiting": "waits for a person", "staff": "with staff", "bot": "with the assistant"}


def show_waiting(_options: argparse.Namespace) -> int:
    """Print the table; StoreUnavailable when the database can't be used."""
    settings = settings_from_environment(project_root())
    found = asyncio.run(_pending(settings.database_url))
    if not found:
        print("Nobody on WhatsApp waits for a person.")
        return 0
    for line in lines(found, now(), ZoneInfo(settings.clinic.time_zone)):
        print(line)
    return 0


def lines(found: Iterable[Pending], at: datetime, zone: ZoneInfo) -> Iterator[str]:
    """Return the table's lines: first where least time is left, then where none is."""

    def nearness(one: Pending) -> tuple[bool, timedelta, datetime]:
        left = time_left(one.wrote_at, at)
        return not left, left, one.since

    rows = [HEAD]
    for one in sorted(found, key=nearness):
        since = f"{one.since.astimezone(zone):%a %d %b %H:%M}"
        rows.append((_left(time_left(one.wrote_at, at)), _state(one), since, one.conversation_id))
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEAD))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()


async def _pending(url: str) -> list[Pending]:
    store = await open_store(url)
    try:
        return await pending(store.database)
    finally:
        await store.close()


def _left(left: timedelta) -> str:
    if not left:
        return "none"
    minutes = int(left.total_seconds()) // 60
    return f"{minutes // 60} h {minutes % 60:02} min"


def _state(one: Pending) -> str:
    counts = ((one.held, "held"), (one.failed, "failed"))
    return ", ".join([HOLDERS[one.holder], *(f"{n} {name}" for n, name in counts if n)])
