"""The one place where what went wrong becomes an answer."""

import logging
import time
from collections.abc import Mapping

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.channels.refusal import MISHAPS, Refused, refusal_of
from bot.conversation.mishap import mishap
from bot.web.site import SITE, Site

log = logging.getLogger(__name__)
WORDS = {
    403: ("not_allowed", "This is not allowed from here."),
    404: ("not_found", "There is no page at this address."),
    405: ("wrong_method", "This address doesn't answer that kind of request."),
    413: ("too_large", "That is more than can be read at once. Please send less."),
}
BROKEN = ("broken", "Something went wrong here. Please try again in a moment.")


@web.middleware
async def answer_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer every error with fitting words, as JSON or as a page, and count each request."""
    began = time.perf_counter()
    site = request.app[SITE]
    try:
        response = await handler(request)
    except (Refused, *MISHAPS) as error:
        refused = error if isinstance(error, Refused) else refusal_of(error)
        site.metrics.count("candor_refusals_total", refused.code)
        after = {"Retry-After": str(refused.retry_after)} if refused.retry_after else {}
        response = _error(request, site, refused.status, refused.code, refused.message, after)
    except web.HTTPException as error:
        if error.status < 400:
            raise
        code, words = WORDS.get(error.status, ("refused", error.reason))
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else {}
        response = _error(request, site, error.status, code, words, allow)
    except Exception as error:
        log.error("%s in %s", mishap(error), _route(request))
        response = _error(request, site, 500, *BROKEN, {})
    site.metrics.count(
        "candor_requests_total", _route(request), request.method, str(response.status)
    )
    if not isinstance(response, web.WebSocketResponse):
        site.metrics.took(time.perf_counter() - began)
    return response


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unmatched"


def _error(
    request: web.Request,
    site: Site,
    status: int,
    code: str,
    words: str,
    headers: Mapping[str, str],
) -> web.Response:
    response: web.Response
    if request.path.startswith(("/api/", "/ws", "/health/", "/static/")):
        error = {"error": {"code": code, "message": words}}
        response = web.json_response(error, status=status)
    else:
        response = site.page("error.html", status=status, words=words)
    response.headers.update(headers)
    return response
