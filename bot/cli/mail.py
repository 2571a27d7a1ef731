"""`candor mail`: sends the desk a test e-mail, and says what is wrong in one line."""

import argparse
import asyncio
from datetime import UTC, datetime

from bot.conversation.message import new_id
from bot.desk.mail import NotSent, make_letter, send
from bot.runtime.mail import letterhead_of, server_of
from bot.runtime.paths import project_root
from bot.runtime.steps import say
from bot.runtime.texts import fixed_texts
from bot.settings import settings_from_environment
from bot.store.desk.mails import Mail

HELP = "send the desk a test e-mail now, and say what is wrong if it can't be sent"


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    check = commands.add_parser("check", help=HELP, description=f"check: {HELP}.")
    check.set_defaults(action=check_mail)


def run(options: argparse.Namespace) -> int:
    """Run the command that follows and return its exit code."""
    code: int = options.action(options)
    return code


def check_mail(_options: argparse.Namespace) -> int:
    """Send the test e-mail; return 1 when it can't be sent."""
    settings = settings_from_environment(project_root())
    if settings.mail is None:
        missing = settings.mail_missing
        needed = missing or "desk_email in clinic.yml and CANDOR_SMTP_URL"
        say(f"E-mail to the desk is off: set {needed}; see docs/operations.md.")
        return 1 if missing else 0
    mail = Mail(new_id(), "test", None, {}, 0, datetime.now(UTC))
    letter = make_letter(letterhead_of(settings, settings.mail, fixed_texts(settings)), mail)
    server = server_of(settings.mail)
    try:
        asyncio.run(send(server, letter))
    except NotSent as error:
        say(f"candor: the test e-mail was not sent: {error}")
        return 1
    print(f"{server.place} took the test e-mail for {settings.mail.to}; look whether it arrives.")
    return 0
