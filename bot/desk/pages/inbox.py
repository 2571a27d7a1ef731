"""All conversations in one list, live: what staff have to do with comes first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from aiohttp import web

from bot.desk.guard import Guarded
from bot.desk.listing import Row, is_mine, row_of
from bot.desk.streaming import serve_news
from bot.desk.visit import Visit
from bot.store.desk import inbox
from bot.store.desk.inbox import Listed
from bot.store.desk.mails import mail_problem

INBOX = "/desk"
LISTS = {"now": "Now", "assistant": "With the assistant", "closed": "Closed"}
LONGEST = 80


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a kind under a heading; `calls` when somebody should look at once."""

    heading: str
    rows: tuple[Row, ...]
    calls: bool = False


async def show(visit: Visit) -> web.Response:
    """Show the whole page, with patients' last words, and note that they were read."""
    await visit.audit("inbox.read")
    problem = await mail_problem(visit.console.database)
    content = await _content(visit, _chosen(visit))
    return visit.page("inbox.html", **content, mail_problem=problem)


async def show_rows(visit: Visit) -> web.Response:
    """Show the list alone, for a page that is open."""
    return visit.page("inbox-rows.html", **await _content(visit, _chosen(visit)))


async def search(visit: Visit) -> web.Response:
    """Show what is found by words, a name, a number or a reference; words stay out of addresses."""
    words = " ".join(visit.form.get("words", "").split())[:LONGEST]
    if not words:
        return visit.go(INBOX)
    await visit.audit("inbox.searched")
    some = await inbox.found(visit.console.database, words)
    groups = [Group(_count(len(some)), tuple(row_of(visit, one) for one in some))]
    return visit.page("inbox.html", groups=groups, chosen="", lists=LISTS, words=words, cursor="")


async def stream(visit: Visit) -> web.StreamResponse:
    """Tell an open page whenever something changes."""
    return await serve_news(visit)


def _chosen(visit: Visit) -> str:
    chosen = visit.request.query.get("list", "now")
    return chosen if chosen in LISTS else "now"


async def _content(visit: Visit, chosen: str) -> dict[str, object]:
    # Before the list is read, so that what changes meanwhile is news.
    cursor = visit.console.live.cursor
    groups = await _groups(visit, chosen)
    return {"groups": groups, "chosen": chosen, "lists": LISTS, "words": "", "cursor": cursor}


async def _groups(visit: Visit, chosen: str) -> list[Group]:
    database = visit.console.database
    if chosen != "now":
        read = inbox.with_assistant if chosen == "assistant" else inbox.closed
        some = await read(database)
        return [Group(LISTS[chosen], tuple(row_of(visit, one) for one in some))]
    some = await inbox.wanted(database)
    urgent = [one for one in some if one.holding.urgent]
    calm = [one for one in some if not one.holding.urgent]
    mine = [one for one in calm if is_mine(visit, one)]
    waiting = [one for one in calm if one.holding.holder == "waiting"]
    others = [one for one in calm if one.holding.holder == "staff" and one not in mine]
    return [
        Group("Urgent", _oldest_first(visit, urgent), calls=True),
        Group("Waiting for a person", _oldest_first(visit, waiting), calls=True),
        Group("With you", _oldest_first(visit, mine)),
        Group("With colleagues", _oldest_first(visit, others)),
    ]


def _oldest_first(visit: Visit, some: Sequence[Listed]) -> tuple[Row, ...]:
    return tuple(row_of(visit, one) for one in sorted(some, key=_since))


def _since(one: Listed) -> datetime:
    holding = one.holding
    return holding.urgent or holding.unanswered or holding.since


def _count(found: int) -> str:
    if found == 0:
        return "Nothing found"
    return "1 conversation found" if found == 1 else f"{found} conversations found"


ROUTES = (
    Guarded("GET", INBOX, show, "front_desk"),
    Guarded("GET", "/desk/inbox/rows", show_rows, "front_desk", quiet=True),
    Guarded("GET", "/desk/inbox/stream", stream, "front_desk", quiet=True),
    Guarded("POST", "/desk/inbox/search", search, "front_desk"),
)
