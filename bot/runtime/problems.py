"""Everything that is wrong with the clinic's files and the settings, found at once."""

from collections.abc import Callable
from pathlib import Path

from bot.conversation.red_flags import load_red_flags
from bot.knowledge import Knowledge, KnowledgeError, Texts, load_knowledge
from bot.runtime.intents import intent_problems
from bot.runtime.texts import fixed_texts
from bot.settings import SettingsError, settings_from_environment


def all_problems(root: Path) -> list[str]:
    """Return a line for each thing to mend in documents, answers, texts, examples and settings."""
    problems: list[str] = []
    knowledge: Knowledge | None = _collect(problems, lambda: load_knowledge(root))
    texts: Texts | None = _collect(problems, lambda: fixed_texts(settings_from_environment(root)))
    _collect(problems, lambda: load_red_flags(root / "data" / "redflags.yml"))
    if knowledge and texts:
        problems += intent_problems(root, knowledge, texts)
    return problems


def _collect[T](problems: list[str], load: Callable[[], T]) -> T | None:
    try:
        return load()
    except KnowledgeError as error:
        problems += error.problems
    except SettingsError as error:
        problems.append(str(error))
    return None
