"""Answers: which quotations answer which question, and what a patient may ask next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

from bot.knowledge.documents import Section
from bot.knowledge.passages import plain
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.topics import Topic

Offer = Literal["consultation", "assessment", "follow_up", "none"]
MOST_SECTIONS = 3
MOST_WORDS = 120
LONGEST_QUESTION = 72  # characters that a list on a phone shows whole


@dataclass(frozen=True, slots=True)
class Quote:
    """Passages `first` to `last` of one section, word for word."""

    section: str
    first: int
    last: int
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is quoted for a question: at once, and when more is wanted."""

    question: str
    says: tuple[Quote, ...]
    more: tuple[Quote, ...]

    @property
    def sections(self) -> tuple[str, ...]:
        """The sections it cites at once, best first."""
        return tuple(dict.fromkeys(quote.section for quote in self.says))


@dataclass(frozen=True, slots=True)
class Answer:
    """The reply to one question that patients ask, with its knee version where there is one."""

    id: str
    topic: Topic
    short: str
    general: Reply
    knee: Reply | None
    why: tuple[Quote, ...]
    next: tuple[str, ...]
    booking: Offer
    figure: str | None
    note: str | None
    strict: bool  # of effect or safety: said only when it is quite sure that it was asked for

    def reply(self, joint: str | None) -> Reply:
        """Return the version for this joint ("knee"), or the general one."""
        return self.knee if self.knee is not None and joint == "knee" else self.general


def read_answer(name: str, data: object, sections: Mapping[str, Section], topic: Topic) -> Answer:
    """Check one entry of data/answers against the documents; KnowledgeError names every fault."""
    problems: list[str] = []
    if not isinstance(data, dict):
        raise KnowledgeError([f"answer {name}: write its parts as `question:`, `says:`, `next:`"])
    general = _reply(name, data, sections, problems)
    knee_data = data.get("knee")
    knee = (
        _reply(
            f"{name} (knee)", {"question": data.get("question"), **knee_data}, sections, problems
        )
        if isinstance(knee_data, dict)
        else None
    )
    why = _quotes(name, data.get("why") or (), sections, problems)
    offer = data.get("booking", "consultation")
    if offer not in get_args(Offer):
        problems.append(f"answer {name}: `booking` must be one of {', '.join(get_args(Offer))}")
    if len(str(data.get("short", ""))) not in range(1, 21):
        problems.append(f"answer {name}: `short` must have 1 to 20 characters")
    if problems:
        raise KnowledgeError(problems)
    return Answer(
        id=name,
        topic=topic,
        short=data["short"],
        general=general,
        knee=knee,
        why=why,
        next=tuple(data.get("next") or ()),
        booking=offer,
        figure=data.get("figure"),
        note=data.get("note"),
        strict=bool(data.get("strict", False)),
    )


def _reply(
    name: str, data: dict[str, Any], sections: Mapping[str, Section], problems: list[str]
) -> Reply:
    if not data.get("question"):
        problems.append(f"answer {name}: `question` is missing")
    elif len(str(data["question"])) > LONGEST_QUESTION:
        problems.append(f"answer {name}: `question` has more than {LONGEST_QUESTION} characters")
    says = _quotes(name, data.get("says") or (), sections, problems)
    more = _quotes(name, data.get("more") or (), sections, problems)
    if not says and not data.get("says"):
        problems.append(f"answer {name}: it quotes nothing; add `says:` with a section and a quote")
    for part, quotes in (("says", says), ("more", more)):
        if len({quote.section for quote in quotes}) > MOST_SECTIONS:
            problems.append(f"answer {name}: `{part}` quotes more than {MOST_SECTIONS} sections")
        if sum(map(_words, quotes)) > MOST_WORDS:
            problems.append(f"answer {name}: `{part}` has more than {MOST_WORDS} words")
    return Reply(str(data.get("question")), says, more)


def _words(quote: Quote) -> int:
    return sum(any(map(str.isalnum, word)) for word in quote.text.split())


def _quotes(
    name: str,
    entries: Iterable[Mapping[str, str]],
    sections: Mapping[str, Section],
    problems: list[str],
) -> tuple[Quote, ...]:
    quotes = []
    for entry in entries:
        try:
            quotes.append(find_quote(sections[entry["section"]], entry["quote"]))
        except (KeyError, TypeError):
            problems.append(f"answer {name}: a quotation needs a known `section` and a `quote`")
        except ValueError as error:
            problems.append(f"answer {name}: {error}")
    return tuple(quotes)


def find_quote(section: Section, words: str) -> Quote:
    """Return the passages that these words are; ValueError unless they are verbatim and whole."""
    wanted = plain(words)
    for start, first in enumerate(section.passages):
        text = ""
        for last in section.passages[start:]:
            text = f"{text}{_gap(text)}{last.text}"
            if plain(text) == wanted:
                return Quote(section.id, first.number, last.number, text)
    if wanted in plain(section.markdown):
        raise ValueError(f"quote whole sentences or lists of {section.id}, not “{wanted[:50]}…”")
    raise ValueError(f"not word for word in {section.id}: “{wanted[:70]}…”")


def _gap(text: str) -> str:
    """Return what stands between this text and the next sentence: a list ends its paragraph."""
    if not text:
        return ""
    return "\n" if text.rsplit("\n", 1)[-1].startswith("- ") else " "
