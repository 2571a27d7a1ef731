"""What browsers are told to refuse on our pages."""

from aiohttp import web

from bot.web.site import SITE

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Set the headers that a response hasn't set itself, and who may read it."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    # Instead of the versions of Python and aiohttp.
    response.headers["Server"] = "Candor"
    if request.path.startswith("/static/") or request.path == "/widget.js":
        # The widget's files are loaded by the pages of other sites, too.
        response.headers["Access-Control-Allow-Origin"] = "*"
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
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
