"""How well the assistant does on labelled questions: read, score, table, report."""

from bot.evaluation.questions import LabelError, Labelled, read_labelled
from bot.evaluation.report import write_report
from bot.evaluation.score import Scored, Tally, score, tally
from bot.evaluation.table import format_table

__all__ = [
    "LabelError",
    "Labelled",
    "Scored",
    "Tally",
    "format_table",
    "read_labelled",
    "score",
    "tally",
    "write_report",
]
