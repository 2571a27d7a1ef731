"""Which pages may open the widget's WebSocket."""

from collections.abc import Collection
from urllib.parse import urlsplit

USUAL_PORTS = {"http": 80, "https": 443}


def origin_of(url: str) -> str:
    """Return the origin of an address, as browsers write it in the Origin header."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode()
    host = f"[{host}]" if ":" in host else host
    port = parts.port
    usual = port is None or port == USUAL_PORTS.get(parts.scheme)
    return f"{parts.scheme}://{host}" + ("" if usual else f":{port}")


def is_allowed(origin: str | None, host: str, allowed: Collection[str]) -> bool:
    """Tell whether a page may connect: this host's own, an allowed one, or no browser at all."""
    if origin is None:
        return True
    try:
        own = urlsplit(origin).netloc.lower() == host.lower() != ""
    except ValueError:
        return False
    return own or origin.lower() in allowed
