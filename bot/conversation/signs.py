"""The signs of an emergency that a message tells of, and the red flag that they make."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from bot.conversation.phrases import Phrase, Vocabulary
from bot.conversation.wording import Wording, read_wording


@dataclass(frozen=True, slots=True)
class NotASign:
    """What keeps a sign from counting: denied, another time, only asked, or an expression."""

    denials: tuple[Phrase, ...]
    fillers: tuple[Phrase, ...]
    past: tuple[Phrase, ...]
    asking: tuple[Phrase, ...]
    now: tuple[Phrase, ...]
    harmless: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class RedFlags:
    """The signs as phrases, and which of them together make which red flag, gravest first."""

    signs: Mapping[str, tuple[Phrase, ...]]
    flags: Mapping[str, tuple[frozenset[str], ...]]
    count_always: frozenset[str]
    not_a_sign: NotASign
    vocabulary: Vocabulary

    def find(self, text: str) -> str | None:
        """Return the red flag in the text, or None."""
        seen = self.signs_in(text)
        for flag, combinations in self.flags.items():
            if any(combination <= seen for combination in combinations):
                return flag
        return None

    def signs_in(self, text: str) -> set[str]:
        """Return the signs that the text tells of as present."""
        wording = read_wording(text, self.vocabulary)
        out = _cover(wording, self.not_a_sign.harmless)
        denied = _denied(wording, self.not_a_sign, out)
        aside = _aside(wording, self.not_a_sign)
        return {
            name
            for name, phrases in self.signs.items()
            if _cover(wording, phrases, out, denied) & (-1 if name in self.count_always else ~aside)
        }


def _denied(wording: Wording, not_a_sign: NotASign, out: int) -> int:
    """Return the places behind a "no", over the small words between and along an "or"."""
    denied = wording.ahead(_cover(wording, not_a_sign.denials, out))
    fillers = _cover(wording, not_a_sign.fillers)
    either = wording.places.get("or", 0)
    for _ in range(4):
        denied |= wording.ahead(denied & fillers)
        denied |= wording.ahead((denied << 1 | denied << 2) & either)
    return denied


def _aside(wording: Wording, not_a_sign: NotASign) -> int:
    """Return the clauses of another time and what stands behind a "what if", unless it is now."""
    if _cover(wording, not_a_sign.now):
        return 0
    past = _cover(wording, not_a_sign.past)
    asking = _cover(wording, not_a_sign.asking)
    aside = 0
    for clause in wording.clauses:
        asked = clause & asking
        aside |= clause if clause & past else clause & -(asked & -asked)
    return aside


def _cover(wording: Wording, phrases: Iterable[Phrase], out: int = 0, denied: int = 0) -> int:
    places = 0
    for phrase in phrases:
        places |= wording.cover(phrase, out, denied)
    return places
