"""`candor chat`: a conversation in the terminal."""

import argparse
import asyncio
from collections.abc import Sequence

from bot.cli.prepared import prepared_settings
from bot.cli.show import shown
from bot.cli.typed import typed_lines
from bot.conversation import Message
from bot.runtime.private import private_stack
from bot.runtime.questions import CHANNEL, ask_one
from bot.settings import Settings

PROMPT = "\nyou> "


def add_options(_parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name: nothing."""


def run(_options: argparse.Namespace) -> int:
    """Talk until the input ends."""
    settings = prepared_settings()
    asyncio.run(_talk(settings))
    return 0


async def _talk(settings: Settings) -> None:
    async with private_stack(settings) as stack:
        conversation = await stack.conversations.start(CHANNEL)
        print("Ask a question, or give the number of an offered one. Ctrl-D ends.")
        print(PROMPT, end="", flush=True)
        messages: list[Message] = []
        async for line in typed_lines():
            messages = await ask_one(stack.conversations, chosen(line, messages), conversation)
            print("\n" + shown(messages))
            print(PROMPT, end="", flush=True)
        print()


def chosen(line: str, messages: Sequence[Message]) -> str:
    """Return what a typed number stands for among the last offered questions, or the line."""
    offers = [offer for message in messages for offer in message.suggestions]
    text = line.strip()
    if text.isascii() and text.isdigit() and 1 <= int(text) <= len(offers):
        return offers[int(text) - 1].payload
    return line
