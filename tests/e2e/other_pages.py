"""Pages of another website that show the widget."""

from collections.abc import Mapping

from aiohttp import web

from tests.e2e.conftest import Serve
from tests.web.clinic_site import ROOT


def readme_tag(host: str) -> str:
    """The tag as the README gives it."""
    [line] = [
        line for line in (ROOT / "README.md").read_text().splitlines() if "/widget.js" in line
    ]
    return line.strip(" `").replace("https://YOUR-HOST", host)


async def serve_page(serve: Serve, html: str, headers: Mapping[str, str] | None = None) -> str:
    """Serve one page under another origin than the clinic's; return its address."""

    async def show(_request: web.Request) -> web.Response:
        page = f"<!doctype html><html lang=en><title>A clinic</title>{html}"
        return web.Response(text=page, content_type="text/html", headers=headers)

    app = web.Application()

    async def no_icon(_request: web.Request) -> web.Response:
        return web.Response(status=204)

    app.add_routes([web.get("/", show), web.get("/favicon.ico", no_icon)])
    # Another name of the same machine is another origin.
    return f"http://localhost:{(await serve(app)).port}"
