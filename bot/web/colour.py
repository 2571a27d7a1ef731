"""The accent's family of colours, moved until every text on them can be read."""

# https://www.w3.org/TR/WCAG22/#contrast-minimum
READABLE = 4.5
LIGHT_PAGE = "#ffffff"
DARK_PAGE, DARK_RAISED = "#0e1414", "#182121"


def luminance(colour: str) -> float:
    """Return the relative luminance of a `#rrggbb` colour, 0 (black) to 1 (white)."""
    parts = [channel / 255 for channel in _channels(colour)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 (the same) to 21 (black on white)."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def mix(colour: str, other: str, share: float) -> str:
    """Return `colour` with this share (0 to 1) of the other colour in it."""
    pairs = zip(_channels(colour), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def readable(colour: str, *backgrounds: str, towards: str) -> str:
    """Return the colour, moved towards another until it reads well on every background."""
    for step in range(51):
        moved = mix(colour, towards, step / 50)
        if all(contrast(moved, background) >= READABLE for background in backgrounds):
            return moved
    return towards


def light_theme(accent: str) -> dict[str, str]:
    """Return the accent's colours on a light page."""
    soft = mix(accent, LIGHT_PAGE, 0.93)
    fill = readable(accent, LIGHT_PAGE, towards="#000000")
    return {
        "accent": fill,
        "accent-hover": mix(fill, "#000000", 0.18),
        "on-accent": "#ffffff",
        "accent-ink": readable(accent, LIGHT_PAGE, soft, towards="#000000"),
        "accent-soft": soft,
        "accent-line": mix(accent, LIGHT_PAGE, 0.72),
        "accent-mark": mix(accent, LIGHT_PAGE, 0.82),
    }


def dark_theme(accent: str) -> dict[str, str]:
    """Return the accent's colours on a dark page."""
    soft = mix(accent, DARK_RAISED, 0.82)
    fill = readable(mix(accent, "#ffffff", 0.3), DARK_PAGE, DARK_RAISED, towards="#ffffff")
    return {
        "accent": fill,
        "accent-hover": mix(fill, "#ffffff", 0.22),
        "on-accent": readable(mix(accent, "#000000", 0.85), fill, towards="#000000"),
        "accent-ink": readable(fill, DARK_PAGE, DARK_RAISED, soft, towards="#ffffff"),
        "accent-soft": soft,
        "accent-line": mix(accent, DARK_RAISED, 0.55),
        "accent-mark": mix(accent, DARK_RAISED, 0.5),
    }


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour.removeprefix("#")))
