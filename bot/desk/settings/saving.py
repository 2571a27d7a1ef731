"""Changes of the settings: looked at, checked, kept and put in force."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bot.desk.console import Console
from bot.desk.gate import entry_of
from bot.desk.settings.entries import ENTRIES
from bot.desk.settings.office import TEXT, Office
from bot.store.desk import Staff
from bot.store.desk.settings import Version, in_force, newest, save, value_as_of

URGENT = f"{TEXT}urgent."


@dataclass(frozen=True, slots=True)
class Now:
    """The settings as they are: the file's, and what was changed, with its newest versions."""

    base: Mapping[str, Any]
    changes: Mapping[str, Any]
    versions: Mapping[str, Version]

    @property
    def newest(self) -> int:
        """The number of the newest version; 0 when nothing was ever changed."""
        return max((one.id for one in self.versions.values()), default=0)

    def value(self, name: str) -> Any:  # noqa: ANN401 - whatever YAML holds
        """Return an entry's value, as in `clinic.yml`; None when there is none."""
        return self.changes.get(name, self.base.get(name))

    def changed(self, name: str) -> Version | None:
        """Return the version of an entry that differs from the file's value."""
        return self.versions[name] if name in self.changes else None


async def look(console: Console, office: Office) -> Now:
    """Return the settings as they are; CannotRead or StoreUnavailable."""
    found = await newest(console.database)
    base = await asyncio.to_thread(office.base)
    return Now(base, in_force(found), {one.name: one for one in found})


async def change(
    console: Console,
    office: Office,
    staff: Staff,
    wanted: Mapping[str, Any],
    seen: int,
) -> Mapping[str, str]:
    """Keep changes of entries and put them in force; return what is wrong instead, by entry.

    None brings the file's value back, and so does that value itself. `seen` is the newest version
    that the person knows of; ChangedMeanwhile when somebody else changed one of these since.
    Nothing is kept while anything is wrong. CannotRead.
    """
    now = await look(console, office)
    changes: dict[str, Any] = {}
    for name, value in wanted.items():
        value = None if same(value, now.base.get(name)) else value
        is_new = not same(value, now.changes.get(name))
        if is_new and not await _is_untouched(console, now, name, value, seen):
            changes[name] = value
    if not changes:
        return {}
    after = {name: value for name, value in {**now.changes, **changes}.items() if value is not None}
    problems = await asyncio.to_thread(office.problems, after)
    if problems:
        return problems
    work = partial(save, changes=changes, seen=seen, entry=entry_of(staff, _action(changes)))
    await console.database.write(work)
    await office.renew()
    return {}


async def _is_untouched(console: Console, now: Now, name: str, value: Any, seen: int) -> bool:  # noqa: ANN401
    """Tell whether an entry that somebody else changed is in the form as it was before."""
    if name not in now.versions or now.versions[name].id <= seen:
        return False
    return same(value, await value_as_of(console.database, name, seen))


def same(one: Any, other: Any) -> bool:  # noqa: ANN401
    """Tell whether two values mean the same, however they are written in a file."""
    return bool(_plain(one) == _plain(other))


def _plain(value: Any) -> Any:  # noqa: ANN401
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return sorted(str(part).strip() for part in value)
    if isinstance(value, Mapping):
        return {key: str(part).strip() for key, part in value.items() if part}
    return value


def _action(changes: Mapping[str, Any]) -> str:
    grave = any(
        name.startswith(URGENT) or (name in ENTRIES and ENTRIES[name][0].words) for name in changes
    )
    return "settings.emergency" if grave else "settings.changed"
