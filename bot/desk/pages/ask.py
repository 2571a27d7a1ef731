"""Ask: the answer for a caller, while it is typed.

A page of the console that wants the search beside a textarea of its own:

- `{% import "desk/ask_parts.html" as asking %}` and, outside every form,
  `{{ asking.insert_search(csrf, "ID") }}`; ID is the textarea's.
- in `head`: `<link rel="stylesheet" href="/static/desk/ask.css">` and
  `<script type="module" src="/static/desk/ask.js"></script>`.

It posts `words` and `into` to ANSWERS and gets buttons whose `data-insert` is an answer's text with
its source; ask.js puts that where the cursor stands in the textarea, and sends `input` to it.
"""

import re
from itertools import islice

from aiohttp import web

from bot.desk.answers import Told, choices, read_asked, tell, tell_typing
from bot.desk.guard import Guarded
from bot.desk.pages import ask_send
from bot.desk.shown import ShownReply, shown_reply
from bot.desk.visit import Visit

ASK = "/desk/ask"
ANSWERS, ANSWER = f"{ASK}/answers", f"{ASK}/answer"
ID = re.compile(r"[A-Za-z][\w-]{0,63}", re.ASCII)
# Of so many the whole text goes along, ready to be inserted.
INSERTED = 4


async def show(visit: Visit) -> web.Response:
    """Show the empty page."""
    return visit.page("ask.html", **await _found(visit, "", ""))


async def take(visit: Visit) -> web.Response:
    """Show the page with what was found, where there is no JavaScript."""
    words, asked = (read_asked(visit.form.get(name, "")) for name in ("words", "asked"))
    return visit.page("ask.html", **await _found(visit, words, asked or words))


async def answers(visit: Visit) -> web.Response:
    """Show what was found, as a part of a page: for the Ask page, or to be inserted elsewhere."""
    # A word is finished when a blank follows it.
    typed = visit.form.get("words", "")
    words = read_asked(typed) + (" " if typed[-1:].isspace() else "")
    if into := visit.form.get("into", ""):
        if not ID.fullmatch(into):
            raise web.HTTPBadRequest(reason="Name the textarea by its id")
        found = await _to_insert(visit, words)
        return visit.page("ask-inserts.html", into=into, words=words, found=found)
    return visit.page("ask-fragment.html", **await _found(visit, words, words.strip()))


def _is_typing(visit: Visit) -> bool:
    """Tell whether somebody is typing, and hasn't pressed Enter."""
    return visit.form.get("typing") == "yes"


async def answer(visit: Visit) -> web.Response:
    """Show one answer that was picked, as a part of the page."""
    asked = read_asked(visit.form.get("asked", ""))
    told = await tell(visit.console, asked)
    return visit.page("ask-picked.html", **_content(visit, shown_reply(visit.console, told)))


async def _found(visit: Visit, words: str, asked: str) -> dict[str, object]:
    """Return what the page shows for words, and of all that was found for what was picked."""
    console = visit.console
    told = Told("", None)
    if asked:
        told = await (tell_typing(console, words) if _is_typing(visit) else tell(console, asked))
    shown = shown_reply(console, told)
    titles = {part.title for part in shown.parts} if shown else set()
    beside = [choice for choice in choices(console, words) if choice.label not in titles]
    content = {"words": words.strip(), "beside": beside, "no_assistant": told.by_search}
    return content | _content(visit, shown)


def _content(visit: Visit, shown: ShownReply | None) -> dict[str, object]:
    return {"shown": shown, "why_not_sent": ask_send.why_not(visit.console)}


async def _to_insert(visit: Visit, words: str) -> list[ShownReply]:
    """Return what may be inserted: the assistant's reply (or its alarm), then what is found."""
    console = visit.console
    told = [await tell_typing(console, words)] if words.strip() else []
    for choice in choices(console, words):
        told.append(await tell(console, choice.asked))
    found = {shown.copied: shown for one in told if (shown := shown_reply(console, one))}
    wanted = (one for one in found.values() if one.copied or one.tone == "urgent")
    return list(islice(wanted, INSERTED))


ROUTES = (
    Guarded("GET", ASK, show, "front_desk"),
    Guarded("POST", ASK, take, "front_desk"),
    # Not quiet, though a script sends it: whoever types here all day is at work.
    Guarded("POST", ANSWERS, answers, "front_desk"),
    Guarded("POST", ANSWER, answer, "front_desk"),
    Guarded("POST", ask_send.SEND, ask_send.send, "front_desk"),
)
