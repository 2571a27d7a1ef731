"""From the booking button to the clinic's booking page, counted on the way."""

import logging

from aiohttp import web

from bot.channels.booking import address_with, takes_reference
from bot.conversation import UnknownConversation
from bot.conversation.message import new_id
from bot.conversation.tokens import BadToken, sign_ids, verify_ids
from bot.settings import Settings
from bot.web.site import SITE, Site

log = logging.getLogger(__name__)


def booking_link(settings: Settings, conversation_id: str, message_id: str) -> str:
    """Return the counted link of a message's booking button."""
    token = sign_ids(settings.secret, "booking", conversation_id, message_id)
    return f"{settings.public_url}/book/{token}"


async def follow_booking(request: web.Request) -> web.Response:
    """Count the click and lead on; a wrong link, or a count that fails, still leads on.

    Where the provider's page takes one, the address gets a new reference, which says nothing.
    """
    site = request.app[SITE]
    booking = site.settings.booking
    wanted = takes_reference(booking.provider, booking.address)
    reference = new_id() if wanted else None
    counted = await _count(site, request.match_info["token"], reference)
    site.metrics.count("candor_bookings_total", "yes" if counted else "no")
    address = booking.address
    if reference is not None:
        address = address_with(booking.provider, address, reference)
    return web.Response(status=302, headers={"Location": address})


async def _count(site: Site, token: str, reference: str | None) -> bool:
    try:
        conversation_id, message_id = verify_ids(site.settings.secret, "booking", token)
        await site.clicked(conversation_id, message_id, reference)
    except (BadToken, UnknownConversation):
        # A conversation may be deleted while its booking page is still open.
        return False
    except Exception as error:
        # Whatever is wrong with our count, a patient who wants a visit must get through.
        log.error("a booking click could not be counted: %s", type(error).__name__)
        return False
    return True


async def show_demo(request: web.Request) -> web.Response:
    """Show the demo clinic's own booking page, where nothing is really booked."""
    return request.app[SITE].page("booking.html", done=False)


async def confirm_demo(request: web.Request) -> web.Response:
    """Show what a patient would read after booking; what was filled in is not kept."""
    return request.app[SITE].page("booking.html", done=True)
