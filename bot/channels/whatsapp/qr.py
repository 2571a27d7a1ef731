"""Draws a link as a QR code: for a page, for print, for a terminal."""

from io import BytesIO, StringIO

import segno

QUIET = 4  # modules of light around it, without which cameras don't find it
PNG_SCALE = 20  # pixels of a module: sharp on a sign of the size of a hand
# Its own colours, because a code in reverse isn't read by every camera.
LIGHT_ON_DARK, PLAIN = "\x1b[97;40m", "\x1b[0m"


def qr_svg(link: str) -> str:
    """Return the code as an SVG element without a size: black on a white ground of its own."""
    out = BytesIO()
    _code(link).save(
        out,
        kind="svg",
        border=QUIET,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgclass=None,
        lineclass=None,
        omitsize=True,
        nl=False,
    )
    return out.getvalue().decode()


def qr_png(link: str) -> bytes:
    """Return the code as a PNG file, large enough for a printed sign."""
    out = BytesIO()
    _code(link).save(out, kind="png", border=QUIET, scale=PNG_SCALE)
    return out.getvalue()


def qr_lines(link: str) -> list[str]:
    """Return the code as lines for a terminal that knows colours, two rows of it in each."""
    out = StringIO()
    _code(link).terminal(out, border=QUIET, compact=True)
    return [f"{LIGHT_ON_DARK}{line}{PLAIN}" for line in out.getvalue().splitlines()]


def _code(link: str) -> segno.QRCode:
    # M: a sign may lose a corner to a thumb-tack.
    return segno.make_qr(link, error="m")
