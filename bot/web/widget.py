"""What a page with the widget loads: its script and styles, the clinic's words and colours."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from aiohttp import web
from jinja2 import Environment
from rcssmin import cssmin

from bot.knowledge import Knowledge, Texts
from bot.settings.clinic import Clinic
from bot.web.colour import dark_theme, light_theme
from bot.web.files import STATIC, File, make_file, send_file
from bot.web.site import SITE
from bot.web.words import Words, best_language

FACTS = ("name", "phone_link", "email", "emergency_number", "privacy_url", "time_zone")
ACCENT = re.compile(r"#[0-9a-fA-F]{6}")
SCHEMES = ("", "light", "dark")


def words_files(
    clinic: Clinic,
    knowledge: Knowledge,
    texts: Texts,
    languages: Mapping[str, Words],
    whatsapp: str = "",
) -> dict[str, File]:
    """Return the clinic's facts and the widget's words, ready to be sent, by language.

    `whatsapp` is the page on which a conversation is taken along to there, "" without one.
    """
    facts: dict[str, Any] = {name: getattr(clinic, name) for name in FACTS}
    facts["whatsapp"] = whatsapp
    facts["starters"] = _starters(knowledge, texts)
    return {
        tag: make_file(
            "application/json", json.dumps({**facts, "language": tag, "words": dict(words)})
        )
        for tag, words in languages.items()
    }


async def send_script(request: web.Request) -> web.Response:
    """Send the one script that a clinic's page includes."""
    return send_file(request, request.app[SITE].scripts["widget.js"])


async def send_part(request: web.Request) -> web.Response:
    """Send one of the scripts that it loads."""
    file = request.app[SITE].scripts.get(request.match_info["name"])
    if file is None:
        raise web.HTTPNotFound
    return send_file(request, file)


async def send_words(request: web.Request) -> web.Response:
    """Send the clinic's facts and the widget's words in the language nearest to `lang`."""
    words = request.app[SITE].words
    return send_file(request, words[best_language(words, request.query.get("lang", ""))])


async def send_styles(request: web.Request) -> web.Response:
    """Send the widget's styles, in the clinic's colour or the page's, in both schemes or one."""
    site = request.app[SITE]
    accent = request.query.get("accent", site.settings.clinic.accent)
    scheme = request.query.get("scheme", "")
    if not ACCENT.fullmatch(accent) or scheme not in SCHEMES:
        raise web.HTTPNotFound
    return send_file(request, widget_styles(site.templates, accent, scheme))


async def send_tokens(request: web.Request) -> web.Response:
    """Send the design tokens for the site's own pages."""
    site = request.app[SITE]
    css = tokens_css(site.templates, site.settings.clinic.accent)
    return send_file(request, make_file("text/css", css))


@lru_cache(maxsize=32)
def widget_styles(templates: Environment, accent: str, scheme: str = "") -> File:
    """Return the widget's styles, its tokens with them, ready to be sent."""
    tokens = tokens_css(templates, accent, scheme, widget=True)
    styles = (STATIC / "widget" / "widget.css").read_text(encoding="utf-8")
    return make_file("text/css", cssmin(tokens + styles))


def tokens_css(
    templates: Environment, accent: str, scheme: str = "", *, widget: bool = False
) -> str:
    """Return the design tokens as a style sheet, for the widget without those of pages."""
    themes: Mapping[str, object] = {"light": light_theme(accent), "dark": dark_theme(accent)}
    return templates.get_template("tokens.css").render(**themes, scheme=scheme, widget=widget)


def _starters(knowledge: Knowledge, texts: Texts) -> list[dict[str, str]]:
    answers = knowledge.answers
    return [
        {"label": answers[name].general.question, "payload": f"ask:{name}"}
        for name in texts["chat.greet"].next
        if name in answers
    ]
