"""Managers read how the assistant does, and take the figures with them."""

import asyncio
from datetime import date

from aiohttp import web

from bot.conversation.measures import BY_ID, MEASURES
from bot.desk.console import HEADERS
from bot.desk.guard import Guarded
from bot.desk.reports.downloads import days_table, questions_table
from bot.desk.reports.drawing import CannotDraw, Drawings
from bot.desk.reports.numbers import grouped, numbers_of
from bot.desk.reports.periods import LENGTHS, USUAL, BadPeriod, Period, last_days, period_of
from bot.desk.reports.plans import CHARTS, plans
from bot.desk.reports.report import (
    ENDS,
    HEADLINES,
    Report,
    is_whole,
    steps_of,
)
from bot.desk.reports.subjects import Subjects
from bot.desk.reports.tables import tables
from bot.desk.visit import Problems, Visit
from bot.store.desk.figures import Figures, Standing

REPORTS = "/desk/reports"
# A picture may style itself, and nothing else.
PICTURE_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
DRAWINGS = Drawings()


async def show(visit: Visit) -> web.Response:
    """Show the report on the period that is asked for; on the last 30 days when it is none."""
    problems: Problems = ()
    query = visit.request.query
    try:
        period = period_of(query, _today(visit))
    except BadPeriod as error:
        period, problems = last_days(USUAL, _today(visit)), error.problems
    report, standing = await _report(visit, period)
    await visit.audit("report.read", detail=_dates(period))
    return visit.page(
        "reports.html",
        422 if problems else 200,
        report=report,
        standing=standing,
        today=_today(visit),
        lengths=LENGTHS,
        chosen={
            "from": query.get("from", str(period.first))[:10],
            "to": query.get("to", str(period.last))[:10],
        },
        problems=problems,
        measures=MEASURES,
        named=BY_ID,
        headlines=HEADLINES,
        ends=ENDS,
        plans=plans(report),
        tables=tables(report),
        grouped=grouped,
    )


async def chart(visit: Visit) -> web.Response:
    """Send one chart of a report as a picture; those of the same report are drawn with it."""
    name = visit.request.query.get("chart", "")
    try:
        period = period_of(visit.request.query, _today(visit))
    except BadPeriod as error:
        return _refused(visit, str(error))
    if name not in CHARTS:
        return _refused(visit, "There is no such chart. Go back to the report.")
    report, _ = await _report(visit, period)
    try:
        drawn = await DRAWINGS.of(plans(report, narrow="narrow" in visit.request.query))
    except CannotDraw:
        raise web.HTTPServiceUnavailable(text="The chart can't be drawn just now.") from None
    style = visit.console.render("desk/chart.css", {})
    head, _, rest = drawn[name].partition("</desc>")
    svg = f"{head}</desc><style>{style}</style>{rest}"
    headers = {**HEADERS, "Content-Security-Policy": PICTURE_POLICY}
    return web.Response(text=svg, content_type="image/svg+xml", headers=headers)


async def download_days(visit: Visit) -> web.Response:
    """Send the numbers of each day."""
    period = _asked_for(visit)
    figures = Figures(visit.console.database)
    return await _send(visit, period, "days", days_table(await figures.days(*_ends(period))))


async def download_questions(visit: Visit) -> web.Response:
    """Send what was asked, and what became of it."""
    period = _asked_for(visit)
    report, _ = await _report(visit, period)
    return await _send(visit, period, "questions", questions_table(report))


ROUTES = (
    Guarded("GET", REPORTS, show, "manager"),
    Guarded("GET", f"{REPORTS}/chart.svg", chart, "manager", quiet=True),
    Guarded("GET", f"{REPORTS}/days.csv", download_days, "manager"),
    Guarded("GET", f"{REPORTS}/questions.csv", download_questions, "manager"),
)


async def _report(visit: Visit, period: Period) -> tuple[Report, Standing]:
    figures, before = Figures(visit.console.database), period.before
    standing, now, then, days, days_before = await asyncio.gather(
        figures.standing(),
        figures.totals(*_ends(period)),
        figures.totals(*_ends(before)),
        figures.days(*_ends(period)),
        figures.days(*_ends(before)),
    )
    report = Report(
        period,
        numbers_of(now),
        numbers_of(then) if is_whole(before, standing.first) else None,
        steps_of(period, days),
        steps_of(before, days_before),
        Subjects(visit.console.knowledge),
    )
    return report, standing


async def _send(visit: Visit, period: Period, name: str, text: str) -> web.Response:
    await visit.audit("report.downloaded", detail=f"{name}, {_dates(period)}")
    file = f"candor-{name}-{period.first}-to-{period.last}.csv"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{file}"'}
    return web.Response(text=text, content_type="text/csv", charset="utf-8", headers=headers)


def _asked_for(visit: Visit) -> Period:
    """Return the period of a download; whoever made a wrong one up sees the page's words for it."""
    try:
        return period_of(visit.request.query, _today(visit))
    except BadPeriod:
        raise web.HTTPSeeOther(f"{REPORTS}?{visit.request.query_string}") from None


def _refused(visit: Visit, words: str) -> web.Response:
    return visit.page("refused.html", 422, words=words)


def _today(visit: Visit) -> date:
    return visit.console.gate.now().astimezone(visit.console.zone).date()


def _ends(period: Period) -> tuple[date, date]:
    return period.first, period.last


def _dates(period: Period) -> str:
    return f"{period.first} to {period.last}"
