"""Draws charts with matplotlib, in a process of its own: charts as JSON come in, SVG goes out.

It is run as a file and imports nothing of ours, so that matplotlib's seconds and memory are never
those of the site. Colours are names in disguise, which whoever shows the chart gives a meaning.
"""

import io
import json
import re
import sys
import textwrap
from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.ticker import MaxNLocator

# Colours that nothing else has, and the style sheet's name for each.
INK, SOFT, LINE, PAGE = "#010101", "#010102", "#010103", "#010104"
ACCENT, PALE, URGENT = "#010105", "#010106", "#010107"
NAMES = {
    INK: "ink", SOFT: "ink-soft", LINE: "line", PAGE: "page",
    ACCENT: "accent", PALE: "accent-soft", URGENT: "urgent",
}  # fmt: skip
FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif'
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text
    "svg.hashsalt": "candor",  # the same figures give the same file
    "font.family": "DejaVu Sans",  # which comes with matplotlib, and is the widest of them
    "font.size": 9.5,
    "text.color": INK,
    "axes.labelcolor": SOFT,
    "axes.edgecolor": LINE,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "xtick.color": LINE,
    "xtick.labelcolor": SOFT,
    "ytick.color": LINE,
    "ytick.labelcolor": SOFT,
    "hatch.linewidth": 1.1,
}
# How the parts of a whole are told apart: also without colour, by their pattern.
LOOKS: Sequence[Mapping[str, Any]] = (
    {"facecolor": ACCENT, "edgecolor": PAGE},
    {"facecolor": PALE, "edgecolor": ACCENT, "hatch": "///"},
    {"facecolor": PAGE, "edgecolor": SOFT, "hatch": "..."},
    {"facecolor": URGENT, "edgecolor": PAGE, "hatch": "xxx"},
)
COLUMN_LABELS = 11
HALF, ROW, HEAD = 4.0, 0.27, 0.16  # inches
THICK, KEY = 0.42, 0.05


def columns(chart: Mapping[str, Any]) -> Figure:
    """Draw columns, and the period before as a dashed line with dots."""
    labels, values, before = chart["labels"], chart["values"], chart.get("before")
    figure, axes = _empty(chart["width"], chart["height"])
    places = range(len(values))
    drawn = axes.bar(places, values, width=0.72, color=ACCENT, label=chart["name"])
    if before:
        [line] = axes.plot(
            places, before[: len(values)], color=INK, linewidth=1.1, linestyle=(0, (3, 2)),
            marker="o", markersize=2.6, label=chart["before_name"],
        )  # fmt: skip
        axes.legend(
            handles=[drawn, line], loc="lower left", bbox_to_anchor=(0, 1), ncols=2,
            frameon=False, borderaxespad=0.2, handlelength=1.8, fontsize=9,
        )  # fmt: skip
    most = COLUMN_LABELS if chart["width"] > HALF else 6
    every = -(-len(values) // most)
    axes.set_xticks([*places][::every], labels[::every])
    axes.set_ylim(0, max(1, *values, *(before or ())) * (1.14 if chart.get("numbers") else 1.05))
    axes.tick_params(length=0, pad=4)
    if chart.get("numbers"):
        axes.set_yticks([])
        for place, value in zip(places, values, strict=True):
            axes.annotate(f"{value:,}", (place, value), (0, 3), textcoords="offset points",
                          ha="center", fontweight="bold")  # fmt: skip
    else:
        axes.yaxis.set_major_locator(MaxNLocator(4, integer=True))
        axes.grid(axis="y", color=LINE, linewidth=0.8)
        axes.set_axisbelow(True)
    axes.set_xlim(-0.6, len(values) - 0.4)
    return figure


def parts(chart: Mapping[str, Any]) -> Figure:
    """Draw the parts of a whole as one bar, with the name and number of each below it."""
    rows = chart["rows"]
    figure, axes = _empty(chart["width"], 0.62 + ROW * len(rows))
    whole, left = sum(number for _, number in rows), 0.0
    axes.set_axis_off()
    axes.set_xlim(0, 1)
    axes.set_ylim(-0.8 * len(rows) - 0.25, 1)
    for place, ((name, number), look) in enumerate(zip(rows, LOOKS, strict=False)):
        part = number / whole if whole else 0.0
        if part:
            axes.barh(0.5, part, left=left, height=0.9, linewidth=0.8, **look)
        left += part
        y = -0.55 - 0.8 * place
        axes.barh(y, KEY, height=0.42, linewidth=0.8, **look)
        axes.text(KEY + 0.02, y, name, va="center")
        axes.text(0.76, y, f"{number:,}", va="center", ha="right", fontweight="bold")
        axes.text(1, y, f"{100 * part:.0f}%", va="center", ha="right")
    return figure


def bars(chart: Mapping[str, Any]) -> Figure:
    """Draw bars that lie, each with its name above it and its number at its end."""
    wrapped = [(textwrap.wrap(name, 48) or [""], number) for name, number in chart["rows"]]
    height = sum(ROW * len(lines) * 0.72 + ROW for lines, _ in wrapped) + HEAD
    figure, axes = _empty(chart["width"], height)
    axes.set_axis_off()
    most = max((number for _, number in chart["rows"]), default=0) or 1
    y = 0.0
    for lines, number in wrapped:
        y -= ROW * 0.72 * len(lines)
        axes.text(0, y + 0.03, "\n".join(lines), va="bottom", linespacing=1.15)
        axes.barh(y - ROW * 0.3, number, height=ROW * THICK, color=ACCENT)
        axes.annotate(f"{number:,}", (number, y - ROW * 0.3), (4, 0), textcoords="offset points",
                      va="center", fontweight="bold")  # fmt: skip
        y -= ROW
    axes.set_xlim(0, most * 1.12)
    axes.set_ylim(y, 0.02)
    return figure


def _empty(width: float, height: float) -> tuple[Figure, Axes]:
    layout = ConstrainedLayoutEngine(w_pad=0.01, h_pad=0.02)
    figure = Figure(figsize=(width, height), layout=layout)
    figure.patch.set_alpha(0)
    axes = figure.subplots()
    axes.patch.set_alpha(0)
    return figure, axes


KINDS = {"columns": columns, "parts": parts, "bars": bars}


def svg_of(chart: Mapping[str, Any]) -> str:
    """Return a chart as SVG: with its title and what it shows, in colours by name."""
    with rc_context(STYLE):
        figure = KINDS[chart["kind"]](chart)
        text = io.StringIO()
        figure.savefig(text, format="svg", transparent=True, metadata={"Date": None})
    drawn = text.getvalue()
    drawn = drawn[drawn.index("<svg") :]
    drawn = re.sub(r"<metadata>.*?</metadata>", "", drawn, flags=re.DOTALL)
    for colour, name in NAMES.items():
        drawn = drawn.replace(colour, f"var(--{name})")
    drawn = drawn.replace("'DejaVu Sans'", FONT.replace('"', "'"))
    title, about = escape(chart["title"]), escape(chart["about"])
    words = f'role="img" aria-labelledby="title about"><title id="title">{title}</title>'
    head, _, rest = drawn.partition(">")
    return f'{head} {words}<desc id="about">{about}</desc>{rest}'


if __name__ == "__main__":
    wanted = json.load(sys.stdin)
    json.dump({name: svg_of(chart) for name, chart in wanted.items()}, sys.stdout)
