"""Everything that is wrong with the clinic's files and the settings, found at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

from bot.channels.whatsapp.commands import load_commands
from bot.channels.whatsapp.words import load_words
from bot.conversation.red_flags import load_red_flags
from bot.knowledge import Knowledge, KnowledgeError, Texts, load_knowledge
from bot.runtime.checks.claims import claim_problems
from bot.runtime.checks.examples import Example, read_examples
from bot.runtime.checks.intents import intent_problems
from bot.runtime.checks.overlap import duplicates, overlaps
from bot.runtime.texts import fixed_texts
from bot.settings import Settings, SettingsError, settings_from_environment
from bot.web.words import load_languages


def all_problems(root: Path) -> list[str]:
    """Return a line for each thing to mend in documents, answers, texts, examples and settings."""
    problems: list[str] = []
    knowledge: Knowledge | None = _collect(problems, lambda: load_knowledge(root))
    texts: Texts | None = _collect(problems, lambda: fixed_texts(settings_from_environment(root)))
    examples: list[Example] | None = _collect(
        problems, lambda: read_examples(root / "data" / "nlu")
    )
    _collect(problems, lambda: load_red_flags(root / "data" / "redflags.yml"))
    _collect(problems, lambda: load_commands(root / "data" / "commands.yml"))
    _collect(problems, lambda: load_languages(settings_from_environment(root).clinic.facts()))
    problems += duplicates(examples or ())
    if texts:
        _collect(problems, lambda: load_words(texts))
    if knowledge and texts:
        claims = root / "data" / "claims.yml"
        problems += _collect(problems, lambda: claim_problems(claims, knowledge, texts)) or []
        if examples is not None:
            problems += intent_problems(examples, knowledge, texts)
    return problems


def reminders(root: Path) -> list[str]:
    """Return a line for each thing that is worth a look and no mistake."""
    settings = settings_from_environment(root)
    return [*_half_set_up(settings), *overlaps(read_examples(root / "data" / "nlu"))]


def _half_set_up(settings: Settings) -> Iterator[str]:
    if settings.whatsapp_missing:
        missing = ", ".join(settings.whatsapp_missing)
        yield f"WhatsApp stays off without {missing}; `candor whatsapp check` tells more"
    if settings.booking.missing:
        yield (
            f"bookings aren't matched to conversations without {settings.booking.missing}; see "
            "docs/booking.md"
        )
    if settings.mail_missing:
        yield (
            f"e-mail to the desk stays off without {settings.mail_missing}; `candor mail check` "
            "tells more"
        )


def _collect[T](problems: list[str], load: Callable[[], T]) -> T | None:
    try:
        return load()
    except KnowledgeError as error:
        problems += error.problems
    except SettingsError as error:
        problems.append(str(error))
    return None
