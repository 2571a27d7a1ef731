"""The templates, with everything in them escaped and the clinic at hand."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from bot.settings.clinic import Clinic
from bot.web.colour import dark_theme, light_theme

TEMPLATES = Path(__file__).parent / "templates"


def make_templates(clinic: Clinic, chat_link: str = "") -> Environment:
    """Return the templates' environment for this clinic, with the link to it on WhatsApp."""
    templates = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.globals.update(
        clinic=clinic,
        chat_link=chat_link,
        light=light_theme(clinic.accent),
        dark=dark_theme(clinic.accent),
    )
    templates.filters.update(day=written_day, blocks=blocks)
    return templates


def written_day(day: date) -> str:
    """Return a date as people write it: 16 November 2026."""
    return f"{day.day} {day:%B %Y}"


def blocks(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield a message's paragraphs ("text") and lists ("list"), each with its lines."""
    for paragraph in text.split("\n\n"):
        lines = [line for line in paragraph.splitlines() if line.strip()]
        for is_list, group in groupby(lines, lambda line: line.startswith("- ")):
            yield (
                "list" if is_list else "text",
                [line.removeprefix("- ") if is_list else line for line in group],
            )
