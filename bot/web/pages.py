"""The demo clinic's own pages."""

from aiohttp import web

from bot.settings.hours import lines
from bot.web.site import SITE


async def show_home(request: web.Request) -> web.Response:
    """Show the clinic's front page, with the widget on it."""
    site = request.app[SITE]
    knowledge = site.knowledge
    sample = knowledge.sections.get("permanence#permanent-or-temporary")
    return site.page(
        "home.html",
        documents=knowledge.documents.values(),
        sample=sample,
        hours=lines(site.settings.clinic.hours),
    )


async def show_privacy(request: web.Request) -> web.Response:
    """Show how the demo clinic handles what patients write."""
    return request.app[SITE].page("privacy.html")
