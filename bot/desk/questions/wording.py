"""Decisions in words: what was decided, and whether the assistant can learn from it."""

from dataclasses import dataclass

from bot.desk.questions.deciding import answer_with
from bot.desk.questions.guesses import topic_label
from bot.knowledge import Knowledge
from bot.store.desk.question_records import Decision

KINDS = {
    "answer": "An existing answer",
    "passage": "This passage answers it",
    "not_ours": "Not ours to answer",
    "noise": "Noise",
}


@dataclass(frozen=True, slots=True)
class Target:
    """What a decision names, in words; `intent` is what it teaches, None while it can't."""

    label: str
    intent: str | None
    missing: str = ""  # why it can't be learnt yet


def target_of(decision: Decision, knowledge: Knowledge) -> Target:
    """Return what a decision names, as the answers are now."""
    if decision.kind == "noise":
        return Target("", None)
    if decision.kind == "not_ours":
        return Target(topic_label(str(decision.target)), f"decline/{decision.target}")
    if decision.kind == "answer":
        answer = knowledge.answers.get(str(decision.target))
        if answer is None:
            return Target(str(decision.target), None, "This answer no longer exists.")
        return Target(answer.general.question, f"answer/{answer.id}")
    answer = answer_with(decision.quotes, knowledge)
    sections = dict.fromkeys(quote.section for quote in decision.quotes)
    headings = (_heading(section, knowledge) for section in sections)
    label = ", ".join(f"“{heading}”" for heading in headings)
    if answer is None:
        return Target(label, None, "It can be learnt once an answer quotes exactly these passages.")
    return Target(label, f"answer/{answer.id}")


def decision_words(kind: str, target: Target) -> str:
    """Return a decision in one line."""
    return f"{KINDS[kind]}: {target.label}" if target.label else KINDS[kind]


def _heading(section: str, knowledge: Knowledge) -> str:
    found = knowledge.sections.get(section)
    return found.heading if found else section
