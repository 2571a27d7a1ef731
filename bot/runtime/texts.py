"""The fixed texts with this clinic's facts filled in."""

from bot.channels.intake import MOST_CHARACTERS
from bot.knowledge import Texts, load_texts
from bot.settings import Settings


def fixed_texts(settings: Settings) -> Texts:
    """Load the texts for these settings; KnowledgeError lists what is wrong with them."""
    path = settings.root / "data" / "texts.yml"
    return load_texts(path, text_facts(settings), settings.clinic.texts)


def text_facts(settings: Settings) -> dict[str, str]:
    """Return what a text may have filled in, by the name in its braces."""
    return settings.clinic.facts() | {"limit": f"{MOST_CHARACTERS:,}"}
