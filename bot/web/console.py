"""The front desk's console among the site's addresses."""

from collections.abc import Mapping
from functools import partial
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.desk.console import Console
from bot.desk.gate import Gate
from bot.desk.guard import mount
from bot.desk.routes import ROUTES
from bot.settings.openings import openings
from bot.web.address import address_of
from bot.web.site import SITE


def add_console(app: web.Application, gate: Gate) -> None:
    """Add the console, with the site's templates, under /desk."""
    site = app[SITE]

    def render(template: str, content: Mapping[str, object]) -> str:
        return site.templates.get_template(template).render(content)

    clinic, public_url = site.settings.clinic, site.settings.public_url
    console = Console(
        gate=gate,
        conversations=site.conversations,
        knowledge=site.knowledge,
        texts=site.texts,
        render=render,
        address_of=address_of,
        zone=(zone := ZoneInfo(clinic.time_zone)),
        clinic=clinic.name,
        country=clinic.country,
        public_url=public_url,
        secure=public_url.startswith("https:"),
        whatsapp=None if site.whatsapp is None else site.whatsapp.store,
        openings=partial(openings, clinic.hours, zone),
    )
    mount(app, console, ROUTES)
