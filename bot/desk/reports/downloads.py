"""What is downloaded: tables that every spreadsheet opens, and in which nothing is a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

from bot.conversation.measures import BY_ID
from bot.desk.channels import channel_name
from bot.desk.reports.numbers import ASKED
from bot.desk.reports.report import Report

# Spreadsheets take what begins so for a formula, whoever wrote it.
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
# Excel takes a file for UTF-8 only when it begins so.
MARK = "\ufeff"


def days_table(rows: Iterable[Any]) -> str:
    """Return a period's numbers, a line for each day, channel and measure; questions among them."""
    lines: list[tuple[object, ...]] = []
    questions: dict[tuple[str, str], int] = {}
    for row in rows:
        if row.measure in ASKED:
            place = (row.day.isoformat(), row.channel)
            questions[place] = questions.get(place, 0) + row.number
        lines.append((row.day.isoformat(), channel_name(row.channel), row.measure, row.number))
    for (day, channel), number in questions.items():
        lines.append((day, channel_name(channel), "question", number))
    named = [(day, on, BY_ID[what].name, number) for day, on, what, number in sorted(lines)]  # type: ignore[index]
    return table(("Day", "Channel", "Measure", "Number"), named)


def questions_table(report: Report) -> str:
    """Return what was asked in a period, the most frequent first, with what patients made of it."""
    heads = (
        "Question",
        "Topic",
        "What became of it",
        "Number",
        "Found helpful",
        "Found not helpful",
        "Booking pressed",
    )
    rows = (
        (
            row.question,
            row.topic,
            BY_ID[row.measure].name,
            row.number,
            row.helpful,
            row.not_helpful,
            row.pressed,
        )
        for row in report.asked()
    )
    return table(heads, rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table as comma-separated values, with nothing in it that is taken for a formula."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heads)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return MARK + text.getvalue()


def _harmless(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA) else cell
