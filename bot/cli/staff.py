"""`candor staff`: who may sign in at the front desk, managed from this machine."""

import argparse
import asyncio
from collections.abc import Awaitable, Callable

from bot.desk import staffing
from bot.desk.gate import Gate
from bot.desk.passwords import Passwords
from bot.desk.staffing import ROLES, CannotChange
from bot.runtime.paths import project_root
from bot.runtime.steps import say
from bot.settings import settings_from_environment
from bot.store.database import open_database
from bot.store.desk import DeskStore, Staff

Action = Callable[[Gate, argparse.Namespace], Awaitable[None]]


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)

    def command(name: str, help_: str, action: Action) -> argparse.ArgumentParser:
        added = commands.add_parser(name, help=help_, description=f"{name}: {help_}.")
        added.set_defaults(action=action)
        return added

    new = command("add", "add somebody, and print their first password once", _add)
    new.add_argument("login", metavar="LOGIN", help="what they sign in with")
    new.add_argument("--name", required=True, help="as patients read it")
    new.add_argument("--role", choices=ROLES, default="front_desk", help="front_desk if left out")
    command("list", "list everybody, with role and state", _list)
    of = (
        command("lock", "let somebody in no more, and put them out at once", _lock),
        command("unlock", "let somebody in again, also after too many tries", _unlock),
        command("reset", "give somebody a new first password, and print it once", _reset),
        command("role", "give somebody another role", _role),
    )
    for one in of:
        one.add_argument("login", metavar="LOGIN", help="whose")
    of[2].add_argument(
        "--second-factor", action="store_true", help="also switch their second factor off"
    )
    of[3].add_argument("role", choices=ROLES, help="the role that they get")


def run(options: argparse.Namespace) -> int:
    """Run the command that follows; return 1 when it can't be done."""
    settings = settings_from_environment(project_root())
    try:
        asyncio.run(_with_gate(settings.database_url, settings.secret, options))
    except CannotChange as error:
        say(f"candor: {error}")
        return 1
    return 0


async def _with_gate(url: str, secret: str, options: argparse.Namespace) -> None:
    database = await open_database(url)
    try:
        await options.action(Gate(DeskStore(database), Passwords(), secret), options)
    finally:
        await database.close()


async def _add(gate: Gate, options: argparse.Namespace) -> None:
    login, name, role = options.login, options.name, options.role
    person, password = await staffing.add(gate, None, login, name, role)
    _print_password(person, password)


async def _list(gate: Gate, _options: argparse.Namespace) -> None:
    everybody = await gate.store.everybody()
    if not everybody:
        say("Nobody yet; `candor staff add LOGIN --name NAME --role manager` adds a manager.")
        return
    rows = [("login", "name", "role", "second factor", "state")]
    for one in everybody:
        rows.append(
            (one.login, one.name, ROLES[one.role], "on" if one.totp else "off", _state(one))
        )
    widths = [max(len(row[column]) for row in rows) for column in range(4)]
    for row in rows:
        cells = [cell.ljust(width) for cell, width in zip(row, widths, strict=False)]
        print("  ".join([*cells, row[4]]))


async def _lock(gate: Gate, options: argparse.Namespace) -> None:
    person = await staffing.find(gate, options.login)
    await staffing.lock(gate, None, person)
    print(f"{person.login} is locked and signed out everywhere.")


async def _unlock(gate: Gate, options: argparse.Namespace) -> None:
    person = await staffing.find(gate, options.login)
    await staffing.unlock(gate, None, person)
    print(f"{person.login} may sign in again.")


async def _reset(gate: Gate, options: argparse.Namespace) -> None:
    person = await staffing.find(gate, options.login)
    if options.second_factor:
        await staffing.drop_second_factor(gate, None, person)
    _print_password(person, await staffing.reset(gate, None, person))


async def _role(gate: Gate, options: argparse.Namespace) -> None:
    person = await staffing.find(gate, options.login)
    await staffing.give_role(gate, None, person, options.role)
    print(f"{person.login} is {ROLES[options.role].lower()} now.")


def _state(person: Staff) -> str:
    if not person.active:
        return "locked"
    return "has a first password to change" if person.must_change else "may sign in"


def _print_password(person: Staff, password: str) -> None:
    print(f"login:           {person.login}")
    print(f"first password:  {password}")
    say("It is shown this once, and must be changed at the first sign-in.")
