"""What every page and handler of the website works with."""

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from jinja2 import Environment

from bot.channels.intake import Intake
from bot.channels.whatsapp.channel import WhatsApp
from bot.channels.widget import WidgetSocket
from bot.conversation import Conversations
from bot.knowledge import Knowledge, Texts
from bot.settings import Settings
from bot.store.database import Database
from bot.web.files import File, make_file
from bot.web.metrics import Metrics
from bot.web.words import Words

# Returns None when all is well, else one line that says what is wrong.
Check = Callable[[], Awaitable[str | None]]
# Told of a click: the conversation and the message whose booking link was followed, and the
# reference that the booking page was given, if it takes one.
Clicked = Callable[[str, str, str | None], Awaitable[None]]
# Whether the front desk is open, and until when that is so.
Desk = Callable[[], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Limits:
    """How many messages may come at once, and how many seconds one more takes."""

    address_burst: float = 120
    address_seconds: float = 0.5
    conversation_burst: float = 30
    conversation_seconds: float = 2
    turn_seconds: float = 45


@dataclass(frozen=True, slots=True)
class Site:
    """The website's collaborators; handlers find it in the application under SITE."""

    settings: Settings
    origins: Collection[str]
    conversations: Conversations
    knowledge: Knowledge
    texts: Texts
    checks: Mapping[str, Check]
    clicked: Clicked
    limits: Limits
    metrics: Metrics
    intake: Intake
    socket: WidgetSocket
    templates: Environment
    desk: Desk
    languages: Mapping[str, Words]
    scripts: Mapping[str, File]  # of the widget, by name
    words: Mapping[str, File]  # of the widget, by language
    whatsapp: WhatsApp | None = None
    database: Database | None = None  # where bookings are kept
    chat_link: str = ""  # to the clinic's number on WhatsApp, "" when nobody answers there
    made: dict[str, File] = field(default_factory=dict)  # pages that are the same for everyone

    def page(self, name: str, *, status: int = 200, **content: object) -> web.Response:
        """Return a page made from a template."""
        html = self.templates.get_template(name).render(**content)
        return web.Response(text=html, status=status, content_type="text/html")

    def lasting_page(self, name: str, content: Callable[[], Mapping[str, object]]) -> File:
        """Return a large page that is the same for everyone, made only when it is first shown."""
        if name not in self.made:
            html = self.templates.get_template(name).render(content())
            self.made[name] = make_file("text/html", html)
        return self.made[name]


SITE = web.AppKey("site", Site)
