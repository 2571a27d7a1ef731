"""Reads the command line and runs one command; errors are one line, and the exit code tells."""

import argparse
import importlib
import logging
import os
import sys
from collections.abc import Sequence

from bot.cli.faults import told
from bot.runtime.steps import say

COMMANDS = {
    "serve": "serve the site and the engine; Ctrl-C stops everything",
    "ask": "ask one question, or a question a line, and show the answer",
    "chat": "hold a conversation in the terminal",
    "evaluate": "score the assistant on labelled questions",
    "tune": "choose how sure the assistant must be, on labelled questions",
    "train": "train the model if what it is made from has changed",
    "check": "check documents, answers, quotations and settings",
    "whatsapp": "check the WhatsApp channel, print the link to it, or list who waits there",
    "staff": "add, list, lock, unlock, reset or give a role to who may sign in at the front desk",
    "mail": "send the desk a test e-mail, and say what is wrong",
    "patient": "find, export or erase what is kept of a patient, when the console is down",
    "erased": "erase again whoever a restored backup has brought back",
    "questions": "export what the front desk decided about questions, for `candor evaluate`",
    "settings": "list the settings and what is set",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 0 good, 1 it failed, 2 wrongly called."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    options = _parser(given[0] if given else None).parse_args(given)
    _set_up_logs()
    try:
        code: int = options.run(options)
        sys.stdout.flush()
        return code
    except BrokenPipeError:
        # Whoever read our output has gone; what Python flushes at the end goes nowhere.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        for line in told(error):
            say(f"candor: {line}")
        return 1


def _parser(wanted: str | None) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="candor",
        description="Answers patients' questions with quotations from the clinic's own documents.",
    )
    parsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for name, help_ in COMMANDS.items():
        command = parsers.add_parser(name, help=help_, description=f"{name}: {help_}.")
        # Only the wanted command is imported: some bring a language library with them.
        if name == wanted:
            module = importlib.import_module(f"bot.cli.{name}")
            module.add_options(command)
            command.set_defaults(run=module.run)
    return parser


def _set_up_logs() -> None:
    logging.basicConfig(
        stream=sys.stderr, level=logging.INFO, format="%(asctime)s %(levelname)s %(message)s"
    )
    for chatty in ("alembic", "rasa_sdk", "aiohttp.access"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    # It quotes what it can't parse, which may be a patient's question in a broken address.
    logging.getLogger("aiohttp.server").setLevel(logging.CRITICAL)
