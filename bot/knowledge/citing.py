"""Where quotations stand: the address that highlights them, and their source in words."""

from collections.abc import Sequence
from urllib.parse import urlencode

from bot.knowledge.answers import Quote
from bot.knowledge.library import Knowledge


def by_section(quotes: Sequence[Quote]) -> dict[str, list[Quote]]:
    """Return the quotations of each section, the sections in the order of their first one."""
    sections: dict[str, list[Quote]] = {}
    for one in quotes:
        sections.setdefault(one.section, []).append(one)
    return sections


def passages_path(quotes: Sequence[Quote]) -> str:
    """Return the path of the page on which these quotations of one section are highlighted."""
    document, _, anchor = quotes[0].section.partition("#")
    marks = urlencode([("mark", f"{anchor}.{one.first}-{one.last}") for one in quotes])
    return f"/learn/{document}?{marks}#{anchor}"


def named_sources(knowledge: Knowledge, quotes: Sequence[Quote]) -> str:
    """Return the source in words: each document with its sections."""
    named: dict[str, list[str]] = {}
    for section in by_section(quotes):
        headings = named.setdefault(knowledge.document_of(section).title, [])
        headings.append(f"“{knowledge.sections[section].heading}”")
    return "; ".join(f"{title} ({', '.join(headings)})" for title, headings in named.items())
