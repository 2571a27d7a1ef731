"""Finds what to tell a caller: the reply that a patient would get, and what else may be meant.

What was asked is a caller's words, or names what was picked from a list: `ask:<answer>` with a
joint, as the assistant's buttons do, or `decline:<name>`. Nothing of it is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from actions.answering import say_answer
from actions.compose import fixed_message
from actions.context import Context
from bot.conversation import Reply
from bot.conversation.payload import Ask, read_ask
from bot.desk.console import Console
from bot.knowledge.stems import plain_words

# While somebody types, words found by the search alone are better than a late answer.
TYPING, PATIENT = 0.8, 8.0  # seconds
LONGEST = 500
# Fewer letters are no question yet.
LEAST_LETTERS = 3
DECLINE = re.compile(r"decline:(?P<name>[a-z0-9_]+)")


@dataclass(frozen=True, slots=True)
class Choice:
    """Something to pick: what asks for it, what it says, and whether the documents answer it."""

    asked: str
    label: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Told:
    """What is told about what was asked; `asked` is as it was understood.

    `by_search`: the assistant gave no reply, so that this was found by words alone. `guessed`: the
    last word was not finished, and what it may become was asked.
    """

    asked: str
    reply: Reply | None
    by_search: bool = False
    picked: bool = False
    guessed: bool = False


def read_asked(text: str) -> str:
    """Return what was asked, as far as anything is made of it."""
    return " ".join(text[:LONGEST].split())


async def tell_typing(console: Console, words: str) -> Told:
    """Return what is told about words that are being typed; a blank ends the last of them."""
    likely = console.asking.index.completed(words)
    told = await tell(console, likely.strip())
    return replace(told, guessed=likely != words)


async def tell(console: Console, asked: str, seconds: float = TYPING) -> Told:
    """Return what is told about what was asked; without the assistant, what the search has best."""
    if (picked := _picked(console, asked)) is not None:
        return Told(asked, picked, picked=True)
    if sum(map(str.isalnum, asked)) < LEAST_LETTERS:
        return Told(asked, None)
    first_reply = console.asking.first_reply
    reply = None if first_reply is None else await first_reply.to(asked, seconds)
    if reply is not None:
        return Told(asked, reply)
    best = next(choices(console, asked), None)
    if best is None:
        return Told(asked, None, by_search=True)
    return Told(best.asked, _picked(console, best.asked), by_search=True)


def choices(console: Console, words: str) -> Iterator[Choice]:
    """Yield what words may ask for, the best first; the last of them may be unfinished."""
    knee = not {"knee", "knees"}.isdisjoint(plain_words(words))
    for found in console.asking.index.find(words):
        if found.kind == "decline":
            yield Choice(f"decline:{found.name}", found.label, answered=False)
            continue
        answer = console.knowledge.answers[found.name]
        joint = "knee" if knee and answer.knee else None
        yield Choice(str(Ask(found.name, joint)), answer.reply(joint).question, answered=True)


def _picked(console: Console, asked: str) -> Reply | None:
    """Return the reply to what was picked, as the assistant gives it; None for a caller's words."""
    # Whoever sends an answer on puts its counted booking link in.
    context = Context(console.knowledge, console.texts, console.public_url, lambda _: "")
    ask = read_ask(asked)
    if ask is not None and ask.answer in console.knowledge.answers:
        return Reply(say_answer(context, ask.answer, ask.joint).messages)
    decline = DECLINE.fullmatch(asked)
    if decline and console.texts.get(name := f"decline.{decline['name']}"):
        return Reply([fixed_message(context, "decline", name)])
    return None
