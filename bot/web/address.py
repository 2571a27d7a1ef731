"""Whose message it is, as far as limits need to know."""

from ipaddress import ip_address

from aiohttp import web

from bot.channels.intake import LOCAL


def address_of(request: web.Request) -> str:
    """Return the sender's address; a proxy on this machine is trusted to name it."""
    peer = _named(request.remote or "")
    if peer != LOCAL:
        return peer
    # The last name of the last line is what the proxy wrote; the others anybody can.
    forwarded = request.headers.getall("X-Forwarded-For", [""])[-1].rpartition(",")[2].strip()
    return _named(forwarded) if forwarded else LOCAL


def _named(text: str) -> str:
    try:
        address = ip_address(text)
    except ValueError:
        return "unknown"
    address = getattr(address, "ipv4_mapped", None) or address
    if address.is_loopback:
        return LOCAL
    # One household has a whole /64 of IPv6 addresses.
    return str(address) if address.version == 4 else ":".join(address.exploded.split(":")[:4])
