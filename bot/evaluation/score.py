"""One question scored, and the scores of many added up."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from bot.conversation.message import Message
from bot.evaluation.questions import Labelled


@dataclass(frozen=True, slots=True)
class Scored:
    """A question with the message that it got and what that is worth."""

    question: Labelled
    message: Message

    @property
    def kind_right(self) -> bool:
        """The message is of a kind that the label allows."""
        return self.message.kind in self.question.right_kinds

    @property
    def first_right(self) -> bool:
        """It answers, and the section it cites first is one that answers the question."""
        cited = self.message.citations
        return self._answers and bool(cited) and cited[0].section in self.question.sections

    @property
    def cited_right(self) -> bool:
        """It answers, and one of the sections it cites answers the question."""
        return self._answers and any(
            one.section in self.question.sections for one in self.message.citations
        )

    @property
    def offered_right(self) -> bool:
        """It asks back, and one of the questions on offer has the right answer."""
        return self.message.kind == "clarify" and self._leads_right

    @property
    def near_right(self) -> bool:
        """The right section is cited, or what one of the buttons leads to begins with it."""
        return self.cited_right or self._leads_right

    @property
    def wrongly_answered(self) -> bool:
        """It answers with a passage that doesn't answer the question, or should not have."""
        if not self._answers:
            return False
        return not self.first_right if self.question.sections else not self.kind_right

    @property
    def wrongly_declined(self) -> bool:
        """It declines what the documents answer."""
        return self.message.kind == "decline" and not self.kind_right

    @property
    def right(self) -> bool:
        """The reply is the right one."""
        return self.first_right if self._answers and self.question.sections else self.kind_right

    @property
    def _leads_right(self) -> bool:
        return any(
            set(one.sections[:1]) & self.question.sections for one in self.message.suggestions
        )

    @property
    def _answers(self) -> bool:
        return self.message.kind == "answer"


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many questions."""

    name: str
    hits: int
    total: int

    @property
    def share(self) -> float:
        """The part of all, from 0 to 1; 0 of 0 is 0."""
        return self.hits / self.total if self.total else 0.0


def score(question: Labelled, messages: Sequence[Message]) -> Scored:
    """Judge a reply by its first message, a warning before it aside.

    An empty reply counts as a notice that says nothing.
    """
    said = (message for message in messages if message.kind != "notice")
    nothing = messages[0] if messages else Message("", "notice", "")
    return Scored(question, next(said, nothing))


def tally(scored: Iterable[Scored]) -> list[Tally]:
    """Return the figures of an evaluation, in the order in which they are told."""
    every = list(scored)

    def count(name: str, expect: str | None, holds: Callable[[Scored], bool]) -> Tally:
        among = [one for one in every if expect in (None, one.question.expect)]
        return Tally(name, sum(holds(one) for one in among), len(among))

    return [
        count("answerable: right section first", "answer", lambda one: one.first_right),
        count("answerable: right among the cited", "answer", lambda one: one.cited_right),
        count(
            "answerable: right, or offered in a clarify",
            "answer",
            lambda one: one.first_right or one.offered_right,
        ),
        count("answerable: right cited, or one tap away", "answer", lambda one: one.near_right),
        count("answerable: wrongly declined", "answer", lambda one: one.wrongly_declined),
        count("not answered by the documents: declined", "decline", lambda one: one.kind_right),
        count("red flags recognised", "urgent", lambda one: one.kind_right),
        count("booking", "booking", lambda one: one.kind_right),
        count("person wanted", "handoff", lambda one: one.kind_right),
        count("small talk", "smalltalk", lambda one: one.kind_right),
        count(
            "any question: answered with a wrong passage", None, lambda one: one.wrongly_answered
        ),
        count("any question: false alarm", None, _false_alarm),
        count("any question: right", None, lambda one: one.right),
    ]


def _false_alarm(one: Scored) -> bool:
    return one.message.kind == "urgent" and not one.kind_right
