"""`candor ask`: one question, or with --json a question a line, each a fresh conversation."""

import argparse
import asyncio
import json
import sys

from bot.cli.explain import explained
from bot.cli.prepared import prepared_settings
from bot.cli.show import shown
from bot.cli.typed import typed_lines
from bot.runtime.private import private_stack
from bot.runtime.questions import ask_all, ask_one
from bot.settings import Settings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    parser.add_argument("question", nargs="?", help="the question, in quotes")
    parser.add_argument(
        "--explain", action="store_true", help="say why the question got this answer"
    )
    parser.add_argument(
        "--json",
        action="store_true",
        help="read a question a line from standard input, write a JSON object a line",
    )


def run(options: argparse.Namespace) -> int:
    """Answer, and return 1 when the assistant could not be asked."""
    if options.json == (options.question is not None):
        print(
            "candor ask: give one question in quotes, or --json and questions on standard input",
            file=sys.stderr,
        )
        return 2
    settings = prepared_settings()
    if options.json:
        return asyncio.run(_answer_lines(settings))
    return asyncio.run(_answer_one(settings, options.question, explain=options.explain))


async def _answer_one(settings: Settings, question: str, *, explain: bool) -> int:
    async with private_stack(settings) as stack:
        messages = await ask_one(stack.conversations, question)
        why = explained(await stack.assistant.understand(question), messages[0]) if explain else ""
    print(shown(messages))
    if why:
        print(f"\n{why}")
    return 1 if all(message.kind == "notice" for message in messages) else 0


async def _answer_lines(settings: Settings) -> int:
    async with private_stack(settings) as stack:
        async for question, messages in ask_all(stack.conversations, typed_lines()):
            line = {"question": question, "messages": [item.to_dict() for item in messages]}
            print(json.dumps(line, ensure_ascii=False), flush=True)
    return 0
