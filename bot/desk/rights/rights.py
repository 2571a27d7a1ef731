"""The use cases of patients' rights, the same for the console and the command line."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from bot.conversation import Conversations
from bot.conversation.mishap import mishap
from bot.conversation.records import Forgotten
from bot.conversation.retention import Backup, KeepDays
from bot.desk.rights.asking import KINDS, read_wanted
from bot.store.database import Database
from bot.store.desk import AuditEntry, Staff
from bot.store.rights import (
    Between,
    Entry,
    Erased,
    Found,
    Gathered,
    Ledger,
    erase,
    gather,
    look,
)

log = logging.getLogger(__name__)

COMMAND_LINE = "(command line)"


@dataclass(frozen=True, slots=True)
class Rights:
    """What the use cases work with; `secret` opens links, `country` says how numbers are read.

    `conversations` is None where nobody follows any; `let_go` is told each one that is erased.
    """

    database: Database
    secret: str = field(repr=False)
    country: str
    keep: KeepDays
    backups: Sequence[Backup] = ()
    conversations: Conversations | None = None
    let_go: Callable[[str], object] = lambda _: None
    now: Callable[[], datetime] = lambda: datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Receipt:
    """That somebody was erased; `noted` tells that it is known outside the database, too."""

    erased: Erased
    noted: bool


async def find(rights: Rights, by: Staff | None, kind: str, text: str) -> list[Found]:
    """Return everybody who is meant by a number, a reference or a link; CannotRead.

    What was looked for is kept nowhere; the audit knows who looked, for whom, and by what kind.
    `by` is None on the command line, here and below.
    """
    wanted = read_wanted(kind, text, secret=rights.secret, country=rights.country)
    entry = _entry(by, "patient.found", "patient.searched", f"by {KINDS[kind].lower()}")
    return await rights.database.write(partial(look, wanted=wanted, entry=entry))


async def known(rights: Rights, an_id: str) -> Found | None:
    """Return whoever has an id, or None; nothing is noted of it."""
    wanted = Between(an_id, an_id)
    found = await rights.database.write(partial(look, wanted=wanted, entry=None))
    return found[0] if found else None


async def by_reference(rights: Rights, text: str) -> list[Found]:
    """Return everybody with a reference; CannotRead when it is none. Nothing is noted of it."""
    wanted = read_wanted("reference", text, secret=rights.secret, country=rights.country)
    return await rights.database.write(partial(look, wanted=wanted, entry=None))


async def export(rights: Rights, by: Staff | None, an_id: str, form: str) -> Gathered | None:
    """Return all that is kept of whoever has an id, or None; `form` is what it is shown as."""
    entry = _entry(by, "patient.exported", "patient.exported", form)
    return await rights.database.write(partial(gather, an_id=an_id, entry=entry))


async def erase_all(rights: Rights, by: Staff | None, an_id: str) -> Receipt | None:
    """Erase all that is kept of whoever has an id, for good; None when there is nobody.

    Whoever follows the conversation is let go; what is being answered in it is answered to nobody.
    """
    entry = _entry(by, "patient.erased", "patient.erased", "")
    done: list[Erased] = []

    async def work() -> Forgotten:
        erased = await rights.database.write(partial(erase, an_id=an_id, entry=entry))
        if erased is None:
            return Forgotten((), ())
        done.append(erased)
        return erased.forgotten

    if rights.conversations is None:
        await work()
    else:
        await rights.conversations.erase(work)
    if not done:
        return None
    for conversation in done[0].found.record.conversations:
        rights.let_go(conversation)
    await rights.database.scrub()
    return Receipt(done[0], await _note(rights.database))


async def _note(database: Database) -> bool:
    try:
        await Ledger(database).note()
    except OSError as error:
        log.error("erasures can't be noted beside the database: %s", mishap(error))
        return False
    return True


def _entry(by: Staff | None, action: str, without: str, detail: str) -> Entry:
    """Return what makes the audit's entry, of somebody or of nobody, without what tells who."""
    staff_id, login = (by.id, by.login) if by else (None, COMMAND_LINE)

    def entry(found: Found | None) -> AuditEntry:
        if found is None:
            return AuditEntry(staff_id, login, without, None, f"{detail}: nobody")
        count = len(found.conversations)
        many = f"{count} conversation{'' if count == 1 else 's'}"
        told = f"{detail}: {many}" if detail else many
        return AuditEntry(staff_id, login, action, found.record.id, told)

    return entry
