"""The web application, put together from what it is given; it opens and reads nothing itself."""

from collections.abc import Callable, Mapping
from functools import partial

from aiohttp import web

from bot.channels.intake import Intake
from bot.channels.labels import button_label
from bot.channels.limits import Limiter
from bot.channels.whatsapp.channel import WhatsApp
from bot.channels.widget import WidgetSocket
from bot.channels.widget.origin import origin_of
from bot.conversation import Conversations
from bot.desk.asking import Asking
from bot.desk.gate import Gate
from bot.desk.settings import Office
from bot.knowledge import Knowledge, Texts
from bot.settings import Settings
from bot.store.database import Database
from bot.web.address import address_of
from bot.web.console import add_console
from bot.web.desk import desk_by_hours
from bot.web.errors import answer_errors
from bot.web.files import widget_scripts
from bot.web.metrics import Metrics
from bot.web.routes import ROUTES
from bot.web.security import add_headers, refuse_foreign
from bot.web.site import SITE, Check, Clicked, Desk, Limits, Site
from bot.web.templating import make_templates
from bot.web.to_whatsapp import plain_link
from bot.web.widget import words_files
from bot.web.words import load_languages

# A message of 2,000 characters, each written as JSON's longest escape, and room to spare.
MOST_BODY_BYTES = 128 * 1024


def create_app(
    settings: Settings,
    conversations: Conversations,
    knowledge: Knowledge,
    texts: Texts,
    *,
    checks: Mapping[str, Check],
    clicked: Clicked,
    limits: Limits | None = None,
    desk: Desk | None = None,
    metrics: Metrics | None = None,
    whatsapp: WhatsApp | None = None,
    gate: Gate | None = None,
    database: Database | None = None,
    office: Office | None = None,
    asking: Asking | None = None,
) -> web.Application:
    """Return the website; KnowledgeError when a language's file is wrong.

    /health/ready asks `checks`; `clicked` is told of each booking link that is followed;
    `desk` tells whether the front desk is open, by the opening hours if it isn't given. Without
    `whatsapp` Meta's webhook is not there, without `gate` the front desk's console isn't, and
    without `database` no booking's; `office` lets managers change the settings there.
    `asking` is what the Ask page asks, a plain search if it isn't given.
    """
    site = _site(
        settings,
        conversations,
        knowledge,
        texts,
        checks=checks,
        clicked=clicked,
        limits=limits or Limits(),
        desk=desk or desk_by_hours(settings.clinic),
        metrics=metrics or Metrics(),
        whatsapp=whatsapp,
        database=database,
    )
    return _application(site, gate, office, asking)


def _application(
    site: Site, gate: Gate | None, office: Office | None, asking: Asking | None
) -> web.Application:
    """Return the site's addresses with what every answer goes through."""
    app = web.Application(
        middlewares=[answer_errors, refuse_foreign], client_max_size=MOST_BODY_BYTES
    )
    app[SITE] = site
    app.add_routes(ROUTES)
    if gate is not None:
        add_console(app, gate, office, asking)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(site.socket.close)
    return app


def _site(
    settings: Settings,
    conversations: Conversations,
    knowledge: Knowledge,
    texts: Texts,
    *,
    checks: Mapping[str, Check],
    clicked: Clicked,
    limits: Limits,
    desk: Desk,
    metrics: Metrics,
    whatsapp: WhatsApp | None,
    database: Database | None,
) -> Site:
    label = partial(button_label, knowledge, texts)
    intake = _intake(conversations, label, settings.secret, limits, metrics)
    origins = {origin_of(url) for url in (settings.public_url, *settings.websites)}
    chat_link = plain_link(settings, whatsapp)
    # The widget tells how long a chat is kept on the website, which it knows itself to be on.
    facts = settings.clinic.facts() | {"keep_days": str(settings.clinic.keep_days.widget)}
    languages = load_languages(facts)
    to_whatsapp = chat_link and f"{settings.public_url}/ask/whatsapp"
    return Site(
        settings=settings,
        origins=origins,
        conversations=conversations,
        knowledge=knowledge,
        texts=texts,
        checks=checks,
        clicked=clicked,
        limits=limits,
        metrics=metrics,
        intake=intake,
        socket=WidgetSocket(intake, texts, desk, origins, address_of),
        templates=make_templates(settings.clinic, chat_link),
        desk=desk,
        languages=languages,
        scripts=widget_scripts(),
        words=words_files(settings.clinic, knowledge, texts, languages, to_whatsapp),
        whatsapp=whatsapp,
        chat_link=chat_link,
        database=database,
    )


def _intake(
    conversations: Conversations,
    label: Callable[[str], str | None],
    secret: str,
    limits: Limits,
    metrics: Metrics,
) -> Intake:
    return Intake(
        conversations=conversations,
        secret=secret,
        by_address=Limiter(limits.address_burst, limits.address_seconds),
        by_conversation=Limiter(limits.conversation_burst, limits.conversation_seconds),
        label=label,
        counted=metrics.count,
    )
