"""`candor erased apply`: whoever was erased goes again, after a backup was restored."""

import argparse
import asyncio

from bot.runtime.paths import project_root
from bot.settings import settings_from_environment
from bot.store.database import open_database
from bot.store.rights import Ledger


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    help_ = "erase again whoever was erased; each start does it by itself"
    commands.add_parser("apply", help=help_, description=f"apply: {help_}.")


def run(_options: argparse.Namespace) -> int:
    """Erase again and tell how many; OSError or StoreUnavailable when that can't be done."""
    settings = settings_from_environment(project_root())
    gone = asyncio.run(_apply(settings.database_url))
    print(f"Erased again: {gone}." if gone else "Nobody was back who had been erased.")
    return 0


async def _apply(url: str) -> int:
    database = await open_database(url)
    try:
        return await Ledger(database).erase_again()
    finally:
        await database.close()
