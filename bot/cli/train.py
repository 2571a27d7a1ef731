"""`candor train`: the model, made from the documents, answers and examples."""

import argparse

from bot.runtime.paths import project_root
from bot.runtime.steps import say
from bot.runtime.training import train


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    parser.add_argument("--force", action="store_true", help="train although nothing has changed")


def run(options: argparse.Namespace) -> int:
    """Train if need be, and say what was done."""
    trained = train(project_root(), force=options.force)
    say("The model is trained." if trained else "The model is up to date.")
    return 0
