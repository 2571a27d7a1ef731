"""The widget's files as they travel: made once at the start, small, and known by their tag."""

import gzip
import hashlib
import re
from dataclasses import dataclass
from pathlib import Path

from aiohttp import web
from rjsmin import jsmin

STATIC = Path(__file__).parent / "static"
# Wanted, and not with the weight 0.
GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class File:
    """A text to be sent, plain or compressed, and the tag that changes with it."""

    content_type: str
    plain: bytes
    compressed: bytes
    tag: str


def make_file(content_type: str, text: str) -> File:
    """Return the text ready to be sent."""
    plain = text.encode()
    tag = f'"{hashlib.sha256(plain).hexdigest()[:20]}"'
    return File(content_type, plain, gzip.compress(plain, 9, mtime=0), tag)


def widget_scripts() -> dict[str, File]:
    """Return the widget's scripts by name, without what only their readers need."""
    return {
        path.name: make_file("text/javascript", jsmin(path.read_text(encoding="utf-8")))
        for path in (STATIC / "widget.js", *sorted((STATIC / "widget").glob("*.js")))
    }


def send_file(request: web.Request, file: File) -> web.Response:
    """Return the file, or word that the browser has it already."""
    # Weak: the compressed and the plain form are the same file.
    headers = {"ETag": f"W/{file.tag}", "Vary": "Accept-Encoding", "Cache-Control": "no-cache"}
    known = request.headers.get("If-None-Match", "")
    if file.tag in known or known.strip() == "*":
        return web.Response(status=304, headers=headers)
    body = file.plain
    if GZIP.search(request.headers.get("Accept-Encoding", "")):
        body, headers["Content-Encoding"] = file.compressed, "gzip"
    headers["Content-Type"] = f"{file.content_type}; charset=utf-8"
    return web.Response(body=body, headers=headers)
