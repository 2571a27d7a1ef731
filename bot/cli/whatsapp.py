"""`candor whatsapp`: what is set, what Meta says of it and wants entered; and the link."""

import argparse
import asyncio
import ipaddress
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from aiohttp import ClientSession

from bot.channels.whatsapp.advice import (
    Finding,
    State,
    callback_finding,
    number_findings,
    refused,
    secret_finding,
    subscription_finding,
    template_findings,
)
from bot.channels.whatsapp.inspecting import Inspector, NotTold
from bot.cli.whatsapp_link import add_link
from bot.cli.whatsapp_waiting import HELP, show_waiting
from bot.runtime.paths import project_root
from bot.runtime.steps import say
from bot.settings import (
    VARIABLES,
    Settings,
    WhatsAppSettings,
    chosen_variables,
    settings_from_environment,
    wrong_whatsapp_variables,
)

PREFIX = "CANDOR_WHATSAPP_"
FOUND = {
    "TOKEN": "make one under Business settings > System users",
    "APP_SECRET": "copy it from the app's App settings > Basic",
    "VERIFY_TOKEN": "think of a long word without blanks, and enter the same at Meta",
    "NUMBER_ID": "copy the phone number ID from WhatsApp > API Setup",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    help_ = "tell what is set, missing or wrong, ask Meta, and say what to enter there"
    check = commands.add_parser("check", help=help_, description=f"check: {help_}.")
    check.add_argument("--offline", action="store_true", help="ask nobody")
    check.set_defaults(action=check_all)
    add_link(commands)
    waiting = commands.add_parser("waiting", help=HELP, description=f"waiting: {HELP}.")
    waiting.set_defaults(action=show_waiting)


def run(options: argparse.Namespace) -> int:
    """Run the command that follows and return its exit code."""
    code: int = options.action(options)
    return code


def check_all(options: argparse.Namespace) -> int:
    """Print a line for each finding; return 1 unless all is well."""
    chosen = chosen_variables()
    if not any(name.startswith(PREFIX) for name in chosen):
        print("WhatsApp is off: none of its variables is set. docs/whatsapp.md tells how to begin.")
    wrong = wrong_whatsapp_variables()
    count = _print(_variables(chosen, wrong))
    if not wrong:
        # Wrong ones would stop here with the first; all of them have just been told.
        settings = settings_from_environment(project_root())
        count += _print(_entered(settings))
        whatsapp = settings.whatsapp
        if whatsapp and not options.offline and not _is_readable(whatsapp.graph_url):
            count += _print(asyncio.run(_asked(settings, whatsapp)))
    if count:
        say(f"{count} to mend.")
        return 1
    print("All is well." if not options.offline else "All is well here; Meta was not asked.")
    return 0


def _print(findings: Iterable[Finding]) -> int:
    wrong = 0
    for finding in findings:
        print(f"{finding.state:<6} {finding.text}")
        wrong += finding.state is State.WRONG
    return wrong


def _variables(chosen: dict[str, str], wrong: dict[str, str]) -> Iterator[Finding]:
    for variable in VARIABLES:
        name = variable.name
        if not name.startswith(PREFIX):
            continue
        missing = FOUND.get(name.removeprefix(PREFIX))
        if name in wrong:
            yield Finding(State.WRONG, wrong[name])
        elif name in chosen:
            shown = "set" if variable.secret else chosen[name]
            yield Finding(State.WELL, f"{name}: {shown}")
        elif missing:
            yield Finding(State.WRONG, f"{name}: is missing; {missing}")
        else:
            yield Finding(State.WELL, f"{name}: {variable.default}, as it is not set")


def _entered(settings: Settings) -> Iterator[Finding]:
    if _is_public(settings.public_url):
        yield Finding(State.WELL, f"CANDOR_PUBLIC_URL: {settings.public_url}")
    else:
        yield Finding(
            State.WRONG,
            f"CANDOR_PUBLIC_URL: Meta can't deliver to {settings.public_url}; it must be the "
            "https address at which the world reaches this site, with a certificate that is valid",
        )
    whatsapp = settings.whatsapp
    if whatsapp and whatsapp.number_id == whatsapp.account_id:
        yield Finding(
            State.WRONG,
            "CANDOR_WHATSAPP_NUMBER_ID: is the account's; the phone number ID is another",
        )
    if whatsapp and _is_readable(whatsapp.graph_url):
        yield Finding(
            State.WRONG,
            "CANDOR_WHATSAPP_GRAPH_URL: the token would travel readably; use an https address",
        )
    if whatsapp and whatsapp.template_name is None:
        yield Finding(State.NOTE, "no template: after 24 hours nobody can be told of an answer")
    elif whatsapp and whatsapp.account_id is None:
        yield Finding(
            State.NOTE, "template: not looked up, because CANDOR_WHATSAPP_ACCOUNT_ID is not set"
        )
    place = "at Meta, under WhatsApp > Configuration"
    if _is_public(settings.public_url):
        yield Finding(State.NOTE, f"{place}, the callback URL is {_address(settings)}")
    yield Finding(State.NOTE, f"{place}, the verify token is what {PREFIX}VERIFY_TOKEN says")
    yield Finding(State.NOTE, f"{place}, the webhook field to subscribe is messages")


async def _asked(settings: Settings, whatsapp: WhatsAppSettings) -> list[Finding]:
    """Ask Graph about the number, then what else depends on it."""
    async with ClientSession() as session:
        graph = Inspector(session, whatsapp.graph_url, whatsapp.graph_version, whatsapp.token)
        try:
            info = await graph.number(whatsapp.number_id)
        except NotTold as error:
            return [refused(error, "number")]
        found = list(number_findings(info, settings.clinic.whatsapp))
        found.append(await _secret(graph, whatsapp))
        found.append(await _callback(graph, whatsapp, _address(settings)))
        if whatsapp.account_id:
            found += await _account(graph, whatsapp.account_id, whatsapp)
    return found


async def _secret(graph: Inspector, whatsapp: WhatsAppSettings) -> Finding:
    try:
        return secret_finding(await graph.is_own_secret(whatsapp.number_id, whatsapp.app_secret))
    except NotTold as error:
        return Finding(State.NOTE, f"app secret: Meta doesn't tell whether it is right ({error})")


async def _callback(graph: Inspector, whatsapp: WhatsAppSettings, ours: str) -> Finding:
    try:
        return callback_finding(await graph.callback(whatsapp.number_id), ours)
    except NotTold as error:
        return Finding(State.NOTE, f"webhook: Meta doesn't tell where it delivers ({error})")


async def _account(graph: Inspector, account_id: str, whatsapp: WhatsAppSettings) -> list[Finding]:
    name, language = whatsapp.template_name, whatsapp.template_language
    found = []
    try:
        found.append(subscription_finding(await graph.subscribed_apps(account_id)))
        if name and language:
            info = await graph.template(account_id, name, language)
            found += template_findings(info, name, language)
    except NotTold as error:
        found.append(refused(error, "account"))
    return found


def _address(settings: Settings) -> str:
    return f"{settings.public_url}/whatsapp"


def _is_public(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    try:
        known = ipaddress.ip_address(host).is_global
    except ValueError:
        known = "." in host
    return parts.scheme == "https" and known


def _is_readable(url: str) -> bool:
    parts = urlsplit(url)
    return parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1")
