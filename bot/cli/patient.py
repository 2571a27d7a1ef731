"""`candor patient`: what is kept of a patient is found, exported and erased from this machine."""

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import timedelta
from zoneinfo import ZoneInfo

from bot.conversation.plain import moment
from bot.conversation.references import NotAReference, read_reference, reference_of
from bot.desk.channels import channel_name
from bot.desk.rights import rights
from bot.desk.rights.asking import CannotRead
from bot.desk.rights.handing_over import as_object
from bot.desk.rights.rights import Rights
from bot.desk.rights.words import counted
from bot.runtime.paths import project_root
from bot.runtime.steps import say
from bot.settings import Settings, settings_from_environment
from bot.store.database import open_database
from bot.store.rights import Found

Action = Callable[[Rights, Settings, argparse.Namespace], Awaitable[int]]
KINDS = ("number", "reference", "link")


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, help_: str, action: Action) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=f"{name}: {help_}.")
        added.set_defaults(action=action)
        return added

    finds = command("find", "tell what is kept of a patient, without a word of theirs", _find)
    finds.add_argument("kind", choices=KINDS, help="what is known of the patient")
    export = command("export", "print all that is kept of a patient as JSON", _export)
    erase = command("erase", "erase all that is kept of a patient, for good", _erase)
    for one in (export, erase):
        one.add_argument("reference", metavar="REFERENCE", help="as `find` shows it")
    erase.add_argument("--yes", action="store_true", help="don't ask for the reference again")


def run(options: argparse.Namespace) -> int:
    """Run the command that follows; return 1 when it can't be done."""
    settings = settings_from_environment(project_root())
    try:
        return asyncio.run(_with_rights(settings, options))
    except CannotRead as error:
        say(f"candor: {error}")
        return 1


async def _with_rights(settings: Settings, options: argparse.Namespace) -> int:
    database = await open_database(settings.database_url)
    clinic = settings.clinic
    ours = Rights(database, settings.secret, clinic.country, clinic.keep_days, clinic.backups)
    try:
        action: Action = options.action
        return await action(ours, settings, options)
    finally:
        await database.close()


async def _find(ours: Rights, settings: Settings, options: argparse.Namespace) -> int:
    # Asked for and not an argument: what stands on a command line lands in the shell's history.
    typed = _ask(f"The {options.kind}: ")
    found = await rights.find(ours, None, options.kind, typed)
    zone = ZoneInfo(settings.clinic.time_zone)
    for one in found:
        print(f"{reference_of(one.record.id)}:")
        for talk in one.conversations:
            ends = moment(ours.keep.ends(talk.channel, talk.changed).astimezone(zone))
            last = moment(talk.last.astimezone(zone))
            channel, many = channel_name(talk.channel), talk.messages
            print(f"  {channel}, messages: {many}, last: {last}, deleted by itself: {ends}")
        if one.record.contacts:
            print("  WhatsApp contact, with the number")
    if not found:
        print("Nothing is kept under that.")
    return 0


async def _export(ours: Rights, settings: Settings, options: argparse.Namespace) -> int:
    found = await _known(ours, options.reference)
    if found is None:
        return _nobody(options.reference)
    gathered = await rights.export(ours, None, found.record.id, "as a file")
    if gathered is None:
        return _nobody(options.reference)
    data = as_object(gathered, settings.clinic.name, ours.keep, ours.now())
    print(json.dumps(data, ensure_ascii=False, indent=2))
    return 0


async def _erase(ours: Rights, settings: Settings, options: argparse.Namespace) -> int:
    found = await _known(ours, options.reference)
    if found is None:
        return _nobody(options.reference)
    reference = reference_of(found.record.id)
    for words, count in counted(found.counts):
        say(f"{count:6}  {words}")
    if not (options.yes or _is_confirmed(reference)):
        say("Nothing was erased.")
        return 1
    receipt = await rights.erase_all(ours, None, found.record.id)
    if receipt is None:
        return _nobody(reference)
    zone, at = ZoneInfo(settings.clinic.time_zone), receipt.erased.at
    print(f"{reference} is erased, {moment(at.astimezone(zone))}.")
    for backup in ours.backups:
        gone = moment((at + timedelta(days=backup.kept_days)).astimezone(zone))
        print(f"Backups, {backup.where}: the last copy that has it is gone on {gone}.")
    if not receipt.noted:
        say("It couldn't be noted beside the database: look for it after restoring a backup.")
    return 0


async def _known(ours: Rights, text: str) -> Found | None:
    """Return the one person with a reference, or None; CannotRead when two have the same."""
    found = await rights.by_reference(ours, text)
    if len(found) > 1:
        raise CannotRead("Two people have that reference; the console shows both.")
    return found[0] if found else None


def _nobody(reference: str) -> int:
    say(f"candor: Nothing is kept under {reference}.")
    return 1


def _is_confirmed(reference: str) -> bool:
    try:
        return read_reference(_ask(f"Type {reference} to erase it for good: ")) == reference
    except NotAReference:
        return False


def _ask(words: str) -> str:
    try:
        return input(words)
    except EOFError:
        return ""
