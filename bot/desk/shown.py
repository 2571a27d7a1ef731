"""A reply as the Ask page shows it: what it was understood as, quotations, sources, a copy."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from bot.conversation import Message
from bot.conversation.payload import read_ask
from bot.desk.answers import Choice, Told
from bot.desk.console import Console
from bot.knowledge import Answer, Knowledge

Tone = Literal["urgent", "answer", "clarify", "decline", "nothing", "other"]
# The assistant says these where it understood no question.
NOTHING = frozenset({"unknown", "again", "no_words", "other_language", "off_topic"})
QUITE, FAIRLY = 0.75, 0.45


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quotations of one section, and where they stand."""

    texts: tuple[str, ...]
    document: str
    heading: str
    path: str


@dataclass(frozen=True, slots=True)
class Part:
    """One message: quotations, or words that are none."""

    tone: Tone
    title: str
    version: str
    text: str
    quotations: tuple[Quotation, ...]
    note: bool


@dataclass(frozen=True, slots=True)
class ShownReply:
    """What is shown of a reply; `copied` is its text with sources, "" where that is no use."""

    asked: str
    tone: Tone
    parts: tuple[Part, ...]
    sure: str
    guessed: bool
    by_search: bool
    following: tuple[Choice, ...]
    copied: str
    sendable: bool


def shown_reply(console: Console, told: Told) -> ShownReply | None:
    """Return what the page shows of a reply, None without one; small talk is none."""
    if told.reply is None or not told.reply.messages:
        return None
    messages = told.reply.messages
    if any(console.texts.get(f"{group}.{messages[0].intent}") for group in ("chat", "answer")):
        return None
    parts = tuple(_part(console, message) for message in messages)
    tone = parts[0].tone
    return ShownReply(
        asked=told.asked,
        tone=tone,
        parts=parts,
        sure="" if told.picked or told.by_search else _sure(messages[0]),
        guessed=told.guessed and not told.by_search,
        by_search=told.by_search,
        following=tuple(_following(console, messages)),
        copied="" if tone in ("urgent", "clarify") else copied(messages),
        sendable=is_sendable(messages),
    )


def copied(messages: Sequence[Message]) -> str:
    """Return messages as a text to be pasted: words, their source, and its address."""
    return "\n\n".join(_with_addresses(message) for message in messages)


def is_sendable(messages: Sequence[Message]) -> bool:
    """Tell whether messages are an answer to be sent on, and nothing else beside it."""
    kinds = {message.kind for message in messages}
    return "answer" in kinds and kinds <= {"answer", "notice"}


def _with_addresses(message: Message) -> str:
    addresses = dict.fromkeys(citation.url for citation in message.citations)
    return "\n".join([message.text, *addresses])


def _part(console: Console, message: Message) -> Part:
    answer = console.knowledge.answers.get(message.intent or "")
    version = _version(console, answer, message) if message.kind == "answer" else ""
    return Part(
        tone=_tone(message),
        title=_title(message, answer),
        version=version,
        text=message.text,
        quotations=tuple(_quotations(console, message)),
        note=message.kind == "notice",
    )


def _tone(message: Message) -> Tone:
    if message.kind in ("urgent", "answer", "clarify"):
        return message.kind
    if message.intent in NOTHING:
        return "nothing"
    return "decline" if message.kind == "decline" else "other"


def _title(message: Message, answer: Answer | None) -> str:
    if message.kind == "answer" and answer is not None:
        return answer.general.question
    name = (message.intent or "").rpartition("/")[2].replace("_", " ")
    return name.capitalize() if message.kind == "decline" else ""


def _version(console: Console, answer: Answer | None, message: Message) -> str:
    """Return whose version it is, where there are two that differ."""
    if answer is None or answer.knee is None or answer.knee.says == answer.general.says:
        return ""
    quoted = [citation.quote for citation in message.citations]
    knee = quoted == [quote.text for quote in answer.knee.says]
    return console.texts["label.for_knee" if knee else "label.in_general"].text


def _quotations(console: Console, message: Message) -> Iterator[Quotation]:
    by_address: dict[str, list[str]] = {}
    for citation in message.citations:
        by_address.setdefault(citation.url, []).append(citation.quote)
    of = {citation.url: citation for citation in message.citations}
    for url, texts in by_address.items():
        yield Quotation(
            texts=tuple(texts),
            document=_document(console.knowledge, of[url].document),
            heading=of[url].title,
            path=url.removeprefix(console.public_url),
        )


def _document(knowledge: Knowledge, slug: str) -> str:
    document = knowledge.documents.get(slug)
    return document.title if document else slug


def _sure(message: Message) -> str:
    """Return in words how sure the assistant is of what was asked, where it answers that."""
    sure = message.confidence
    if sure is None or message.kind not in ("answer", "decline"):
        return ""
    if sure >= QUITE:
        return "Quite sure that this is what was asked"
    return (
        "Fairly sure that this is what was asked"
        if sure >= FAIRLY
        else "Not sure that this is what was asked: check it with the caller"
    )


def _following(console: Console, messages: Sequence[Message]) -> Iterator[Choice]:
    """Yield what the reply offers to be asked next, or to choose from."""
    for suggestion in messages[0].suggestions:
        ask = read_ask(suggestion.payload)
        if ask is not None and ask.answer in console.knowledge.answers:
            yield Choice(suggestion.payload, suggestion.label, answered=True)
