"""From the website on to WhatsApp: the link, its code, and the page that shows both.

A code opens a conversation, so it stands in no address of ours and in no picture that is fetched.
"""

from dataclasses import dataclass

from aiohttp import web
from markupsafe import Markup

from bot.channels.refusal import Refused
from bot.channels.whatsapp.carrying import GOOD, carry_text, chat_link
from bot.channels.whatsapp.channel import WhatsApp
from bot.channels.whatsapp.qr import qr_svg
from bot.settings import Settings
from bot.web.address import address_of
from bot.web.body import read_form
from bot.web.site import SITE, Site
from bot.web.transcript import CHANGE, conversation_of


@dataclass(frozen=True, slots=True)
class Way:
    """A way to the clinic on WhatsApp, with a code when it takes a conversation along."""

    link: str
    qr: str  # the link as an SVG element
    code: str | None = None


def plain_link(settings: Settings, channel: WhatsApp | None) -> str:
    """Return the link to the clinic's number, "" when nobody answers there."""
    number = settings.clinic.whatsapp
    return chat_link(number) if channel and number else ""


async def post_whatsapp(request: web.Request) -> web.Response:
    """Answer with the way on which the conversation goes on in WhatsApp."""
    site = request.app[SITE]
    way = await _way_with(site, conversation_of(request, site, CHANGE))
    seconds = int(GOOD.total_seconds())
    answer = {"url": way.link, "qr": way.qr, "code": way.code, "good_for_seconds": seconds}
    return web.json_response(answer)


async def show_way(request: web.Request) -> web.Response:
    """Show the way to the clinic on WhatsApp; nothing goes along."""
    site = request.app[SITE]
    _channel(site)
    return _page(site, _way(site.chat_link))


async def take_along(request: web.Request) -> web.Response:
    """Show the way on which the conversation of the form goes on in WhatsApp.

    Before the first message there is no conversation yet: then nothing goes along.
    """
    site, address = request.app[SITE], address_of(request)
    site.intake.look(address)
    token = (await read_form(request)).get("conversation")
    if not token:
        return await show_way(request)
    conversation = site.intake.conversation(token)
    site.intake.look(address, conversation, CHANGE)
    return _page(site, await _way_with(site, conversation))


async def _way_with(site: Site, conversation: str) -> Way:
    """Return a way with a new code; Refused without the channel, or UnknownConversation."""
    code = await _channel(site).carrying.code(conversation)
    text = carry_text(site.texts["whatsapp.carry"].text, code)
    return _way(chat_link(site.settings.clinic.whatsapp, text), code)


def _way(link: str, code: str | None = None) -> Way:
    return Way(link, qr_svg(link), code)


def _channel(site: Site) -> WhatsApp:
    if site.whatsapp is None or not site.chat_link:
        raise Refused(404, "no_whatsapp")
    return site.whatsapp


def _page(site: Site, way: Way) -> web.Response:
    return site.page("whatsapp.html", way=way, qr=Markup(way.qr))  # noqa: S704
