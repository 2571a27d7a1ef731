"""What every page of the settings does in the same way."""

from aiohttp import web

from bot.desk.settings.office import CannotRead, Office
from bot.desk.settings.saving import Now, look
from bot.desk.visit import Visit

SETTINGS = "/desk/settings"


def office_of(visit: Visit) -> Office:
    """Return the settings' office; HTTPNotFound where settings can't be changed."""
    if visit.console.office is None:
        raise web.HTTPNotFound
    return visit.console.office


async def look_or_tell(visit: Visit) -> Now | web.Response:
    """Return the settings as they are, or the page that says why they can't be read."""
    try:
        return await look(visit.console, office_of(visit))
    except CannotRead as error:
        return visit.page("settings-unread.html", 409, words=str(error))


def saved(visit: Visit, path: str) -> web.Response:
    """Lead on after a change; by a new connection, because this one ends with what was in force."""
    response = visit.go(path, done="settings")
    response.force_close()
    return response


def standing(visit: Visit) -> dict[str, object]:
    """Return what every page of the settings says of what is in force."""
    office = office_of(visit)
    told = None
    if visit.request.query.get("done") == "settings" and office.failed is None:
        told = f"Saved; in force since {office.since.astimezone(visit.console.zone):%H:%M}."
    return {"failed": office.failed, "since": office.since, "done": told}


def number_of(text: str | None) -> int:
    """Return a version's number as a form or address has it; 0 for what is none."""
    good = text is not None and text.isascii() and text.isdigit() and len(text) < 10
    return int(text) if text and good else 0
