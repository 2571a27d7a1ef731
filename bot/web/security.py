"""What browsers are told to refuse on our pages."""

from aiohttp import web
from aiohttp.typedefs import Handler

from bot.channels.widget.origin import is_allowed
from bot.desk.guard import is_desk
from bot.web.site import SITE

OWN_ORIGIN = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
POLICY = "; ".join((*OWN_ORIGIN, "require-trusted-types-for 'script'"))
# htmx puts the parts of pages that it fetches in place as text.
DESK_POLICY = "; ".join(OWN_ORIGIN)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Changes nothing without a conversation's token, and the widget opens it from pages whose policy
# for referrers may hide where they are.
FROM_ANYWHERE = ("/ask/whatsapp",)


@web.middleware
async def refuse_foreign(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse what the pages of other people's sites ask or post; tell our own that they may."""
    is_api = request.path.startswith("/api/")
    origin = request.headers.get("Origin")
    guarded = is_api or (request.method == "POST" and request.path not in FROM_ANYWHERE)
    if guarded and not is_allowed(origin, request.host, request.app[SITE].origins):
        raise web.HTTPForbidden
    if is_api and request.method == "OPTIONS":
        return web.Response(status=204)
    return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Set the headers that a response hasn't set itself, and who may read it."""
    if is_desk(request.path):
        response.headers.setdefault("Content-Security-Policy", DESK_POLICY)
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Instead of the versions of Python and aiohttp.
    response.headers["Server"] = "Candor"
    if request.path.startswith(("/static/", "/widget")):
        # The widget's files are loaded by the pages of other sites, too, however strict these are.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        response.headers.setdefault("Cache-Control", "no-cache")
    else:
        response.headers.setdefault("Cache-Control", "no-store")
    if request.path.startswith("/api/"):
        _let_websites_in(request, response)


def _let_websites_in(request: web.Request, response: web.StreamResponse) -> None:
    """Let the pages of the clinic's own websites read the answer, as the widget there must."""
    origin = request.headers.get("Origin", "")
    response.headers["Vary"] = "Origin"
    if origin.lower() in request.app[SITE].origins:
        response.headers["Access-Control-Allow-Origin"] = origin
        response.headers["Access-Control-Allow-Headers"] = "Authorization, Content-Type"
        response.headers["Access-Control-Allow-Methods"] = "GET, POST, DELETE"
        # A day without asking again whether this may be asked.
        response.headers["Access-Control-Max-Age"] = "86400"
