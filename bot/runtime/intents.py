"""Every intent that patients' examples name has something to say, and every answer is asked for."""

from collections.abc import Iterator, Set
from pathlib import Path

from bot.knowledge import Knowledge, Texts
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.strict_yaml import read_yaml

# Groups of intents whose words are fixed texts of the same name.
FIXED = ("decline", "urgent", "clinic", "chat")


def intent_problems(root: Path, knowledge: Knowledge, texts: Texts) -> list[str]:
    """Return a line for each intent without words and each answer without examples."""
    try:
        named = dict(_intents(root / "data" / "nlu"))
    except KnowledgeError as error:
        return error.problems
    known = {f"answer/{name}" for name in knowledge.answers}
    known |= {f"{group}/{name}" for group in FIXED for name in texts.names(group)}
    silent = [
        f"{file}: the intent {intent} has nothing to say; write it, or remove the intent"
        for intent, file in named.items()
        if "/" in intent and intent not in known
    ]
    return silent + _unasked(knowledge.answers.keys(), named.keys())


def _unasked(answers: Set[str], intents: Set[str]) -> list[str]:
    return [
        f"answer {name}: nobody asks for it; add examples of answer/{name} to data/nlu"
        for name in answers
        if f"answer/{name}" not in intents
    ]


def _intents(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield each intent with the name of a file that has examples of it."""
    for path in sorted(folder.glob("*.yml")):
        for entry in read_yaml(path).get("nlu") or ():
            if isinstance(entry, dict) and "intent" in entry:
                yield str(entry["intent"]), path.name
