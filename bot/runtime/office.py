"""The settings' office: checks what managers want to change as the start would, and more."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import Any

from bot.channels.whatsapp.words import load_words
from bot.desk.settings import CannotRead, StockText
from bot.knowledge import Knowledge, KnowledgeError, Texts
from bot.knowledge.strict_yaml import read_yaml
from bot.knowledge.texts import fill
from bot.runtime.checks.claims import claim_problems
from bot.runtime.rounds import Rounds
from bot.runtime.texts import fixed_texts, text_facts
from bot.settings import Settings, SettingsError, settings_from_environment, with_whole_urls
from bot.settings.clinic import Clinic, read_clinic, read_entries
from bot.settings.overlay import OWN_TEXT, laid_over
from bot.web.templating import make_templates
from bot.web.words import load_languages

# Written out, these would stay as they are when the clinic's number changes.
LIFELINES = ("{emergency}", "{crisis_line}")
NO_DOCUMENTS = Knowledge({}, {}, {})


def checked_settings(root: Path) -> Settings:
    """Return the settings as they are now; SettingsError or KnowledgeError for what would fail."""
    settings = settings_from_environment(root)
    load_words(fixed_texts(settings))
    load_languages(settings.clinic.facts())
    make_templates(settings.clinic)
    return settings


class ClinicOffice:
    """The office of a running clinic; bot.desk.settings.Office says what each part does."""

    def __init__(self, settings: Settings, rounds: Rounds) -> None:
        self._settings = settings
        self._rounds = rounds
        self._root = settings.root

    @property
    def since(self) -> datetime:
        """When the settings in force came into force."""
        return self._rounds.since

    @property
    def failed(self) -> str | None:
        """Why settings that were saved are not in force."""
        return self._rounds.failed

    @property
    def facts(self) -> Mapping[str, str]:
        """What a text's braces may name."""
        return text_facts(self._settings)

    @cached_property
    def texts(self) -> Sequence[StockText]:
        """Every fixed text, as data/texts.yml has it."""
        return [
            StockText(f"{group}.{name}", entry["text"] if isinstance(entry, dict) else entry)
            for group, members in read_yaml(self._root / "data" / "texts.yml").items()
            for name, entry in members.items()
        ]

    def base(self) -> Mapping[str, Any]:
        """Return what the file says; CannotRead."""
        entries = self._entries()
        own = entries.pop("texts", None)
        texts = own if isinstance(own, dict) else {}
        return entries | {f"{OWN_TEXT}{name}": words for name, words in texts.items()}

    def problems(self, changes: Mapping[str, Any]) -> Mapping[str, str]:
        """Return what would be wrong, by the change's name; CannotRead."""
        read = read_clinic(laid_over(self._entries(), changes))
        silent = dict(self._silent_texts(changes))
        if silent or not isinstance(read, Clinic):
            wrong = silent if isinstance(read, Clinic) else {**silent, **read}
        else:
            clinic = with_whole_urls(read, self._settings.public_url)
            wrong = dict(map(_named, self._wrong_texts(replace(self._settings, clinic=clinic))))
        return {
            (name if name in changes else ""): words if name in changes else f"{name}: {words}"
            for name, words in wrong.items()
        }

    def filled(self, name: str, words: str) -> str:
        """Return a text's words with the facts in; ValueError."""
        stock = {text.name: text.words for text in self.texts}
        return fill(words, stock[name], self.facts)

    async def renew(self) -> str | None:
        """Have what is saved put in force, or return why not."""
        return await self._rounds.renew()

    def _entries(self) -> dict[str, Any]:
        try:
            return read_entries(self._root / "clinic.yml")
        except SettingsError as error:
            raise CannotRead(str(error)) from None

    def _silent_texts(self, changes: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
        """Yield the changes of texts that no longer name whom to ring in danger."""
        for text in self.texts:
            own = changes.get(f"{OWN_TEXT}{text.name}")
            for place in LIFELINES:
                if isinstance(own, str) and place in text.words and place not in own:
                    yield f"{OWN_TEXT}{text.name}", f"must have {place}, as the delivered text has"

    def _wrong_texts(self, settings: Settings) -> Iterator[str]:
        """Yield what is wrong with the texts of these settings, as `candor check` says it."""
        try:
            texts = fixed_texts(settings)
        except KnowledgeError as error:
            yield from error.problems
            return
        yield from _raised(lambda: load_words(texts))
        yield from _raised(lambda: load_languages(settings.clinic.facts()))
        yield from self._claims(texts)

    def _claims(self, texts: Texts) -> Iterator[str]:
        claims = self._root / "data" / "claims.yml"
        # Without the documents every warning of theirs is missing, which isn't the texts' fault.
        lines = claim_problems(claims, NO_DOCUMENTS, texts)
        yield from (line for line in lines if line.startswith("text "))


def _raised(load: Callable[[], object]) -> Sequence[str]:
    try:
        load()
    except KnowledgeError as error:
        return error.problems
    return ()


def _named(line: str) -> tuple[str, str]:
    """Return the change that a line is about, and what it says."""
    place, _, words = line.partition(": ")
    if place.startswith("text "):
        return f"{OWN_TEXT}{place.removeprefix('text ')}", words
    return place, words
