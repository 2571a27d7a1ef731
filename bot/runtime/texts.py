"""The fixed texts with this clinic's facts filled in."""

from bot.channels.intake import MOST_CHARACTERS
from bot.knowledge import Texts, load_texts
from bot.settings import Settings


def fixed_texts(settings: Settings) -> Texts:
    """Load the texts for these settings; KnowledgeError lists what is wrong with them."""
    facts = settings.clinic.facts() | {"limit": f"{MOST_CHARACTERS:,}"}
    return load_texts(settings.root / "data" / "texts.yml", facts, settings.clinic.texts)
