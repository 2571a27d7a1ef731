"""The address of the booking page for one press of a button: an opaque reference, and no more.

Addresses end up in histories and logs, so that nothing of a person or a question may stand there.
"""

from typing import Final

PLACE: Final = "{reference}"
# What the provider gives back in its messages; the brackets of `metadata[candor]` are escaped.
CALCOM, CALENDLY = "metadata%5Bcandor%5D", "utm_content"
SOURCE = "utm_source"


def takes_reference(provider: str, address: str) -> bool:
    """Tell whether a reference has a place in the address of this provider's page."""
    return provider in ("calcom", "calendly") or PLACE in address


def address_with(provider: str, address: str, reference: str) -> str:
    """Return the page's address with the reference where the provider (or a template) wants it.

    What stands in the address already stays as it is.
    """
    if provider == "calcom":
        return _with_query(address, f"{CALCOM}={reference}")
    if provider == "calendly":
        named = f"{CALENDLY}={reference}"
        return _with_query(address, named if _has(address, SOURCE) else f"{SOURCE}=candor&{named}")
    return address.replace(PLACE, reference)


def _with_query(address: str, more: str) -> str:
    page, mark, fragment = address.partition("#")
    joint = "" if page.endswith(("?", "&")) else "&" if "?" in page else "?"
    return f"{page}{joint}{more}{mark}{fragment}"


def _has(address: str, name: str) -> bool:
    query = address.partition("#")[0].partition("?")[2]
    return any(pair.partition("=")[0] == name for pair in query.split("&"))
