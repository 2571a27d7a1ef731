"""What the front desk decides about a group of questions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import groupby

from bot.conversation.message import new_id
from bot.desk.gate import entry_of
from bot.desk.questions.groups import Group
from bot.knowledge import Answer, Knowledge, Texts
from bot.knowledge.answers import MOST_SECTIONS, MOST_WORDS
from bot.store.database import Database
from bot.store.desk import Staff, deciding
from bot.store.desk.question_records import Decision, DecisionKind, Quoted

MARK = "passage:"  # how a ticked passage's field begins


class CannotDecide(Exception):
    """The decision isn't one; the text tells the person what to do, `field` where."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field = field


@dataclass(frozen=True, slots=True)
class Choice:
    """What somebody chose, before it is kept."""

    kind: DecisionKind
    target: str | None = None
    quotes: tuple[Quoted, ...] = ()
    erase: bool = False


def read_choice(form: Mapping[str, str], knowledge: Knowledge, texts: Texts) -> Choice:
    """Return what a form says; CannotDecide."""
    # A button may carry its target with it: "answer:is_it_permanent".
    kind, _, target = form.get("kind", "").partition(":")
    form = {**form, "target": target} if target else form
    if kind == "answer":
        return Choice("answer", _answer(form, knowledge))
    if kind == "not_ours":
        topic = form.get("target") or form.get("topic", "")
        if topic not in texts.names("decline"):
            raise CannotDecide("topic", "Choose what kind of question it is.")
        return Choice("not_ours", topic)
    if kind in ("noise", "erase"):
        return Choice("noise", erase=kind == "erase")
    if kind == "passage":
        quotes = _quotes(form, knowledge)
        same = answer_with(quotes, knowledge)
        return Choice("passage", same.id if same else None, quotes)
    raise CannotDecide("questions", "Choose what the questions are.")


def chosen(group: Group, form: Mapping[str, str]) -> list[int]:
    """Return the questions of a group that a form is about: those it showed, or those ticked."""
    upto = form.get("upto", "")
    last = int(upto) if upto.isascii() and upto.isdigit() and len(upto) < 16 else 0
    ticked = {name.removeprefix("only-") for name in form if name.startswith("only-")}
    return [
        question.id
        for wording in group.wordings
        if not ticked or str(wording.id) in ticked
        for question in wording.questions
        if question.id <= last
    ]


async def decide(database: Database, staff: Staff, choice: Choice, these: Sequence[int]) -> str:
    """Keep a choice about questions and return the decision's id, "" when none of them is left.

    Raises AlreadyDecided when somebody was quicker.
    """
    decision = Decision(
        id=new_id(),
        kind=choice.kind,
        target=choice.target,
        quotes=choice.quotes,
        staff_id=staff.id,
        staff_name=staff.name,
        at=datetime.now(UTC),
    )
    entry = entry_of(staff, "question.decided", decision.id)
    kept = partial(deciding.decide, decision=decision, these=these)
    work = partial(kept, entry=entry, erase=choice.erase)
    done = await database.write(work)
    if choice.erase:
        await database.scrub()
    return decision.id if done else ""


async def undo(database: Database, staff: Staff, decision_id: str) -> bool:
    """Take a decision back; False when it isn't there any more."""
    entry = entry_of(staff, "question.undone", decision_id[:64])
    return await database.write(partial(deciding.undo, decision_id=decision_id, entry=entry))


def answer_with(quotes: Sequence[Quoted], knowledge: Knowledge) -> Answer | None:
    """Return the answer that says exactly these passages, if there is one."""
    wanted = {(one.section, one.first, one.last) for one in quotes}
    for answer in knowledge.answers.values():
        says = [(quote.section, quote.first, quote.last) for quote in answer.general.says]
        if wanted and {*_single(says)} == {*_single(wanted)}:
            return answer
    return None


def _single(
    spans: Sequence[tuple[str, int, int]] | set[tuple[str, int, int]],
) -> set[tuple[str, int]]:
    return {(section, n) for section, first, last in spans for n in range(first, last + 1)}


def _answer(form: Mapping[str, str], knowledge: Knowledge) -> str:
    """Return the answer that was chosen by its id, or typed as its question."""
    target = form.get("target", "")
    if target in knowledge.answers:
        return target
    typed = " ".join(form.get("question", "").lower().split())
    for name, answer in knowledge.answers.items():
        if typed and typed in (answer.general.question.lower(), name):
            return name
    words = "Choose one of the answers; the list narrows as you type."
    raise CannotDecide("answer", words)


def _quotes(form: Mapping[str, str], knowledge: Knowledge) -> tuple[Quoted, ...]:
    """Return the ticked passages, those that follow each other as one; CannotDecide."""
    ticked = {name.removeprefix(MARK) for name in form if name.startswith(MARK)}
    passages = [
        (passage.section, passage.number, passage.text)
        for section in knowledge.sections.values()
        for passage in section.passages
        if f"{passage.section}/{passage.number}" in ticked
    ]
    if not passages:
        raise CannotDecide("passages", "Tick at least one passage that answers it.")
    if len({section for section, _, _ in passages}) > MOST_SECTIONS:
        words = f"An answer quotes at most {MOST_SECTIONS} sections. Untick what it can do without."
        raise CannotDecide("passages", words)
    if sum(len(text.split()) for _, _, text in passages) > MOST_WORDS:
        words = f"An answer has at most {MOST_WORDS} words. Untick what it can do without."
        raise CannotDecide("passages", words)
    return tuple(_joined(passages))


def _joined(passages: Sequence[tuple[str, int, str]]) -> list[Quoted]:
    joined = []
    numbered = enumerate(passages)
    for _, run in groupby(numbered, key=lambda one: (one[1][0], one[1][1] - one[0])):
        some = [passage for _, passage in run]
        text = "\n".join(passage[2] for passage in some)
        joined.append(Quoted(some[0][0], some[0][1], some[-1][1], text))
    return joined
