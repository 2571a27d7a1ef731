"""`candor evaluate`: how well the assistant does on labelled questions, as a table and a page."""

import argparse
import asyncio
import time
from collections.abc import Collection
from pathlib import Path

from bot.cli.explain import explained
from bot.cli.prepared import prepared_settings
from bot.evaluation import (
    LabelError,
    Labelled,
    Scored,
    format_table,
    read_labelled,
    score,
    tally,
    write_report,
)
from bot.evaluation.released import write_released
from bot.evaluation.table import format_misses
from bot.knowledge import load_knowledge
from bot.runtime.private import private_stack
from bot.runtime.questions import ask_all
from bot.runtime.steps import StepFailed, say
from bot.settings import Settings

SAY_EVERY = 50
RELEASED = "released.json"  # beside the questions


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    parser.add_argument("file", type=Path, help="labelled questions, one JSON object a line")
    parser.add_argument(
        "--release", action="store_true", help="keep the figures as the ones to hold from now on"
    )
    parser.add_argument("--misses", action="store_true", help="list every question missed")


def run(options: argparse.Namespace) -> int:
    """Ask every question of the file, print the figures and write the page."""
    settings = prepared_settings()
    questions = read_questions(options.file, load_knowledge(settings.root).sections)
    scored, why = asyncio.run(_ask(settings, questions))
    if options.misses:
        print(format_misses(scored) + "\n")
    print(format_table(tally(scored)))
    page = settings.root / "build" / "evaluation" / f"{options.file.stem}.html"
    write_report(scored, options.file.name, page, why)
    say(f"The report: {page}")
    if options.release:
        write_released(options.file.with_name(RELEASED), options.file.stem, tally(scored))
    return 0


def read_questions(path: Path, sections: Collection[str]) -> list[Labelled]:
    """Return the labelled questions of a file; StepFailed says what is wrong with it."""
    try:
        questions = read_labelled(path.read_text(encoding="utf-8").split("\n"), sections)
    except (OSError, UnicodeError) as error:
        reason = getattr(error, "strerror", None) or "it is not UTF-8 text"
        raise StepFailed(f"{path} can't be read: {reason}") from None
    except LabelError as error:
        raise StepFailed(f"{path}: {error}") from None
    if not questions:
        raise StepFailed(f"{path} holds no question")
    return questions


async def _ask(
    settings: Settings, questions: list[Labelled]
) -> tuple[list[Scored], dict[str, str]]:
    """Return the scores, and why each reply that is wrong was given."""
    scored: list[Scored] = []
    async with private_stack(settings) as stack:
        began = time.monotonic()
        asked = ask_all(stack.conversations, [question.text for question in questions])
        async for _, messages in asked:
            scored.append(score(questions[len(scored)], messages))
            if len(scored) % SAY_EVERY == 0 or len(scored) == len(questions):
                seconds = time.monotonic() - began
                say(f"  {len(scored)} of {len(questions)} asked, {seconds:.0f} s")
        wrong = [one for one in scored if not one.right]
        why = {
            one.question.id: explained(
                await stack.assistant.understand(one.question.text), one.message
            )
            for one in wrong
        }
    return scored, why
