"""The clinic's own fixed texts, as patients read them."""

from functools import cache

from bot.knowledge import Texts
from bot.runtime.texts import fixed_texts
from tests.web.clinic_site import site_settings
from tests.whatsapp.clinic_channel import PUBLIC


@cache
def _texts() -> Texts:
    return fixed_texts(site_settings(PUBLIC))


def text(name: str) -> str:
    """The fixed text with this name, filled in for the clinic."""
    return _texts()[name].text
