"""The list of questions, its groups, and the parts of it that are put in place by themselves."""

import asyncio
from collections.abc import Sequence
from datetime import date

from aiohttp import web

from bot.desk.channels import channel_name
from bot.desk.questions.deciding import MARK
from bot.desk.questions.groups import Group, group
from bot.desk.questions.guesses import guesses_of, topic_label, topics
from bot.desk.questions.listing import (
    PAGE,
    PERIODS,
    REASONS,
    day_label,
    listed,
    read_filter,
)
from bot.desk.questions.wording import decision_words, target_of
from bot.desk.visit import Visit
from bot.knowledge import Section
from bot.store.desk import deciding, questions

QUESTIONS = "/desk/questions"


async def list_page(
    visit: Visit,
    status: int = 200,
    problems: Sequence[tuple[str, str]] = (),
    opened: int = 0,
) -> web.Response:
    """Return the open questions as the address's query wants them; `opened` is a group's number."""
    groups, query, today = await all_groups(visit), visit.request.query, _today(visit)
    channels = sorted({one.channel for each in groups for one in each.questions})
    wanted = read_filter(query, channels)
    some = listed(groups, wanted, today)
    page = number_of(query.get("page"), 1) or 1
    shown = some[(page - 1) * PAGE : page * PAGE]
    decided = query.get("decided", "")
    return visit.page(
        "questions.html",
        status,
        rows=[(one, _guesses(visit, one.group)) for one in shown],
        groups=len(groups),
        matching=len(some),
        counts=await questions.counts(visit.console.database),
        filter=wanted,
        channels=channels,
        page=page,
        more=len(some) > page * PAGE,
        kept=await deciding.one_decision(visit.console.database, decided) if decided else None,
        problems=tuple(problems),
        opened=opened,
        **_words(visit, today),
    )


def passages_page(
    visit: Visit, found: Group, status: int = 200, problems: Sequence[tuple[str, str]] = ()
) -> web.Response:
    """Return the documents' passages to choose from."""
    return visit.page(
        "questions-passages.html",
        status,
        group=found,
        documents=visit.console.knowledge.documents.values(),
        ticked_numbers=lambda section: _ticked(visit, section),
        problems=tuple(problems),
        path=QUESTIONS,
    )


def _ticked(visit: Visit, section: Section) -> set[int]:
    """Return the passages of a section that the form ticks."""
    names = (f"{MARK}{section.id}/{passage.number}" for passage in section.passages)
    return {number for number, name in enumerate(names, start=1) if name in visit.form}


async def part(visit: Visit, template: str, **content: object) -> web.Response:
    """Return the part of the page that takes a group's place, and the counts as they are now."""
    counted = await questions.counts(visit.console.database)
    words = _words(visit, _today(visit))
    again = content.get("again")
    rows = (_guesses(visit, again),) if isinstance(again, Group) else ()
    shown = {"problem": "", "number": visit.form.get("group", ""), "row_guesses": rows} | content
    return visit.page(template, counts=counted, **words, **shown)


def _words(visit: Visit, today: date) -> dict[str, object]:
    """Return what every list of groups is written with."""
    console = visit.console
    return {
        "reasons": REASONS,
        "periods": PERIODS,
        "channel_label": channel_name,
        "day_label": lambda day: day_label(day, today),
        "answers": [answer.general.question for answer in console.knowledge.answers.values()],
        "topics": [(one, topic_label(one)) for one in topics(console.texts)],
        "decided_as": lambda one: decision_words(one.kind, target_of(one, console.knowledge)),
    }


def _guesses(visit: Visit, found: Group) -> Sequence[object]:
    return guesses_of(found, visit.console.knowledge, visit.console.texts)


async def all_groups(visit: Visit) -> list[Group]:
    """Return the open questions by groups."""
    # In a thread: everybody else on the site would wait for it.
    return await asyncio.to_thread(group, await questions.open_questions(visit.console.database))


async def one_group(visit: Visit, text: str | None) -> Group | None:
    """Return the open group of a number, or None when there is none (any more)."""
    number = number_of(text)
    return next((one for one in await all_groups(visit) if one.id == number), None)


def is_part(visit: Visit) -> bool:
    """Tell whether only the part of a page is wanted that takes a group's place."""
    return visit.request.headers.get("HX-Request") == "true"


def _today(visit: Visit) -> date:
    return visit.console.gate.now().astimezone(visit.console.zone).date()


def number_of(text: str | None, least: int = 0) -> int | None:
    """Return the number that a text is, at least `least`; None when it is none."""
    good = text is not None and text.isascii() and text.isdigit() and len(text) < 16
    return max(least, int(text)) if text and good else None
