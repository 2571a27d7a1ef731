"""The words that name things: read from data/lexicon, matched by spaCy's EntityRuler."""

from dataclasses import dataclass
from pathlib import Path

import spacy
from rasa.shared.exceptions import RasaException
from ruamel.yaml import YAML, YAMLError
from spacy.language import Language
from spacy.tokens import Doc

from engine.lemmas import LEMMAS


class LexiconError(RasaException):
    """A file of the lexicon is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Name:
    """What a word stands for."""

    entity: str
    value: str
    covered: bool


def read_lexicon(folder: Path) -> dict[str, Name]:
    """Return every name with what it stands for; raise LexiconError naming what is wrong."""
    names: dict[str, Name] = {}
    for path in sorted(folder.glob("*.yml")):
        try:
            content = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
            for key, covered in (("covered", True), ("not_covered", False)):
                for value, aliases in (content.get(key) or {}).items():
                    name = Name(content["entity"], str(value), covered)
                    for alias in (str(value), *map(str, aliases or [])):
                        _add(names, alias.lower(), name, path)
        except (YAMLError, KeyError, AttributeError, TypeError) as error:
            raise LexiconError(f"{path} is not a lexicon: {error!r}") from None
    if not names:
        raise LexiconError(f"no lexicon in {folder}: it should hold files like body_part.yml")
    return names


def _add(names: dict[str, Name], alias: str, name: Name, path: Path) -> None:
    if names.setdefault(alias, name) != name:
        raise LexiconError(f"{path}: {alias!r} stands for {name.value} and {names[alias].value}")


def make_reader(names: dict[str, Name]) -> Language:
    """Return a spaCy pipeline whose entities' ids are keys of `names`."""
    nlp = spacy.blank("en")
    nlp.add_pipe(LEMMAS)
    ruler = nlp.add_pipe("entity_ruler", config={"phrase_matcher_attr": "LEMMA"})
    ruler.add_patterns(
        [{"label": name.entity, "pattern": word, "id": word} for word, name in names.items()]
    )
    return nlp


def read(nlp: Language, text: str) -> Doc:
    """Return the text as spaCy reads it, typographic apostrophes read like plain ones."""
    return nlp(text.replace("\u2019", "'"))
