"""The articles, with the passages that an answer quoted made visible."""

import re
from collections.abc import Iterable

from aiohttp import web

from bot.knowledge import Document, Section
from bot.web.article import Span, render_section
from bot.web.site import SITE

MARK = re.compile(r"(?P<section>[a-z0-9-]+)\.(?P<first>\d{1,4})(-(?P<last>\d{1,4}))?")


async def list_documents(request: web.Request) -> web.Response:
    """List every article with the date of its last review."""
    site = request.app[SITE]
    return site.page("learn.html", documents=site.knowledge.documents.values())


async def show_document(request: web.Request) -> web.Response:
    """Show one article; each `mark=<section>.<first>-<last>` highlights passages."""
    site = request.app[SITE]
    document = site.knowledge.documents.get(request.match_info["document"])
    if document is None:
        raise web.HTTPNotFound
    marks = read_marks(request.query.getall("mark", []))
    html = {
        section.anchor: render_section(section, marks.get(section.anchor, ()))
        for section in document.sections
    }
    marked = _first_marked(document, marks)
    return site.page("article.html", document=document, html=html, marked=marked)


def read_marks(texts: Iterable[str]) -> dict[str, list[Span]]:
    """Return the passages to highlight by section; what can't be read is left out."""
    marks: dict[str, list[Span]] = {}
    for text in texts:
        if match := MARK.fullmatch(text):
            first = int(match["first"])
            span = Span(first, int(match["last"] or first))
            if 1 <= span.first <= span.last:
                marks.setdefault(match["section"], []).append(span)
    return marks


def _first_marked(document: Document, marks: dict[str, list[Span]]) -> Section | None:
    """Return the section of the first highlighted passage, if there is one."""
    for section in document.sections:
        spans = marks.get(section.anchor, ())
        if any(span.first <= len(section.passages) for span in spans):
            return section
    return None
