"""Every intent that patients' examples name has something to say, and every answer is asked for."""

from collections.abc import Iterable, Set

from bot.knowledge import Knowledge, Texts
from bot.runtime.checks.examples import Example

# Groups of intents whose words are fixed texts of the same name.
FIXED = ("decline", "urgent", "clinic", "chat")


def intent_problems(examples: Iterable[Example], knowledge: Knowledge, texts: Texts) -> list[str]:
    """Return a line for each intent without words and each answer without examples."""
    named: dict[str, str] = {}
    for example in examples:
        named.setdefault(example.intent, example.place)
    known = {f"answer/{name}" for name in knowledge.answers}
    known |= {f"{group}/{name}" for group in FIXED for name in texts.names(group)}
    silent = [
        f"{place}: the intent {intent} has nothing to say; write it, or remove the intent"
        for intent, place in named.items()
        if "/" in intent and intent not in known
    ]
    return silent + _unasked(knowledge.answers.keys(), named.keys())


def _unasked(answers: Set[str], intents: Set[str]) -> list[str]:
    return [
        f"answer {name}: nobody asks for it; add examples of answer/{name} to data/nlu"
        for name in answers
        if f"answer/{name}" not in intents
    ]
