"""`candor settings`: every environment variable, and what managers changed of `clinic.yml`."""

import argparse
import asyncio
from functools import partial

from bot.runtime.paths import project_root
from bot.runtime.steps import StepFailed, say
from bot.settings import VARIABLES, chosen_variables, kept_database

COMMAND_LINE = "(command line)"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    parser.add_argument(
        "--back", metavar="ENTRY", help="take back what a manager changed: the file's value holds"
    )


def run(options: argparse.Namespace) -> int:
    """Print the table of variables and what was changed, or take a change back."""
    if options.back:
        asyncio.run(_take_back(kept_database(project_root()), options.back))
        say(f"{options.back} is as clinic.yml says, from the next start or change on.")
        return 0
    chosen = chosen_variables()
    rows = [("variable", "set to", "default", "what it does")]
    rows += [
        (entry.name, chosen.get(entry.name, ""), entry.default, entry.help) for entry in VARIABLES
    ]
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=False))
        print("  ".join(cells), row[3], sep="  ")
    print("\nThe clinic itself (name, telephone, hours, booking page, texts) is in clinic.yml.")
    _print_changes()
    return 0


def _print_changes() -> None:
    from bot.store.desk.settings import read_changes

    names = sorted(read_changes(kept_database(project_root())))
    if names:
        print(f"Managers changed at /desk/settings: {', '.join(names)}.")
        print("`candor settings --back ENTRY` takes one back.")


async def _take_back(url: str, name: str) -> None:
    from bot.store.database import open_database
    from bot.store.desk import AuditEntry
    from bot.store.desk.settings import in_force, newest, save

    database = await open_database(url)
    try:
        found = await newest(database)
        if name not in in_force(found):
            raise StepFailed(f"Nobody changed {name} at /desk/settings; `candor settings` lists.")
        entry = AuditEntry(None, COMMAND_LINE, "settings.changed")
        seen = max(one.id for one in found)
        await database.write(partial(save, changes={name: None}, seen=seen, entry=entry))
    finally:
        await database.close()
