"""The web application, put together from what it is given; it opens and reads nothing itself."""

from collections.abc import Callable, Mapping
from functools import partial

from aiohttp import web

from bot.channels.intake import Intake
from bot.channels.labels import button_label
from bot.channels.limits import Limiter
from bot.channels.widget import WidgetSocket
from bot.channels.widget.origin import origin_of
from bot.conversation import Conversations
from bot.knowledge import Knowledge, Texts
from bot.settings import Settings
from bot.web.address import address_of
from bot.web.errors import answer_errors
from bot.web.metrics import Metrics
from bot.web.routes import ROUTES
from bot.web.security import add_headers
from bot.web.site import SITE, Check, Clicked, Limits, Site
from bot.web.templating import make_templates

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
) -> web.Application:
    """Return the website.

    /health/ready asks `checks`; `clicked` is told the value of each booking link that is followed.
    """
    limits = limits or Limits()
    metrics = Metrics()
    label = partial(button_label, knowledge, texts)
    intake = _intake(conversations, label, settings.secret, limits, metrics)
    origins = {origin_of(url) for url in (settings.public_url, *settings.websites)}
    socket = WidgetSocket(intake, texts, origins, address_of)
    app = web.Application(middlewares=[answer_errors], client_max_size=MOST_BODY_BYTES)
    app[SITE] = Site(
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
        socket=socket,
        templates=make_templates(settings.clinic),
    )
    app.add_routes(ROUTES)
    app.on_response_prepare.append(add_headers)
    app.on_shutdown.append(socket.close)
    return app


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
