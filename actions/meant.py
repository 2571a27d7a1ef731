"""What a message may have meant besides what was understood, to be asked next."""

from actions.context import Context
from actions.coverage import not_offered
from actions.heard import Heard
from bot.knowledge import Answer

LIKELY, MOST = 0.1, 2  # how likely another answer must be, and how many are offered


def meant_besides(context: Context, heard: Heard, said: Answer | None = None) -> tuple[str, ...]:
    """Return the other answers that the message may well have meant, likeliest first.

    None of them cites first what the answer that is `said` does, or what another of them does.
    """
    answers = context.knowledge.answers
    others: dict[str, str] = {}  # by the section that each cites first
    for candidate in heard.candidates:
        group, _, name = candidate.intent.partition("/")
        likely = group == "answer" and candidate.confidence >= LIKELY
        if likely and name != heard.topic and not not_offered(heard, name):
            others.setdefault(_first(answers[name], heard), name)
    if said is not None:
        others.pop(_first(said, heard), None)
    return tuple(others.values())[:MOST]


def _first(answer: Answer, heard: Heard) -> str:
    return answer.reply(heard.joint).sections[0]
