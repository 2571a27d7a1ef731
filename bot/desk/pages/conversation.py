"""One conversation: what was said and why, who speaks, and all that staff can do in it."""

from collections.abc import Awaitable, Callable
from functools import partial

from aiohttp import web

from bot.conversation import HeldBy, NotHeld, UnknownConversation
from bot.conversation.message import new_id
from bot.conversation.tokens import sign_ids
from bot.desk.guard import Guarded
from bot.desk.moments import moment_of
from bot.desk.reading import Reading, read_conversation
from bot.desk.streaming import serve_news
from bot.desk.visit import Problems, Visit
from bot.store.desk.inbox import mark_read
from bot.store.desk.notes import add_note

PATH = "/desk/conversations"
LONGEST = 2000  # characters of a reply or a note
GONE = "You don't have this conversation any more: it went on without you. Take it over again."
OLD = "This page is out of date. Look at the conversation again, then say that it is looked after."
EMPTY = "Write something first."
TOO_LONG = f"That is longer than {LONGEST:,} characters. Send it in parts."


async def show(visit: Visit) -> web.Response:
    """Show a conversation, and note that it was read."""
    reading = await _read(visit)
    await visit.audit("conversation.read", reading.id)
    return _page(visit, reading)


async def show_news(visit: Visit) -> web.Response:
    """Show what came after an entry, and how the conversation stands, for a page that is open."""
    after = visit.request.query.get("after", "")
    reading = await _read(visit, after=int(after) if after.isdecimal() and len(after) < 9 else 0)
    return visit.page("conversation-news.html", reading=reading)


async def stream(visit: Visit) -> web.StreamResponse:
    """Tell an open page whenever this conversation changes."""
    return await serve_news(visit, _id(visit))


async def renew(visit: Visit) -> web.Response:
    """Put off the end of the lease of whoever has the page open."""
    try:
        await visit.console.conversations.renew(_id(visit), visit.person)
    except (HeldBy, NotHeld, UnknownConversation):
        return web.Response(status=409)
    return web.Response(status=204)


async def take(visit: Visit) -> web.Response:
    """Take the conversation over."""
    return await _do(visit, "taken", visit.console.conversations.take(_id(visit), visit.person))


async def hand_back(visit: Visit) -> web.Response:
    """Let the assistant go on."""
    back = visit.console.conversations.hand_back(_id(visit), visit.person)
    return await _do(visit, "handed_back", back)


async def close(visit: Visit) -> web.Response:
    """Be done with the conversation."""
    return await _do(visit, "closed", visit.console.conversations.end(_id(visit), visit.person))


async def see_to(visit: Visit) -> web.Response:
    """Note that an emergency was looked after, as far as the page that says so showed it."""
    seen = moment_of(visit.form.get("seen", ""))
    if seen is None:
        return _page(visit, await _read(visit), 422, (("standing", OLD),))
    looked = visit.console.conversations.see_to(_id(visit), visit.person, seen)
    return await _do(visit, "seen_to", looked)


async def reply(visit: Visit) -> web.Response:
    """Say something to the patient; what can't be sent is shown again, not lost."""
    text = visit.form.get("text", "").strip()
    problem = EMPTY if not text else TOO_LONG if len(text) > LONGEST else None
    reading = await _read(visit)
    if problem is None and reading.standing.refusal is not None:
        problem = reading.standing.refusal
    if problem is not None:
        return _page(visit, reading, 422, (("text", problem),))
    # Sent twice, it is the same message.
    said = visit.console.conversations.speak(
        reading.id, visit.person, text, visit.form.get("key", "")[:64] or None
    )
    return await _do(visit, "answered", said)


async def send_booking(visit: Visit) -> web.Response:
    """Send the link to the booking page, counted like any other."""
    message_id = new_id()
    token = sign_ids(visit.console.gate.secret, "booking", _id(visit), message_id)
    link = f"{visit.console.public_url}/book/{token}"
    text = visit.console.texts["desk.booking"].text.replace("{link}", link)
    return await _say(visit, text, "booking.sent", message_id)


async def ask_details(visit: Visit) -> web.Response:
    """Ask the patient for what the desk needs to find them."""
    return await _say(visit, visit.console.texts["desk.details"].text, "details.asked")


async def note(visit: Visit) -> web.Response:
    """Keep a note for colleagues."""
    text = visit.form.get("note", "").strip()
    problem = EMPTY if not text else TOO_LONG if len(text) > LONGEST else None
    if problem is not None:
        return _page(visit, await _read(visit), 422, (("note", problem),))
    kept = add_note(visit.console.database, _id(visit), visit.person, text)
    return await _do(visit, "noted", kept)


async def ask_to_write(visit: Visit) -> web.Response:
    """Send the template that asks a patient on WhatsApp to write again."""
    reach, reading = visit.console.reach, await _read(visit)
    # A page may be older than the patient's last message, which opened the window again.
    may = reading.standing.may_ask_to_write
    if reach is None or not may or not await reach.ask_to_write(reading.id):
        words = "Nothing was sent: they were asked within the hour, wrote STOP, or just wrote."
        return _page(visit, reading, 409, (("standing", words),))
    await visit.audit("template.sent", reading.id)
    return visit.go(f"{PATH}/{reading.id}", done="asked_to_write")


async def _say(visit: Visit, text: str, action: str, message_id: str | None = None) -> web.Response:
    reading = await _read(visit)
    if reading.standing.refusal is not None:
        return _page(visit, reading, 409, (("standing", reading.standing.refusal),))
    said = visit.console.conversations.speak(
        reading.id, visit.person, text, visit.form.get("key", "")[:64] or None, message_id, action
    )
    return await _do(visit, "answered", said)


async def _do(visit: Visit, done: str, work: Awaitable[object]) -> web.Response:
    """Do something in the conversation; whoever lost a race is told who has it."""
    try:
        await work
    except HeldBy as lost:
        words = f"{lost.name} has this conversation, and was faster. Nothing of yours was sent."
        return _page(visit, await _read(visit), 409, (("standing", words),))
    except NotHeld:
        return _page(visit, await _read(visit), 409, (("standing", GONE),))
    except UnknownConversation:
        raise web.HTTPNotFound from None
    return visit.go(f"{PATH}/{_id(visit)}", done=done)


async def _read(visit: Visit, after: int = 0) -> Reading:
    try:
        reading = await read_conversation(visit, _id(visit), after)
    except UnknownConversation:
        raise web.HTTPNotFound from None
    if reading.last:
        await mark_read(visit.console.database, reading.id, reading.last)
    return reading


def _page(
    visit: Visit, reading: Reading, status: int = 200, problems: Problems = ()
) -> web.Response:
    return visit.page(
        "conversation.html",
        status,
        reading=reading,
        text=visit.form.get("text", "") if problems else "",
        note=visit.form.get("note", "") if problems else "",
        key=f"desk:{new_id()}",
        longest=LONGEST,
        problems=problems,
    )


def _id(visit: Visit) -> str:
    return visit.request.match_info["conversation"]


ONE = f"{PATH}/{{conversation:[0-9a-f]{{32}}}}"
_post: Callable[..., Guarded] = partial(Guarded, "POST", role="front_desk")
ROUTES = (
    Guarded("GET", ONE, show, "front_desk"),
    Guarded("GET", f"{ONE}/news", show_news, "front_desk", quiet=True),
    Guarded("GET", f"{ONE}/stream", stream, "front_desk", quiet=True),
    _post(f"{ONE}/renew", renew, quiet=True),
    _post(f"{ONE}/take", take),
    _post(f"{ONE}/hand-back", hand_back),
    _post(f"{ONE}/close", close),
    _post(f"{ONE}/seen-to", see_to),
    _post(f"{ONE}/reply", reply),
    _post(f"{ONE}/booking", send_booking),
    _post(f"{ONE}/details", ask_details),
    _post(f"{ONE}/note", note),
    _post(f"{ONE}/ask-to-write", ask_to_write),
)
