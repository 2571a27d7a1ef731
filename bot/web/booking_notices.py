"""What Cal.com and Calendly post of bookings: verified over the bytes, then kept without a name."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial

from aiohttp import web

from bot.channels.booking import (
    BadNotice,
    Notice,
    is_signed_by_calcom,
    is_signed_by_calendly,
    read_calcom,
    read_calendly,
)
from bot.channels.booking.keys import told_of
from bot.channels.booking.signatures import CALCOM_HEADER, CALENDLY_HEADER
from bot.channels.refusal import Refused
from bot.store.booking_news import take
from bot.web.site import SITE

log = logging.getLogger(__name__)

COUNTED = "candor_booking_notices_total"


async def take_calcom(request: web.Request) -> web.Response:
    """Keep what Cal.com tells, then acknowledge it.

    404 without a secret in the settings, 413 when it is too large, 401 with a wrong signature, 400
    when it can't be read, 503 when it can't be kept.
    """
    secret, body = await _delivery(request, request.app[SITE].settings.booking.calcom_secret)
    if not is_signed_by_calcom(secret, body, request.headers.get(CALCOM_HEADER)):
        raise _unsigned("CANDOR_CALCOM_SECRET")
    return await _keep(request, "calcom", body, read_calcom)


async def take_calendly(request: web.Request) -> web.Response:
    """Keep what Calendly tells, then acknowledge it; answers as `take_calcom` does."""
    key, body = await _delivery(request, request.app[SITE].settings.booking.calendly_key)
    if not is_signed_by_calendly(key, body, request.headers.get(CALENDLY_HEADER), time.time()):
        raise _unsigned("CANDOR_CALENDLY_KEY")
    return await _keep(request, "calendly", body, read_calendly)


async def _delivery(request: web.Request, secret: str | None) -> tuple[str, bytes]:
    """Return what verifies a delivery, and its bytes."""
    if secret is None:
        raise web.HTTPNotFound
    try:
        return secret, await request.read()
    except web.RequestPayloadError:
        raise Refused(400, "bad_notice", "The delivery broke off.") from None


def _unsigned(variable: str) -> Refused:
    log.warning("a booking's delivery was refused: it isn't signed with %s", variable)
    return Refused(401, "wrong_signature", "The delivery is not signed with this site's secret.")


async def _keep(
    request: web.Request, provider: str, body: bytes, read: Callable[[bytes], Notice | None]
) -> web.Response:
    site = request.app[SITE]
    if site.database is None:
        raise web.HTTPNotFound
    try:
        notice = read(body)
    except BadNotice as error:
        log.warning("a booking's delivery by %s was refused: %s", provider, error)
        raise Refused(400, "bad_notice", f"The delivery can't be read: {error}.") from None
    outcome = "ignored"
    if notice is not None:
        told = told_of(site.settings.secret, provider, notice)
        taken = await site.database.write(partial(take, told=told, now=datetime.now(UTC)))
        outcome = "repeated" if not taken.new else "with" if taken.from_chat else "without"
    site.metrics.count(COUNTED, provider, outcome)
    return web.Response(text="ok")
