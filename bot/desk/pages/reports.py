"""Managers read how the assistant does, and take the figures with them."""

import asyncio
from datetime import date
from urllib.parse import urlencode

from aiohttp import web

from bot.conversation.measures import BY_ID, MEASURES
from bot.desk.console import HEADERS
from bot.desk.guard import Guarded
from bot.desk.reports.downloads import days_table, questions_table
from bot.desk.reports.drawing import CannotDraw
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
        drawn = await visit.console.drawings.of(plans(report))
    except CannotDraw:
        return web.Response(status=503, text="The chart can't be drawn just now.", headers=HEADERS)
    style = visit.console.render("desk/chart.css", {})
    head, _, rest = drawn[name].partition("</desc>")
    svg = f"{head}</desc><style>{style}</style>{rest}"
    headers = {**HEADERS, "Content-Security-Policy": PICTURE_POLICY}
    return web.Response(text=svg, content_type="image/svg+xml", headers=headers)


async def download_days(visit: Visit) -> web.Response:
    """Send the numbers of each day."""
    return await _download(visit, "days")


async def download_questions(visit: Visit) -> web.Response:
    """Send what was asked, and what became of it."""
    return await _download(visit, "questions")


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


async def _download(visit: Visit, name: str) -> web.Response:
    try:
        period = period_of(visit.request.query, _today(visit))
    except BadPeriod:
        # The page says what is wrong with it.
        return visit.go(f"{REPORTS}?{urlencode(visit.request.query)}")
    if name == "days":
        text = days_table(await Figures(visit.console.database).days(*_ends(period)))
    else:
        text = questions_table((await _report(visit, period))[0])
    await visit.audit("report.downloaded", detail=f"{name}, {_dates(period)}")
    file = f"candor-{name}-{period.first}-to-{period.last}.csv"
    headers = {**HEADERS, "Content-Disposition": f'attachment; filename="{file}"'}
    return web.Response(text=text, content_type="text/csv", charset="utf-8", headers=headers)


def _refused(visit: Visit, words: str) -> web.Response:
    return visit.page("refused.html", 422, words=words)


def _today(visit: Visit) -> date:
    return visit.console.gate.now().astimezone(visit.console.zone).date()


def _ends(period: Period) -> tuple[date, date]:
    return period.first, period.last


def _dates(period: Period) -> str:
    return f"{period.first} to {period.last}"
