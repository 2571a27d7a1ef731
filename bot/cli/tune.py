"""`candor tune`: choose how sure the assistant must be, from labelled questions."""

import argparse
import asyncio
from pathlib import Path

from actions.clarifying import clarify
from actions.context import Context
from actions.heard import read_reading
from actions.server import ACTIONS, reply
from actions.service import call_back
from bot.cli.evaluate import read_questions
from bot.cli.prepared import prepared_settings
from bot.evaluation import Labelled, score
from bot.evaluation.tuning import CLASSES, Tried, Tuned, rewritten, tune
from bot.knowledge import load_knowledge
from bot.runtime.private import private_stack
from bot.runtime.stack import Stack
from bot.runtime.steps import say
from bot.settings import Settings

FALLBACK = "nlu_fallback"
# Where the action isn't called as the intent is.
ACTION_OF = {
    "ask_why": "action_why",
    "ask_source": "action_source",
    "ask_about": "action_about",
    "affirm": "action_accept",
    "deny": "action_refuse",
}


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    parser.add_argument(
        "file", type=Path, nargs="+", help="labelled questions that may be tuned on"
    )
    parser.add_argument("--write", action="store_true", help="write the numbers to data/gates.yml")


def run(options: argparse.Namespace) -> int:
    """Read every question with the gates open and shut, and tell the numbers that serve best."""
    settings = prepared_settings()
    sections = load_knowledge(settings.root).sections
    questions = [one for path in options.file for one in read_questions(path, sections)]
    tuned = tune(asyncio.run(_try(settings, questions)))
    print(_told(tuned, len(questions)))
    if options.write:
        path = settings.root / "data" / "gates.yml"
        numbers = (*tuned.weights.items(), *tuned.least.items())
        path.write_text(rewritten(path.read_text(encoding="utf-8"), numbers), encoding="utf-8")
        say("data/gates.yml is written; `candor train` keeps it with the model.")
    return 0


async def _try(settings: Settings, questions: list[Labelled]) -> list[Tried]:
    async with private_stack(settings) as stack:
        context = Context(stack.knowledge, stack.texts, settings.public_url, lambda _: "")
        tried = [await _one(stack, context, question) for question in questions]
    return [one for one in tried if one is not None]


async def _one(stack: Stack, context: Context, question: Labelled) -> Tried | None:
    """Return the question tried; None when no gate of confidence decides on it."""
    read = await stack.assistant.understand(question.text)
    understanding = read.get("understanding")
    if not understanding or understanding["gate"]["name"] not in CLASSES:
        return None
    gate = understanding["gate"]
    opened = read_reading(question.text, gate["likeliest"], read)
    shut = read_reading(question.text, FALLBACK, read)
    action = ACTION_OF.get(opened.group, f"action_{opened.group}")
    # A call-back is taken down by a form of several turns; offering it stands for that.
    said = reply(context, opened, ACTIONS.get(action, call_back))
    return Tried(
        signs=tuple(gate["signs"]),
        gate=gate["name"],
        topic=gate["likeliest"],
        open=score(question, said.messages),
        shut=score(question, reply(context, shut, clarify).messages),
    )


def _told(tuned: Tuned, count: int) -> str:
    lines = [
        f"{count} questions; right from wrong on topics not learnt from, area under the curve:"
    ]
    lines += [f"  {name:<20}{area:.3f}" for name, area in tuned.areas.items()]
    lines += ["weights:", *(f"  {name:<12}{value:.2f}" for name, value in tuned.weights.items())]
    lines += ["least:", *(f"  {name:<12}{value:.2f}" for name, value in tuned.least.items())]
    return "\n".join(lines)
