"""Several questions in one message: each gets its answer, what is answered before what isn't.

What asks something back comes last, because it is what the next message replies to.
"""

from collections.abc import Callable
from dataclasses import replace

from actions.context import Context
from actions.heard import Heard
from actions.said import Said

# So many answers that differ are never halves of one question, whatever the whole seems to mean.
SURELY_SEVERAL = 3
# What can stand beside another answer; a greeting or a "yes" is part of the question beside it.
QUESTIONS = frozenset({"answer", "decline", "clinic", "book", "call_back", "talk_to_person"})

type Say = Callable[[Context, Heard], Said]


def several(context: Context, heard: Heard, whole: Said, say: Callable[[str], Say]) -> Said:
    """Return the replies to the questions of a message, or `whole` when they are one question.

    "Is it safe, do people get hurt?" is one: the message as a whole means something else than
    either half, or both halves have the same answer.
    """
    parts = [part for part in heard.parts if part.group in QUESTIONS]
    replies = [say(part.group)(context, part) for part in parts]
    told = {_gist(reply): reply for reply in reversed(replies) if not reply.missed}
    one_question = not whole.missed and _gist(whole) not in told
    if len(told) < 2 or (one_question and len(told) < SURELY_SEVERAL):
        return whole
    ordered = [reply for reply in replies if reply in told.values()]
    ordered.sort(key=lambda reply: (_asks_back(reply), reply.message.kind == "decline"))
    first, *others = ordered
    return replace(_bare(first), further=(*map(_bare, others[:-1]), others[-1]))


def _asks_back(said: Said) -> bool:
    return said.message.intent == "call_back"


def _gist(said: Said) -> str:
    """Return what a patient would call the same answer: one that begins with the same section."""
    cited = said.message.citations
    return cited[0].section if cited else f"{said.message.kind} {said.message.intent}"


def _bare(said: Said) -> Said:
    """Leave the offers to the last of the replies."""
    return replace(said, message=replace(said.message, suggestions=(), booking=None))
