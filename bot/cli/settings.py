"""`candor settings`: every environment variable, what it does, and what it is now."""

import argparse

from bot.settings import VARIABLES, chosen_variables


def add_options(_parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name: nothing."""


def run(_options: argparse.Namespace) -> int:
    """Print the table of settings."""
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
    return 0
