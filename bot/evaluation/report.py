"""The evaluation as a page: figures first, then every question that went wrong."""

import os
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from jinja2 import Environment, PackageLoader

from bot.conversation.message import KINDS
from bot.evaluation.score import Scored, tally
from bot.evaluation.table import told


def write_report(scored: Sequence[Scored], source: str, path: Path) -> None:
    """Write the report to `path` as one HTML file that needs nothing else."""
    page = Environment(
        loader=PackageLoader("bot.evaluation", "templates"), autoescape=True, trim_blocks=True
    ).get_template("report.html")
    misses = [one for one in scored if not one.right]
    text = page.render(
        source=source,
        made=datetime.now(UTC),
        questions=len(scored),
        tallies=[one for one in tally(scored) if one.total],
        misses=sorted(misses, key=lambda one: (one.question.expect, told(one))),
        told=told,
        kinds=_kinds(scored),
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(text, encoding="utf-8")
    os.replace(unfinished, path)


def _kinds(scored: Sequence[Scored]) -> list[tuple[str, list[int]]]:
    """Return, for each expected kind, how often each kind of message came."""
    counted = Counter((one.question.expect, one.message.kind) for one in scored)
    expected = [kind for kind in KINDS if any(pair[0] == kind for pair in counted)]
    return [(kind, [counted[kind, got] for got in KINDS[1:]]) for kind in expected]
