"""The console's first page."""

from aiohttp import web

from bot.desk.navigation import START, places_of
from bot.desk.staffing import ROLES
from bot.desk.visit import Visit
from bot.store.desk.mails import mail_problem


async def show(visit: Visit) -> web.Response:
    """Show who is here and where they may go."""
    places = [place for place in places_of(visit.staff) if place.path != START]
    return visit.page(
        "start.html",
        role=ROLES[visit.staff.role],
        cards=places,
        mail_problem=await mail_problem(visit.console.database),
        until=visit.signed.session.expires_at,
    )
