"""The words that name things: read from data/lexicon, matched by spaCy's PhraseMatcher."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import spacy
from rasa.shared.exceptions import RasaException
from ruamel.yaml import YAML, YAMLError
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc, Span
from spacy.util import filter_spans

from engine.lemmas import LEMMAS

FIND = "candor_names"


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
            text = path.read_text(encoding="utf-8")
            content = YAML(typ="safe").load(text)
            for key, covered in (("covered", True), ("not_covered", False)):
                for value, aliases in (content.get(key) or {}).items():
                    name = Name(content["entity"], str(value), covered)
                    for alias in (str(value), *map(str, aliases or [])):
                        if names.setdefault(alias.lower(), name) != name:
                            _refuse(alias, name, names[alias.lower()], path, text)
        except YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            line = mark.line + 1 if mark else 1
            raise LexiconError(f"{path}, line {line}: it is not YAML; mend it") from None
        except (KeyError, AttributeError, TypeError, ValueError, UnicodeError) as error:
            raise LexiconError(
                f"{path} is not a lexicon: it needs `entity:`, and names with lists of aliases "
                f"under `covered:` or `not_covered:` ({error!r})"
            ) from None
    if not names:
        raise LexiconError(f"no lexicon in {folder}: it should hold files like body_part.yml")
    return names


def _refuse(alias: str, name: Name, other: Name, path: Path, text: str) -> NoReturn:
    place = f"{path}, line {_line(text, alias)}"
    raise LexiconError(f"{place}: {alias.lower()!r} stands for {name.value} and {other.value}")


def _line(text: str, alias: str) -> int:
    """Return the last line that has the alias: where it was written once more."""
    found = [m.start() for m in re.finditer(rf"(?<!\w){re.escape(alias)}(?!\w)", text)]
    return text.count("\n", 0, found[-1] if found else 0) + 1


def make_reader(names: dict[str, Name]) -> Language:
    """Return a spaCy pipeline whose entities' ids are keys of `names`.

    spaCy's own EntityRuler would do, but counts all its patterns at every text: most of its time.
    """
    nlp = spacy.blank("en")
    nlp.add_pipe(LEMMAS)
    matcher = PhraseMatcher(nlp.vocab, attr="LEMMA")
    for doc in nlp.pipe(names):
        matcher.add(doc.text, [doc])

    def find(doc: Doc) -> Doc:
        spans = [
            Span(doc, start, end, names[word].entity, span_id=word)
            for id_, start, end in matcher(doc)
            for word in (nlp.vocab.strings[id_],)
        ]
        doc.ents = filter_spans(spans)
        return doc

    Language.component(FIND, func=find)
    nlp.add_pipe(FIND)
    return nlp


def read(nlp: Language, text: str) -> Doc:
    """Return the text as spaCy reads it, typographic apostrophes read like plain ones."""
    return nlp(text.replace("\u2019", "'"))
