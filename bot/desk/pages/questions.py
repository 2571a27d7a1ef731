"""Questions that weren't answered well: looked at in groups, and decided."""

from aiohttp import web

from bot.desk.guard import Guarded
from bot.desk.pages.question_views import (
    QUESTIONS,
    is_part,
    list_page,
    number_of,
    one_group,
    part,
    passages_page,
)
from bot.desk.questions.collecting import Collector, taken_back_texts
from bot.desk.questions.deciding import CannotDecide, chosen, decide, read_choice, undo
from bot.desk.questions.groups import Group
from bot.desk.questions.listing import (
    PAGE,
)
from bot.desk.questions.wording import KINDS, decision_words, target_of
from bot.desk.visit import Visit
from bot.store.desk import deciding, questions
from bot.store.desk.question_records import AlreadyDecided, Decision

DECIDED = f"{QUESTIONS}/decided"
PASSAGES = f"{QUESTIONS}/passages"
# What a page waits for at most; the rest is collected in the background.
CHUNKS = 2


async def show(visit: Visit) -> web.Response:
    """List the open questions by groups, once what is new was collected."""
    await _collector(visit).collect(CHUNKS)
    await visit.audit("questions.read")
    return await list_page(visit)


async def show_decided(visit: Visit) -> web.Response:
    """List what was decided, the newest first."""
    await visit.audit("questions.read")
    page = number_of(visit.request.query.get("page"), 1) or 1
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
    found = await one_group(visit, visit.request.query.get("group"))
    if found is None:
        return visit.go(QUESTIONS, done="question_gone")
    await visit.audit("questions.read")
    return passages_page(visit, found)


async def take_decision(visit: Visit) -> web.Response:
    """Keep what was decided about a group, or about some of its wordings."""
    form, console = visit.form, visit.console
    found = await one_group(visit, form.get("group"))
    if found is None:
        number = number_of(form.get("group")) or 0
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
    if not is_part(visit):
        return visit.go(f"{QUESTIONS}?decided={decision}")
    kept = await deciding.one_decision(console.database, decision)
    return await part(visit, "questions-settled.html", kept=kept, asked=len(these))


async def take_undo(visit: Visit) -> web.Response:
    """Take a decision back: its questions are open again."""
    done = await undo(visit.console.database, visit.staff, visit.form.get("decision", ""))
    again = await one_group(visit, visit.form.get("group"))
    if is_part(visit) and again is not None:
        return await part(visit, "questions-again.html", again=again)
    return visit.go(QUESTIONS, done="question_undone" if done else "question_gone")


async def _refused(visit: Visit, found: Group, error: CannotDecide) -> web.Response:
    """Show what is wrong with a choice, where it was made."""
    if visit.form.get("kind") == "passage":
        return passages_page(visit, found, 422, ((error.field, str(error)),))
    if is_part(visit):
        return await part(visit, "questions-again.html", again=found, problem=str(error))
    return await list_page(visit, 422, ((f"{error.field}-{found.id}", str(error)),), found.id)


async def _too_late(visit: Visit, before: Decision) -> web.Response:
    """Say who was quicker, and what they decided."""
    what = decision_words(before.kind, target_of(before, visit.console.knowledge))
    if is_part(visit):
        return await part(visit, "questions-settled.html", kept=before, asked=0)
    moment = visit.console.when(before.at)
    words = f"{before.staff_name} was quicker and decided on {moment}: {what}."
    return await list_page(visit, 409, (("questions", words),))


def _gone(visit: Visit) -> web.Response:
    if is_part(visit):
        response = visit.go(QUESTIONS, done="question_gone")
        response.set_status(200)
        response.headers["HX-Redirect"] = response.headers.pop("Location")
        return response
    return visit.go(QUESTIONS, done="question_gone")


def _collector(visit: Visit) -> Collector:
    console = visit.console
    skip = taken_back_texts(console.texts)
    return Collector(console.database, console.country, console.zone, skip)


ROUTES = (
    Guarded("GET", QUESTIONS, show, "front_desk"),
    Guarded("GET", DECIDED, show_decided, "front_desk"),
    Guarded("GET", PASSAGES, show_passages, "front_desk"),
    Guarded("POST", f"{QUESTIONS}/decide", take_decision, "front_desk"),
    Guarded("POST", f"{QUESTIONS}/undo", take_undo, "front_desk"),
)
