"""Questions that weren't answered well: looked at in groups, and decided."""

import asyncio
from collections.abc import Sequence
from datetime import date

from aiohttp import web

from bot.desk.guard import Guarded
from bot.desk.questions.collecting import Collector, taken_back_texts
from bot.desk.questions.deciding import MARK, CannotDecide, chosen, decide, read_choice, undo
from bot.desk.questions.groups import Group, group
from bot.desk.questions.guesses import guesses_of, topic_label, topics
from bot.desk.questions.listing import (
    PAGE,
    PERIODS,
    REASONS,
    channel_label,
    day_label,
    listed,
    read_filter,
)
from bot.desk.questions.wording import KINDS, decision_words, target_of
from bot.desk.visit import Visit
from bot.knowledge import Section
from bot.store.desk import deciding, questions
from bot.store.desk.question_records import AlreadyDecided, Decision

QUESTIONS = "/desk/questions"
DECIDED = f"{QUESTIONS}/decided"
PASSAGES = f"{QUESTIONS}/passages"
# What a page waits for at most; the rest is collected in the background.
CHUNKS = 2


async def show(visit: Visit) -> web.Response:
    """List the open questions by groups, once what is new was collected."""
    await _collector(visit).collect(CHUNKS)
    await visit.audit("questions.read")
    return await _list(visit)


async def show_decided(visit: Visit) -> web.Response:
    """List what was decided, the newest first."""
    await visit.audit("questions.read")
    page = _number(visit.request.query.get("page"), 1) or 1
    database = visit.console.database
    found = await deciding.newest_decisions(database, (page - 1) * PAGE, PAGE + 1)
    knowledge = visit.console.knowledge
    return visit.page(
        "questions-decided.html",
        decided=[(one, target_of(one.decision, knowledge)) for one in found[:PAGE]],
        counts=await questions.counts(database),
        kinds=KINDS,
        page=page,
        more=len(found) > PAGE,
    )


async def show_passages(visit: Visit) -> web.Response:
    """Show the documents, for somebody who looks for what answers a group."""
    found = await _group(visit, visit.request.query.get("group"))
    if found is None:
        return visit.go(QUESTIONS, done="question_gone")
    await visit.audit("questions.read")
    return _passages(visit, found)


async def take_decision(visit: Visit) -> web.Response:
    """Keep what was decided about a group, or about some of its wordings."""
    form, console = visit.form, visit.console
    found = await _group(visit, form.get("group"))
    if found is None:
        number = _number(form.get("group")) or 0
        before = await deciding.decision_about(console.database, number)
        return await _too_late(visit, before) if before else _gone(visit)
    these = chosen(found, form)
    if not these:
        return _gone(visit)
    try:
        choice = read_choice(form, console.knowledge, console.texts)
        decision = await decide(console.database, visit.staff, choice, these)
    except CannotDecide as error:
        return await _refused(visit, found, error)
    except AlreadyDecided as error:
        return await _too_late(visit, error.decision)
    if not decision:
        return _gone(visit)
    if not _is_part(visit):
        return visit.go(f"{QUESTIONS}?decided={decision}")
    kept = await deciding.one_decision(console.database, decision)
    return await _part(visit, "questions-settled.html", kept=kept, asked=len(these))


async def take_undo(visit: Visit) -> web.Response:
    """Take a decision back: its questions are open again."""
    done = await undo(visit.console.database, visit.staff, visit.form.get("decision", ""))
    again = await _group(visit, visit.form.get("group"))
    if _is_part(visit) and again is not None:
        return await _part(visit, "questions-again.html", again=again)
    return visit.go(QUESTIONS, done="question_undone" if done else "question_gone")


async def _list(
    visit: Visit,
    status: int = 200,
    problems: Sequence[tuple[str, str]] = (),
    opened: int = 0,
) -> web.Response:
    groups, query, today = await _groups(visit), visit.request.query, _today(visit)
    channels = sorted({one.channel for each in groups for one in each.questions})
    wanted = read_filter(query, channels)
    some = listed(groups, wanted, today)
    page = _number(query.get("page"), 1) or 1
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


def _passages(
    visit: Visit, found: Group, status: int = 200, problems: Sequence[tuple[str, str]] = ()
) -> web.Response:
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


async def _refused(visit: Visit, found: Group, error: CannotDecide) -> web.Response:
    """Show what is wrong with a choice, where it was made."""
    if visit.form.get("kind") == "passage":
        return _passages(visit, found, 422, ((error.field, str(error)),))
    if _is_part(visit):
        return await _part(visit, "questions-again.html", again=found, problem=str(error))
    return await _list(visit, 422, ((f"{error.field}-{found.id}", str(error)),), found.id)


async def _too_late(visit: Visit, before: Decision) -> web.Response:
    """Say who was quicker, and what they decided."""
    what = decision_words(before.kind, target_of(before, visit.console.knowledge))
    if _is_part(visit):
        return await _part(visit, "questions-settled.html", kept=before, asked=0)
    moment = visit.console.when(before.at)
    words = f"{before.staff_name} was quicker and decided on {moment}: {what}."
    return await _list(visit, 409, (("questions", words),))


def _gone(visit: Visit) -> web.Response:
    if _is_part(visit):
        response = visit.go(QUESTIONS, done="question_gone")
        response.set_status(200)
        response.headers["HX-Redirect"] = response.headers.pop("Location")
        return response
    return visit.go(QUESTIONS, done="question_gone")


async def _part(visit: Visit, template: str, **content: object) -> web.Response:
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
        "channel_label": channel_label,
        "day_label": lambda day: day_label(day, today),
        "answers": [answer.general.question for answer in console.knowledge.answers.values()],
        "topics": [(one, topic_label(one)) for one in topics(console.texts)],
        "decided_as": lambda one: decision_words(one.kind, target_of(one, console.knowledge)),
    }


def _guesses(visit: Visit, found: Group) -> Sequence[object]:
    return guesses_of(found, visit.console.knowledge, visit.console.texts)


async def _groups(visit: Visit) -> list[Group]:
    # In a thread: everybody else on the site would wait for it.
    return await asyncio.to_thread(group, await questions.open_questions(visit.console.database))


async def _group(visit: Visit, text: str | None) -> Group | None:
    number = _number(text)
    return next((one for one in await _groups(visit) if one.id == number), None)


def _collector(visit: Visit) -> Collector:
    console = visit.console
    skip = taken_back_texts(console.texts)
    return Collector(console.database, console.country, console.zone, skip)


def _is_part(visit: Visit) -> bool:
    return visit.request.headers.get("HX-Request") == "true"


def _today(visit: Visit) -> date:
    return visit.console.gate.now().astimezone(visit.console.zone).date()


def _number(text: str | None, least: int = 0) -> int | None:
    good = text is not None and text.isascii() and text.isdigit() and len(text) < 16
    return max(least, int(text)) if text and good else None


ROUTES = (
    Guarded("GET", QUESTIONS, show, "front_desk"),
    Guarded("GET", DECIDED, show_decided, "front_desk"),
    Guarded("GET", PASSAGES, show_passages, "front_desk"),
    Guarded("POST", f"{QUESTIONS}/decide", take_decision, "front_desk"),
    Guarded("POST", f"{QUESTIONS}/undo", take_undo, "front_desk"),
)
