"""Sending an answer to a caller on WhatsApp, once its number was read back and its text seen."""

import secrets

from aiohttp import web

from bot.conversation import Reply
from bot.conversation.phone_numbers import NotANumber
from bot.desk import sending
from bot.desk.answers import PATIENT, read_asked, tell
from bot.desk.console import Console
from bot.desk.courier import Courier
from bot.desk.sending import ONCE, CannotSend, Recipient
from bot.desk.shown import is_sendable
from bot.desk.visit import Problems, Visit

SEND = "/desk/ask/send"
OFF = "WhatsApp isn't set up here, so answers can't be sent to callers."
NO_TEMPLATE = (
    "Answers can't be sent to callers: WhatsApp needs an approved template, and none is set up."
)
GONE = "This answer can't be had just now: the assistant doesn't answer. Try again in a moment."
CHANGED = "Read the number back and look at the text once more, then send it."
ASKED_FOR = "Tick this when the caller has asked for it; otherwise it may not be sent."


def why_not(console: Console) -> str:
    """Return why no answer can be sent to a caller, "" when one can."""
    if console.courier is None:
        return OFF
    return "" if console.courier.can_begin else NO_TEMPLATE


async def send(visit: Visit) -> web.Response:
    """Ask for the number, show what will be sent, and send it once all is confirmed."""
    courier = visit.console.courier
    if courier is None or why_not(visit.console):
        return visit.page("refused.html", 403, words=why_not(visit.console))
    told = await tell(visit.console, read_asked(visit.form.get("asked", "")), PATIENT)
    reply = None if told.by_search else told.reply
    if reply is None or not is_sendable(reply.messages):
        return visit.page("refused.html", 422, words=GONE)
    try:
        to = await sending.recipient(visit.console, courier, visit.form.get("number", ""))
    except (NotANumber, CannotSend) as error:
        return _confirm(visit, reply, None, (("number", str(error)),))
    return await _send(visit, courier, reply, to)


async def _send(visit: Visit, courier: Courier, reply: Reply, to: Recipient) -> web.Response:
    """Send what is confirmed; otherwise show what there is to confirm."""
    form, console = visit.form, visit.console
    if not form.get("seal"):
        return _confirm(visit, reply, to)
    once = form.get("once", "")
    if not sending.is_sealed(console, to, reply.messages, form["seal"]) or not ONCE.fullmatch(once):
        return _confirm(visit, reply, to, (("number", CHANGED),))
    if form.get("asked_for") != "yes":
        return _confirm(visit, reply, to, (("asked_for", ASKED_FOR),))
    try:
        passed = await sending.send(console, courier, visit.staff, to, reply, once)
    except CannotSend as error:
        return _confirm(visit, reply, None, (("number", str(error)),))
    return visit.page("ask-sent.html", to=to, open=courier.is_open(passed.wrote_at))


def _confirm(
    visit: Visit, reply: Reply, to: Recipient | None, problems: Problems = ()
) -> web.Response:
    once = visit.form.get("once", "")
    return visit.page(
        "ask-send.html",
        422 if problems else 200,
        asked=read_asked(visit.form.get("asked", "")),
        number=visit.form.get("number", ""),
        to=to,
        seal="" if to is None else sending.seal(visit.console, to, reply.messages),
        once=once if ONCE.fullmatch(once) else secrets.token_hex(16),
        messages=sending.introduced(visit.console, reply.messages, known=True),
        problems=problems,
    )
