"""What the front desk decided about questions, as examples for the next training."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from pathlib import Path

from bot.desk.questions.likeness import key_of
from bot.desk.questions.personal import without_places
from bot.desk.questions.wording import target_of
from bot.knowledge import Knowledge, load_knowledge
from bot.knowledge.language import has_words
from bot.runtime.checks.examples import Example, read_examples
from bot.settings import settings_from_environment
from bot.store.desk.deciding import all_decisions
from bot.store.desk.question_records import Decided, Decision

FOLDER = Path("build") / "nlu"
FILE = FOLDER / "from-desk.yml"
CLAUSE = re.compile(r"(?<=[,.;:!?])\s+|\n+")
# What Rasa would read as markup or as a command.
MARKUP = str.maketrans(dict.fromkeys("[](){}|", " "))


@dataclass(slots=True)
class Taught:
    """The intent of each text, and a line for each decision that isn't learnt as it stands."""

    intents: dict[str, str] = field(default_factory=dict)
    left_out: list[str] = field(default_factory=list)


def taught_by(
    decided: Iterable[Decided], knowledge: Knowledge, examples: Collection[Example]
) -> Taught:
    """Return what decisions teach beside the examples that there are; the oldest come first.

    Of two decisions about the same words the newer counts, and an example of data/nlu counts
    before both: it is the clinic's own, and says where it stands.
    """
    written = {key_of(example.text): example for example in examples}
    known = {example.intent for example in examples}
    told: dict[str, tuple[str, str, Decision]] = {}
    taught = Taught()
    for one in decided:
        intent = _intent(one.decision, knowledge, known, taught)
        for text in map(as_example, one.texts) if intent else ():
            key = key_of(text)
            before = told.pop(key, None)
            if before is not None and before[1] != intent:
                taught.left_out.append(_overruled(before[2], one.decision))
            if key:
                told[key] = (text, str(intent), one.decision)
    for key, (text, intent, decision) in told.items():
        example = written.get(key)
        if example is None:
            taught.intents[text] = intent
        elif example.intent != intent:
            taught.left_out.append(_contradicted(decision, intent, example))
    return taught


def write_taught(root: Path) -> list[str]:
    """Write what was decided where training reads it; return a line for what is left out.

    Without any decision there is no file. Raises StoreUnavailable, or KnowledgeError.
    """
    taught = _taught(root)
    path, text = root / FILE, as_file(taught.intents)
    if text and not (path.is_file() and path.read_text(encoding="utf-8") == text):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    if not text:
        path.unlink(missing_ok=True)
    return taught.left_out


def untaught(root: Path) -> tuple[bool, list[str]]:
    """Tell whether there are decisions that no training has seen, and what will be left out."""
    taught, path = _taught(root), root / FILE
    there = path.read_text(encoding="utf-8") if path.is_file() else ""
    return there != as_file(taught.intents), taught.left_out


def as_example(text: str) -> str:
    """Return a question as one line that can be learnt, without what stands for personal data.

    "My name is [name], is it safe" teaches what is behind the comma only.
    """
    clauses = [clause for clause in CLAUSE.split(text) if without_places(clause) == clause.strip()]
    bare = " ".join(clauses) if any(map(has_words, clauses)) else without_places(text)
    plain = bare.translate(MARKUP)
    printable = "".join(mark if mark.isprintable() else " " for mark in plain)
    return " ".join(printable.split()).lstrip("/-# ")


def as_file(intents: Mapping[str, str]) -> str:
    """Return the file of examples; "" when there are none."""
    if not intents:
        return ""
    lines = ["# What the front desk decided about questions; each training writes it anew."]
    lines += ['version: "3.1"', "nlu:"]
    ordered = sorted((intent, text) for text, intent in intents.items())
    for intent, some in groupby(ordered, key=lambda pair: pair[0]):
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {text}" for _, text in some)]
    return "\n".join(lines) + "\n"


def decided_in(root: Path) -> Sequence[Decided]:
    """Return every decision in the database of the settings, the oldest first."""
    return all_decisions(settings_from_environment(root).database_url)


def _taught(root: Path) -> Taught:
    decided = decided_in(root)
    if not decided:
        return Taught()  # without reading every example for it
    return taught_by(decided, load_knowledge(root), read_examples(root / "data" / "nlu"))


def _intent(
    decision: Decision, knowledge: Knowledge, known: Collection[str], taught: Taught
) -> str | None:
    target = target_of(decision, knowledge)
    if target.intent in known:
        return target.intent
    if decision.kind == "answer":
        taught.left_out.append(
            f"{_named(decision)} names the answer `{decision.target}`, which no longer exists; take"
            " it back under Questions, and decide anew"
        )
    elif decision.kind == "passage":
        taught.left_out.append(f"{_named(decision)} waits for an answer with exactly its passages")
    elif decision.kind == "not_ours":
        taught.left_out.append(
            f"{_named(decision)} names {target.intent}, for which data/nlu has no examples"
        )
    return None


def _overruled(before: Decision, now: Decision) -> str:
    return f"{_named(before)} is overruled by the one of {_day(now.at)} about the same words"


def _contradicted(decision: Decision, intent: str, example: Example) -> str:
    return (
        f"{_named(decision)} says {intent} where {example.place} says {example.intent} of the same"
        " words; the file counts until it is changed"
    )


def _named(decision: Decision) -> str:
    return f"the decision of {_day(decision.at)} by {decision.staff_name}"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%b %Y, %H:%M} UTC"
