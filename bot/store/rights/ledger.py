"""The file beside the database that knows what was erased, and what it is good for.

A backup that is restored brings back the people in it, and a table of erasures as old as itself.
The file stays when the database is put back, so that everybody in it can be erased again.
"""

import asyncio
import logging
import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from sqlalchemy import Connection, select

from bot.store.database import Database
from bot.store.erasures import DIGITS, erasures, key_of, remember
from bot.store.rights.erasing import take_out
from bot.store.rights.records import Record
from bot.store.tables import conversations
from bot.store.whatsapp.tables import contacts

log = logging.getLogger(__name__)

Erasures = Mapping[str, datetime]  # when each was erased, by its key
_ALL = select(erasures.c.key, erasures.c.at)
_TALKS = select(conversations.c.id, conversations.c.started_at)
_PEOPLE = select(contacts.c.id)


@dataclass(frozen=True, slots=True)
class Ledger:
    """The file, and the database that it stands beside."""

    database: Database

    @property
    def path(self) -> Path | None:
        """Return the file, None where the database is none."""
        url = self.database.writer.url
        is_file = url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:")
        return Path(f"{url.database}.erasures") if is_file else None

    async def note(self) -> None:
        """Add to the file what was erased since; OSError names why it can't be."""
        if self.path is None:
            return
        known = {row.key: row.at for row in await self.database.read(_ALL)}
        await asyncio.to_thread(_append, self.path, known)

    async def erase_again(self) -> int:
        """Erase whoever a restored backup brought back; return how many conversations and people.

        Raises OSError when the file can't be used, StoreUnavailable or Closed.
        """
        noted = await asyncio.to_thread(_read, self.path) if self.path else {}
        gone = await self.database.write(partial(_erase_again, noted=noted))
        if gone:
            await self.database.scrub()
        await self.note()
        return gone


def _erase_again(connection: Connection, noted: Erasures) -> int:
    known = {row.key: row.at for row in connection.execute(_ALL)}
    newer = {key: at for key, at in noted.items() if key not in known or known[key] < at}
    remember(connection, newer.items())
    erased = known | newer
    if not erased:
        return 0
    # Whoever begins again under the id that they had before is somebody new.
    talks = [
        row.id
        for row in connection.execute(_TALKS)
        if (at := erased.get(key_of(row.id))) is not None and row.started_at <= at
    ]
    people = [row.id for row in connection.execute(_PEOPLE) if key_of(row.id) in erased]
    for talk in talks:
        take_out(connection, Record((talk,), ()))
    for person in people:
        take_out(connection, Record((), (person,)))
    return len(talks) + len(people)


def _read(path: Path) -> Erasures:
    """Return what the file knows; a line that is none of ours is passed over."""
    found: dict[str, datetime] = {}
    try:
        lines = path.read_text(encoding="ascii", errors="replace").splitlines()
    except FileNotFoundError:
        return found
    for number, line in enumerate(lines, 1):
        try:
            moment, key = line.split()
            at = datetime.fromisoformat(moment)
            if at.tzinfo is None or len(key) != DIGITS:
                raise ValueError
        except ValueError:
            log.error("%s: line %d can't be read; take the line from a copy", path.name, number)
            continue
        found[key] = max(at, found.get(key, at))
    return found


def _append(path: Path, known: Erasures) -> None:
    """Add what is missing in the file, durably; nothing in it is ever changed."""
    noted = _read(path)
    missing = {key: at for key, at in known.items() if key not in noted or noted[key] < at}
    if not missing:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    # A line that a crash left without its end mustn't swallow the next.
    whole = path.read_bytes()[-1:] in (b"", b"\n")
    with path.open("a", encoding="ascii") as file:
        file.write("" if whole else "\n")
        file.writelines(f"{at.isoformat()} {key}\n" for key, at in missing.items())
        file.flush()
        os.fsync(file.fileno())
