"""What a group of questions most likely asks for, each guess with its reason."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from bot.desk.questions.groups import Group
from bot.desk.questions.likeness import Likeness, read_likeness
from bot.knowledge import Answer, Knowledge, Texts
from bot.store.desk.question_records import DecisionKind

MOST = 3
LEAST_ALIKE = 0.3


@dataclass(frozen=True, slots=True)
class Guess:
    """A decision that may be right: its kind and target, in words, and why it is offered."""

    kind: DecisionKind
    target: str
    label: str
    reason: str


def guesses_of(group: Group, knowledge: Knowledge, texts: Texts) -> tuple[Guess, ...]:
    """Return at most three guesses: what the assistant read, what it did, what is worded alike."""
    found: dict[tuple[str, str], Guess] = {}
    for intent, reason in (*_read(group), *_done(group), *_alike(group, knowledge)):
        guess = _guess(intent, reason, knowledge, texts)
        if guess is not None:
            found.setdefault((guess.kind, guess.target), guess)
    return tuple(found.values())[:MOST]


def topic_label(topic: str) -> str:
    """Return what the front desk reads for a topic that is declined."""
    return topic.replace("_", " ").capitalize()


def _read(group: Group) -> Iterable[tuple[str, str]]:
    """Yield what the assistant read in the most typical wording of which it was asked."""
    ranking = next((one.guesses for one in group.questions if one.guesses), ())
    for intent, chance in ranking:
        yield intent, f"read so with {chance:.0%}"


def _done(group: Group) -> Iterable[tuple[str, str]]:
    for one in group.questions:
        if one.intent is not None:
            yield one.intent, "declined so" if one.why == "declined" else "answered so"


def _alike(group: Group, knowledge: Knowledge) -> Iterable[tuple[str, str]]:
    asked = read_likeness(group.title)
    scored = [
        (asked.to(read), name)
        for name, answer in knowledge.answers.items()
        for read in (_question(answer.general.question),)
    ]
    for alike, name in sorted(scored, key=lambda one: (-one[0], one[1]))[:MOST]:
        if alike >= LEAST_ALIKE:
            yield f"answer/{name}", "worded alike"


@cache
def _question(text: str) -> Likeness:
    return read_likeness(text)


def _guess(intent: str, reason: str, knowledge: Knowledge, texts: Texts) -> Guess | None:
    group, _, name = intent.partition("/")
    answer: Answer | None = knowledge.answers.get(name)
    if group == "answer" and answer is not None:
        return Guess("answer", name, answer.general.question, reason)
    if group == "decline" and name in topics(texts):
        return Guess("not_ours", name, topic_label(name), reason)
    return None


def topics(texts: Texts) -> Sequence[str]:
    """Return the topics that can be declined."""
    return texts.names("decline")
