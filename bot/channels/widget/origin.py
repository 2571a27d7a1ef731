"""Which pages may open the widget's WebSocket."""

from collections.abc import Collection
from urllib.parse import urlsplit


def origin_of(url: str) -> str:
    """Return the origin of an address, as browsers write it in the Origin header."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}".lower()


def is_allowed(origin: str | None, host: str, allowed: Collection[str]) -> bool:
    """Tell whether a page may connect: this host's own, an allowed one, or no browser at all."""
    if origin is None:
        return True
    try:
        own = urlsplit(origin).netloc.lower() == host.lower() != ""
    except ValueError:
        return False
    return own or origin.lower() in allowed
