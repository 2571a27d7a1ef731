"""The evaluation's curves as SVG, drawn by matplotlib in the report's own colours."""

import io
from collections.abc import Callable, Sequence
from typing import Any

from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from bot.evaluation.curves import Bin, Point

ACCENT, SOFT = "#0f8a82", "#7a8f8d"
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text, in the page's font
    "svg.hashsalt": "candor",  # the same figures give the same file
    "font.family": "sans-serif",
    "font.size": 10,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "text.color": SOFT,
    "axes.labelcolor": SOFT,
    "axes.edgecolor": SOFT,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
}


def reliability_svg(bins: Sequence[Bin]) -> str:
    """Return the reliability curve: on the dashed line confidences are honest."""

    def draw(axes: Axes) -> None:
        low = min([0.5, *(one.confidence for one in bins), *(one.right for one in bins)])
        axes.plot([low, 1], [low, 1], color=SOFT, linestyle="--", linewidth=1)
        sizes = [18 + one.count for one in bins]
        axes.plot([one.confidence for one in bins], [one.right for one in bins], color=ACCENT)
        axes.scatter(
            [one.confidence for one in bins], [one.right for one in bins], s=sizes, color=ACCENT
        )
        axes.set_xlabel("confidence")
        axes.set_ylabel("share that was right")

    return _svg(draw)


def operating_svg(points: Sequence[Point]) -> str:
    """Return the operating curve: every point is another least confidence."""

    def draw(axes: Axes) -> None:
        axes.plot([one.declined for one in points], [one.answered for one in points], color=ACCENT)
        axes.scatter([points[0].declined], [points[0].answered], s=60, color=ACCENT, zorder=3)
        axes.annotate("now", (points[0].declined, points[0].answered), xytext=(-8, -14),
                      textcoords="offset points", ha="right")  # fmt: skip
        axes.set_xlabel("not covered by the documents, and not answered")
        axes.set_ylabel("answerable, and answered rightly")
        axes.set_xlim(left=min(0.8, points[0].declined - 0.02))
        axes.set_ylim(bottom=0)

    return _svg(draw)


def _svg(draw: Callable[[Axes], None]) -> str:
    with rc_context(STYLE):
        figure = Figure(figsize=(5.2, 3.6), layout="constrained")
        figure.patch.set_alpha(0)
        axes = figure.subplots()
        axes.patch.set_alpha(0)
        draw(axes)
        text = io.StringIO()
        figure.savefig(text, format="svg", transparent=True, metadata={"Date": None})
    svg = text.getvalue()
    return svg[svg.index("<svg") :]
