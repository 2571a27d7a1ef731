"""The clinic's booking page: the way there, and what its provider tells of bookings; no I/O."""

from bot.channels.booking.addresses import address_with, takes_reference
from bot.channels.booking.notice import BadNotice, Notice
from bot.channels.booking.reading import read_calcom, read_calendly
from bot.channels.booking.signatures import is_signed_by_calcom, is_signed_by_calendly

__all__ = [
    "BadNotice",
    "Notice",
    "address_with",
    "is_signed_by_calcom",
    "is_signed_by_calendly",
    "read_calcom",
    "read_calendly",
    "takes_reference",
]
