"""All questions with their answers on one page, for people and for search engines."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.knowledge import (
    Answer,
    Knowledge,
    Quote,
    Reply,
    Texts,
    by_section,
    named_sources,
    passages_path,
)
from bot.web.files import send_file
from bot.web.site import SITE, Site


@dataclass(frozen=True, slots=True)
class Source:
    """Where quotations of one section stand, and the path that highlights them."""

    heading: str
    document: str
    path: str


@dataclass(frozen=True, slots=True)
class Quoted:
    """Quotations as one text, and their sources; False when nothing is quoted."""

    text: str
    sources: tuple[Source, ...]

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Version:
    """An answer in general or for the knee: what is said at once, and what more there is."""

    question: str
    says: Quoted
    more: Quoted


@dataclass(frozen=True, slots=True)
class ShownAnswer:
    """A question on the page; `knee` is there when other words are quoted for the knee."""

    anchor: str
    general: Version
    knee: Version | None
    note: str


@dataclass(frozen=True, slots=True)
class ShownTopic:
    """A topic with its questions."""

    anchor: str
    title: str
    answers: tuple[ShownAnswer, ...]


async def show_faq(request: web.Request) -> web.Response:
    """Show every question with its answer, by topic."""
    site = request.app[SITE]
    return send_file(request, site.lasting_page("faq.html", lambda: _content(site)))


def _content(site: Site) -> dict[str, object]:
    url = f"{site.settings.public_url}/faq"
    return {
        "url": url,
        "topics": topics_of(site.knowledge, site.texts),
        "documents": site.knowledge.documents.values(),
        "count": len(site.knowledge.answers),
        "for_knee": site.texts["label.for_knee"].text,
        "data": structured(site.knowledge, site.texts, url),
    }


def topics_of(knowledge: Knowledge, texts: Texts) -> tuple[ShownTopic, ...]:
    """Return the topics in their order with everything that the page shows of them."""
    return tuple(
        ShownTopic(
            anchor=f"topic-{topic.id}",
            title=topic.title,
            answers=tuple(_shown(knowledge, texts, answer) for answer in answers),
        )
        for topic, answers in knowledge.by_topic().items()
    )


def structured(knowledge: Knowledge, texts: Texts, url: str) -> dict[str, object]:
    """Return the page as schema.org's FAQPage; `url` is the page's own address."""
    questions = [
        {
            "@type": "Question",
            "name": answer.general.question,
            "url": f"{url}#{anchor_of(answer)}",
            "acceptedAnswer": {"@type": "Answer", "text": _plain_answer(knowledge, texts, answer)},
        }
        for answers in knowledge.by_topic().values()
        for answer in answers
    ]
    return {"@context": "https://schema.org", "@type": "FAQPage", "mainEntity": questions}


def anchor_of(answer: Answer) -> str:
    """Return the name by which links reach an answer on the page."""
    return answer.id.replace("_", "-")


def _plain_answer(knowledge: Knowledge, texts: Texts, answer: Answer) -> str:
    quotes = answer.general.says
    source = f"{texts['label.source'].text}: {named_sources(knowledge, quotes)}"
    paragraphs = [*(one.text for one in quotes), source, _note(texts, answer)]
    return "\n\n".join(filter(None, paragraphs))


def _shown(knowledge: Knowledge, texts: Texts, answer: Answer) -> ShownAnswer:
    general, knee = answer.general, answer.knee
    # Where the knee's version quotes the same, it would only be read twice.
    same = knee is None or (knee.says, knee.more) == (general.says, general.more)
    return ShownAnswer(
        anchor=anchor_of(answer),
        general=_version(knowledge, general),
        knee=None if knee is None or same else _version(knowledge, knee),
        note=_note(texts, answer),
    )


def _note(texts: Texts, answer: Answer) -> str:
    """Return what must be read beside the answer, such as when not to wait."""
    return texts[f"note.{answer.note}"].text if answer.note else ""


def _version(knowledge: Knowledge, reply: Reply) -> Version:
    return Version(reply.question, _quoted(knowledge, reply.says), _quoted(knowledge, reply.more))


def _quoted(knowledge: Knowledge, quotes: Sequence[Quote]) -> Quoted:
    sources = tuple(
        Source(
            heading=knowledge.sections[section].heading,
            document=knowledge.document_of(section).title,
            path=passages_path(together),
        )
        for section, together in by_section(quotes).items()
    )
    return Quoted("\n\n".join(one.text for one in quotes), sources)
