"""The evaluation as a page: figures first, then curves, then every question that went wrong."""

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader

from bot.conversation.message import KINDS
from bot.evaluation.charts import operating_svg, reliability_svg
from bot.evaluation.curves import calibration_error, operating, reliability
from bot.evaluation.interval import interval
from bot.evaluation.score import Scored, tally
from bot.evaluation.table import told

MOST_CONFUSED = 25


def write_report(
    scored: Sequence[Scored], source: str, path: Path, why: Mapping[str, str] | None = None
) -> None:
    """Write the report to `path` as one HTML file that needs nothing else.

    `why` explains the replies to the questions that went wrong, by the questions' ids.
    """
    page = Environment(
        loader=PackageLoader("bot.evaluation", "templates"), autoescape=True, trim_blocks=True
    ).get_template("report.html")
    misses = [one for one in scored if not one.right]
    bins = reliability(scored)
    text = page.render(
        source=source,
        made=datetime.now(UTC),
        questions=len(scored),
        tallies=[(one, interval(one.hits, one.total)) for one in tally(scored) if one.total],
        misses=sorted(misses, key=lambda one: (one.question.expect, told(one))),
        told=told,
        kinds=_kinds(scored),
        confused=_confused(misses),
        bins=bins,
        calibration_error=calibration_error(bins),
        reliability_svg=reliability_svg(bins) if bins else "",
        operating_svg=operating_svg(operating(scored)),
        why=why or {},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)


def _kinds(scored: Sequence[Scored]) -> list[tuple[str, list[int]]]:
    """Return, for each expected kind, how often each kind of message came."""
    counted = Counter((one.question.expect, one.message.kind) for one in scored)
    expected = [kind for kind in KINDS if any(pair[0] == kind for pair in counted)]
    return [(kind, [counted[kind, got] for got in KINDS[2:]]) for kind in expected]


def _confused(misses: Sequence[Scored]) -> list[tuple[str, str, int]]:
    """Return what was wanted, what came instead, and how often, most often first."""
    counted = Counter((_wanted(one), told(one)) for one in misses)
    return [(*pair, count) for pair, count in counted.most_common(MOST_CONFUSED)]


def _wanted(one: Scored) -> str:
    sections = sorted(one.question.sections)
    return sections[0] if sections else one.question.expect
