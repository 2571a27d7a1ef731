"""`candor serve`: the site, and the engine unless told where one runs."""

import argparse
import asyncio

from bot.cli.prepared import prepared_settings
from bot.runtime.ports import refuse_taken_ports, serving_ports


def add_options(_parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name: nothing."""


def run(_options: argparse.Namespace) -> int:
    """Train if need be, then serve until stopped."""
    settings = prepared_settings(lambda read: refuse_taken_ports(serving_ports(read)))
    from bot.runtime.serve import serve

    asyncio.run(serve(settings))
    return 0
