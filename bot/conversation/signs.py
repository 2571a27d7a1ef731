"""The signs of an emergency that a message tells of, and the red flag that they make."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from bot.conversation.phrases import PhraseList, Vocabulary
from bot.conversation.wording import COMMA, Wording, read_wording

LONGEST_LIST = 4
LITTLE = 2


@dataclass(frozen=True, slots=True)
class NotASign:
    """What keeps a sign from counting: denied, another time, only asked, or an expression."""

    denials: PhraseList
    fillers: PhraseList
    past: PhraseList
    over: PhraseList
    asking: PhraseList
    general: PhraseList
    now: PhraseList
    harmless: PhraseList


@dataclass(frozen=True, slots=True)
class RedFlags:
    """The signs as phrases, and which of them together make which red flag, gravest first."""

    signs: Mapping[str, PhraseList]
    flags: Mapping[str, tuple[frozenset[str], ...]]
    count_always: frozenset[str]
    not_a_sign: NotASign
    vocabulary: Vocabulary

    def find(self, text: str) -> str | None:
        """Return the red flag in the text, or None."""
        wording = read_wording(text, self.vocabulary)
        named = {name for name, phrases in self.signs.items() if _cover(wording, phrases)}
        # Nearly always nothing is even named, and what keeps a sign from counting needs no look.
        if self._flag(named) is None:
            return None
        return self._flag(self._told(wording, named))

    def _flag(self, signs: Set[str]) -> str | None:
        """Return the gravest red flag that these signs make."""
        for flag, combinations in self.flags.items():
            if any(combination <= signs for combination in combinations):
                return flag
        return None

    def _told(self, wording: Wording, named: Iterable[str]) -> set[str]:
        """Return those of the named signs that the text tells of as present."""
        out = _cover(wording, self.not_a_sign.harmless)
        denied = _denied(wording, self.not_a_sign, out)
        aside = _aside(wording, self.not_a_sign, out)
        return {
            name
            for name in named
            if _cover(wording, self.signs[name], out, denied)
            & (-1 if name in self.count_always else ~aside)
        }


def _denied(wording: Wording, not_a_sign: NotASign, out: int) -> int:
    """Return the places behind a "no", over the small words between and along a list with "or"."""
    denied = wording.ahead(_cover(wording, not_a_sign.denials, out))
    fillers = _cover(wording, not_a_sign.fillers)
    joints = _joints(wording)
    for _ in range(LONGEST_LIST):
        denied |= wording.ahead(denied & fillers)
        denied |= wording.ahead((denied << 1 | denied << 2) & joints)
    return denied


def _joints(wording: Wording) -> int:
    """Return every "or", and the commas of the list that leads up to it."""
    joints = wording.places.get("or", 0)
    commas = wording.places.get(COMMA, 0)
    for _ in range(LONGEST_LIST):
        joints |= (joints >> 1 | joints >> 2 | joints >> 3) & commas
    return joints


def _aside(wording: Wording, not_a_sign: NotASign, out: int) -> int:
    """Return what is over, and what is of another time or only asked about unless it is now."""
    over = _cover(wording, not_a_sign.over, out)
    aside = (1 << over.bit_length()) - 1
    if _cover(wording, not_a_sign.now, out | over):
        return aside
    if _cover(wording, not_a_sign.general, out):
        return -1
    asking = _cover(wording, not_a_sign.asking)
    for clause in wording.clauses:
        asked = clause & asking
        aside |= clause & -(asked & -asked)
    return aside | _past(wording, _cover(wording, not_a_sign.past))


def _past(wording: Wording, past: int) -> int:
    """Return the clauses of another time; one with little but the time dates its neighbour too.

    That is the clause before ("she had a stroke, in 2010"), or behind the first ("once, ...").
    """
    aside = 0
    for number, clause in enumerate(wording.clauses):
        if not clause & past:
            continue
        aside |= clause
        if (clause & ~past).bit_count() <= LITTLE:
            aside |= wording.clauses[number - 1 if number else min(1, len(wording.clauses) - 1)]
    return aside


def _cover(wording: Wording, phrases: PhraseList, out: int = 0, denied: int = 0) -> int:
    places = 0
    for phrase in phrases.possible(wording.places.keys()):
        places |= wording.cover(phrase, out, denied)
    return places
