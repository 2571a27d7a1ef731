"""The front desk's console among the site's addresses."""

from collections.abc import Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from aiohttp import web

from bot.channels.whatsapp.inviting import Inviting
from bot.channels.whatsapp.window import now, time_left
from bot.desk.asking import Asking
from bot.desk.console import Console
from bot.desk.courier import Courier
from bot.desk.gate import Gate
from bot.desk.guard import mount
from bot.desk.live import Live
from bot.desk.reach import Reach
from bot.desk.routes import ROUTES
from bot.desk.settings import Office
from bot.knowledge.finding import make_index
from bot.settings.openings import openings
from bot.web.address import address_of
from bot.web.booking import booking_link
from bot.web.site import SITE, Site


def add_console(
    app: web.Application, gate: Gate, office: Office | None = None, asking: Asking | None = None
) -> None:
    """Add the console, with the site's templates, under /desk."""
    site = app[SITE]
    clinic, public_url = site.settings.clinic, site.settings.public_url
    zone = ZoneInfo(clinic.time_zone)
    console = Console(
        gate=gate,
        conversations=site.conversations,
        knowledge=site.knowledge,
        texts=site.texts,
        render=partial(_render, site),
        address_of=address_of,
        zone=zone,
        clinic=clinic.name,
        country=clinic.country,
        public_url=public_url,
        secure=public_url.startswith("https:"),
        live=_live(app, site),
        whatsapp=None if site.whatsapp is None else site.whatsapp.store,
        reach=None if site.whatsapp is None else _reach(site.whatsapp.inviting),
        keep=clinic.keep_days,
        backups=clinic.backups,
        let_go=partial(_let_go, site),
        office=office,
        asking=asking or Asking(make_index(site.knowledge, site.texts, {})),
        courier=_courier(site),
        openings=partial(openings, clinic.hours, zone),
    )
    mount(app, console, ROUTES)


def _render(site: Site, template: str, content: Mapping[str, object]) -> str:
    return site.templates.get_template(template).render(content)


def _live(app: web.Application, site: Site) -> Live:
    """Return what counts the changes of conversations until the site is shut down."""
    live = Live()
    site.conversations.listen(live.ring)

    async def close(_: web.Application) -> None:
        live.close()

    app.on_shutdown.append(close)
    return live


def _let_go(site: Site, conversation: str) -> None:
    if site.whatsapp is not None:
        site.whatsapp.contacts.pop(conversation, None)


def _reach(inviting: Inviting) -> Reach:
    return Reach(time_left, inviting.ask_to_write, inviting.has_template)


def _courier(site: Site) -> Courier | None:
    channel = site.whatsapp
    if channel is None:
        return None
    return Courier(
        can_begin=channel.outbox.queueing.template is not None,
        is_open=_is_open,
        booking_url=partial(booking_link, site.settings),
        look_after=channel.look_after,
    )


def _is_open(wrote_at: datetime | None) -> bool:
    return bool(time_left(wrote_at, now()))
