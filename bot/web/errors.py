"""The one place where what went wrong becomes an answer."""

import logging
import time
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.channels.refusal import MISHAPS, Refused, refusal_of
from bot.conversation.mishap import mishap
from bot.desk.guard import is_desk
from bot.web.site import SITE, Site

log = logging.getLogger(__name__)
# Where programs ask, who are told in JSON.
JSON = ("/api/", "/ws", "/whatsapp", "/booking/", "/health/", "/static/")
CODES = {403: "not_allowed", 404: "not_found", 405: "wrong_method", 413: "too_large"}


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every error with fitting words, as JSON or as a page, and count each request."""
    began = time.perf_counter()
    site = request.app[SITE]
    try:
        response = await handler(request)
    except MISHAPS as error:
        refused = refusal_of(error)
        site.metrics.count("candor_refusals_total", refused.code)
        log.info("refused in %s: %s", _route(request), refused.code)
        after = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
        if refused.status == 401:
            after["WWW-Authenticate"] = "Bearer"
        response = _error(request, site, refused, after)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        code = CODES.get(error.status)
        if error.status == 403:
            log.info("refused in %s: a foreign origin", _route(request))
        refused = Refused(error.status, code or "refused", "" if code else error.reason)
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        response = _error(request, site, refused, allow)
    except Exception as error:
        log.error("%s in %s", mishap(error), _route(request))
        response = _error(request, site, Refused(500, "broken"), {})
    site.metrics.count(
        "candor_requests_total", _route(request), request.method, str(response.status)
    )
    if not _is_open_line(response):
        site.metrics.took(time.perf_counter() - began)
    return response


def _is_open_line(response: web.StreamResponse) -> bool:
    """Tell whether it lasted as long as a page was open, which says nothing of how quick we are."""
    is_stream = response.content_type == "text/event-stream"
    return is_stream or isinstance(response, web.WebSocketResponse)


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unmatched"


def _error(
    request: web.Request, site: Site, refused: Refused, headers: Mapping[str, str]
) -> web.Response:
    response: web.Response
    if request.path.startswith(JSON):
        error = {"error": refused.to_dict(site.texts)}
        response = web.json_response(error, status=refused.status)
    else:
        words = refused.words(site.texts)
        name = "desk/error.html" if is_desk(request.path) else "error.html"
        response = site.page(name, status=refused.status, words=words)
    response.headers.update(headers)
    return response
