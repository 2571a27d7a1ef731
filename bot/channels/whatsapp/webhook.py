"""Meta's webhook: the handshake, and deliveries that are kept before they are acknowledged."""

import hmac
import logging
from dataclasses import dataclass

from aiohttp import web

from bot.channels.refusal import Refused
from bot.channels.whatsapp.inbound import Delivery
from bot.channels.whatsapp.intake import Intake
from bot.channels.whatsapp.reading import BadDelivery, read_delivery
from bot.channels.whatsapp.signature import HEADER, is_signed

log = logging.getLogger(__name__)

# Meta's largest delivery has 3 MB; a little more is let through, and nothing without end.
MOST_BYTES = 4 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Webhook:
    """What Meta calls; anything but 200 means that a delivery wasn't kept, and it comes again."""

    secret: str
    verify_token: str
    number_id: str
    intake: Intake

    def challenge(self, request: web.Request) -> str:
        """Return what Meta wants to hear again when it names our token; Refused otherwise."""
        query = request.query
        token = query.get("hub.verify_token", "").encode(errors="replace")
        ours = hmac.compare_digest(token, self.verify_token.encode())
        if not ours or query.get("hub.mode") != "subscribe":
            log.warning("a handshake was refused: another token than CANDOR_WHATSAPP_VERIFY_TOKEN")
            raise Refused(403, "wrong_token", "The verify token is not this channel's.")
        return query.get("hub.challenge", "")

    async def take(self, request: web.Request) -> None:
        """Keep a delivery durably.

        Refused with 413 when it is too large, 401 without a signature, 403 with a wrong one, 400
        when it is no JSON, 404 when it is only for numbers that aren't ours. StoreUnavailable or
        Closed when it can't be kept now.
        """
        body = await _read(request)
        header = request.headers.get(HEADER)
        if not is_signed(self.secret, body, header):
            status, code = (403, "wrong_signature") if header else (401, "no_signature")
            log.warning("a delivery was refused: %s; see CANDOR_WHATSAPP_APP_SECRET", code)
            raise Refused(status, code, "The delivery is not signed with this app's secret.")
        try:
            delivery = read_delivery(body)
        except BadDelivery as error:
            log.warning("a delivery was refused: it is no delivery")
            raise Refused(400, "bad_delivery", f"The delivery can't be read: {error}.") from None
        _tell(delivery)
        await self.intake.take(self._ours(delivery))

    def _ours(self, delivery: Delivery) -> Delivery:
        """Return what is for our number; Refused when there is something, but nothing for it."""
        messages = tuple(one for one in delivery.messages if one.number_id == self.number_id)
        statuses = tuple(one for one in delivery.statuses if one.number_id == self.number_id)
        others = len(delivery.messages) + len(delivery.statuses) - len(messages) - len(statuses)
        if others:
            log.error("%d updates refused: for another number than ours; see %s", others, NUMBER)
        if others and not (messages or statuses):
            raise Refused(404, "unknown_number", "That phone number id is not this channel's.")
        return Delivery(messages, statuses, delivery.faults, delivery.skipped)


NUMBER = "CANDOR_WHATSAPP_NUMBER_ID"


def _tell(delivery: Delivery) -> None:
    """Log what was left out, and the faults that Meta tells of; nothing of any content."""
    if delivery.skipped:
        log.info("%d updates left out, such as: %s", len(delivery.skipped), delivery.skipped[0])
    for fault in delivery.faults:
        log.error("Meta tells of a fault of the number or account: code %s", fault.code)


async def _read(request: web.Request) -> bytes:
    """Return the body; Refused when it is too large, or breaks off."""
    body = bytearray()
    try:
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > MOST_BYTES:
                raise Refused(413, "too_large")
    except web.RequestPayloadError:
        raise Refused(400, "bad_delivery", "The delivery broke off.") from None
    return bytes(body)
