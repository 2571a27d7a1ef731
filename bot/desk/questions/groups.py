"""Open questions put together by likeness, the same way whatever comes later."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.desk.questions.likeness import Likeness, read_likeness
from bot.store.desk.question_records import Question

ALIKE = 0.5  # from which a question joins the group that another began


@dataclass(frozen=True, slots=True)
class Wording:
    """Questions in the same words; `id` is the first one's."""

    id: int
    text: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that are alike; `id` is that of the question which began it."""

    id: int
    wordings: tuple[Wording, ...]  # the most asked first

    @property
    def title(self) -> str:
        """The most typical wording."""
        return self.wordings[0].text

    @property
    def questions(self) -> tuple[Question, ...]:
        """All of them, whatever their wording."""
        return tuple(one for wording in self.wordings for one in wording.questions)

    @property
    def newest(self) -> date:
        """The day on which one of them was asked last."""
        return max(one.day for one in self.questions)

    @property
    def channels(self) -> tuple[str, ...]:
        """Where they were asked."""
        return tuple(sorted({one.channel for one in self.questions}))

    @property
    def reasons(self) -> Mapping[str, int]:
        """How many there are of each reason, the commonest first."""
        return dict(Counter(one.why for one in self.questions).most_common())


def group(questions: Iterable[Question]) -> list[Group]:
    """Return the groups of questions, which come in the order of their ids.

    Each question joins the most alike of the groups that were begun before it, by what the
    beginning says, or begins one: so later questions change nothing about earlier ones.
    """
    wordings: dict[str, list[Question]] = {}
    for one in questions:
        wordings.setdefault(one.key, []).append(one)
    leaders = _Leaders()
    members: dict[int, list[Wording]] = {}
    read: dict[int, Likeness] = {}
    for same in wordings.values():
        wording = Wording(same[0].id, same[0].text, tuple(same))
        likeness = read[wording.id] = read_likeness(wording.text)
        members.setdefault(leaders.of(wording.id, likeness), []).append(wording)
    return [Group(leader, _ordered(some, read)) for leader, some in members.items()]


class _Leaders:
    """The questions that began a group, found by their words."""

    def __init__(self) -> None:
        self._all: dict[int, Likeness] = {}
        self._by_word: dict[str, list[int]] = {}

    def of(self, question: int, likeness: Likeness) -> int:
        """Return the group's beginning that is most like a question; if none is, itself."""
        shared, rest = self._sharing(likeness)
        best, most = question, 0.0
        for leader, both in shared.items():
            other = self._all[leader]
            at_best = both + rest
            if at_best < ALIKE * (likeness.total + other.total - at_best):
                continue
            alike = likeness.to(other)
            if alike >= ALIKE and (alike, -leader) > (most, -best):
                best, most = leader, alike
        if best == question:
            self._all[question] = likeness
            for word in likeness.weights:
                self._by_word.setdefault(word, []).append(question)
        return best

    def _sharing(self, likeness: Likeness) -> tuple[dict[int, float], float]:
        """Return the beginnings that may be alike with the weight shared in the rarest words.

        What is alike shares half of the weight, so it has one of the rarest words behind which
        less than that is left; how much is left is returned, too.
        """
        rest = likeness.total
        shared: dict[int, float] = {}
        for word in sorted(likeness.weights, key=lambda word: len(self._by_word.get(word, ()))):
            if rest < ALIKE * likeness.total:
                break
            weight = likeness.weights[word]
            rest -= weight
            for leader in self._by_word.get(word, ()):
                shared[leader] = shared.get(leader, 0.0) + weight
        return shared, rest


def _ordered(wordings: Sequence[Wording], read: Mapping[int, Likeness]) -> tuple[Wording, ...]:
    """Return the wordings, the most asked first; of those asked alike the most typical one."""
    common: Counter[str] = Counter()
    for one in wordings:
        common.update(dict.fromkeys(read[one.id].weights, len(one.questions)))

    def place(one: Wording) -> tuple[float, float, int]:
        words = read[one.id].weights
        typical = sum(common[word] for word in words) / (len(words) or 1)
        return -len(one.questions), -typical, one.id

    return tuple(sorted(wordings, key=place))
