"""The addresses in a message: where quotations stand, where to book, where the picture is."""

import re
from collections.abc import Sequence

from bot.channels.whatsapp.markup import guarded
from bot.conversation.message import Citation, Figure

LINK = re.compile(r"https?://[^\s/]\S*", re.I)
PICTURE = re.compile(r"(?P<place>https://[^\s/?#][^\s?#]*)\.svg(?P<day>\?[^\s#]*|)")


def is_link(url: str) -> bool:
    """Return whether WhatsApp makes the address a link: only those of the web."""
    return LINK.fullmatch(url) is not None


def source_lines(citations: Sequence[Citation], text: str) -> tuple[list[str], list[str]]:
    """Return the lines that lead to the sources, in full and in short.

    In short it is one address a document, which highlights the passages of all its sections. In
    full there is one for each section, with its name; where the text names them all already, it
    isn't said twice, and the short lines are all there is.
    """
    titles = {one.url: one.title for one in reversed(citations) if is_link(one.url)}
    urls = list(dict.fromkeys(one.url for one in citations if one.url in titles))
    short = _by_document(urls)
    if all(f"“{titles[url]}”" in text for url in urls):
        return short, short
    return [f"“{guarded(' '.join(titles[url].split()))}”: {url}" for url in urls], short


def _by_document(urls: Sequence[str]) -> list[str]:
    """Join the addresses of one page: its marks together, and the place of the first one."""
    pages: dict[str, list[str]] = {}
    for url in urls:
        page, _, place = url.partition("#")
        path, _, marks = page.partition("?")
        joined = pages.setdefault(path, ["", place])
        joined[0] = "&".join(filter(None, (joined[0], marks)))
    return [
        path + (f"?{marks}" if marks else "") + (f"#{place}" if place else "")
        for path, (marks, place) in pages.items()
    ]


def unmarked(url: str) -> str:
    """Return where a section stands, without the passages to highlight."""
    page, _, place = url.partition("#")
    return page.partition("?")[0] + (f"#{place}" if place else "")


def picture_url(figure: Figure | None) -> str | None:
    """Return where the figure stands as PNG; None when Graph couldn't fetch it.

    It fetches from https alone, and shows no SVG.
    """
    found = PICTURE.fullmatch(figure.url) if figure else None
    return f"{found['place']}.png{found['day']}" if found else None
