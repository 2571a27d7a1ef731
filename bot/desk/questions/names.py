"""Names of people, known by the words around them and by a list of given names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.desk.questions.known_names import WORD, bare, is_given, is_never, known_names
from bot.desk.questions.signs_of_names import (
    AFTER_GREETING,
    AFTER_SELF,
    CALLED,
    GREETING,
    HERE,
    LOOSE,
    MEDICAL,
    SELF,
    SIGN_OFF,
    TITLE,
)

GAP = re.compile(r"\.?[ \t]+")


@dataclass(frozen=True, slots=True)
class _Reader:
    """A text, and whether capitals mean anything in it."""

    text: str
    capitals: bool

    def named(self, at: int, most: int, *, loose: bool = False) -> int:
        """Return where the name that begins here ends; `at` itself when there is none.

        Its first word may be any that is no ordinary one if it is `loose`; else, as all further
        ones, it has a capital or is a given name.
        """
        end, place = at, at
        for number in range(most):
            found = WORD.match(self.text, place)
            if found is None:
                break
            if found[0].lower() in known_names().particles and number:
                end_of_gap = GAP.match(self.text, found.end())
            elif self._is_name(found[0]) or (loose and not number and not is_never(found[0])):
                end = found.start() + len(bare(found[0]))
                end_of_gap = GAP.match(self.text, found.end())
            else:
                break
            if end_of_gap is None:
                break
            place = end_of_gap.end()
        return end

    def _is_name(self, word: str) -> bool:
        if is_never(word):
            return False
        return is_given(word) or (self.capitals and word[0].isupper())


def remove_names(text: str) -> str:
    """Put [name] where somebody is named; what is no name stays, titles and relations as well."""
    reader = _Reader(text, _capitals_mean_names(text))
    kept = [match.span() for match in MEDICAL.finditer(text)]
    end = 0
    parts: list[str] = []
    for begin, until in sorted(_spans(reader), key=lambda span: (span[0], -span[1])):
        if begin < end or any(one < until and begin < other for one, other in kept):
            continue
        parts += [text[end:begin], "[name]"]
        end = until
    return "".join([*parts, text[end:]])


def _spans(reader: _Reader) -> Iterator[tuple[int, int]]:
    for find in (
        _after_triggers,
        _in_greetings,
        _of_oneself,
        _in_sign_offs,
        _in_last_lines,
        _anywhere,
    ):
        yield from ((begin, end) for begin, end in find(reader) if end > begin)


def _after_triggers(reader: _Reader) -> Iterator[tuple[int, int]]:
    for match in LOOSE.finditer(reader.text):
        end = reader.named(match.end(), 4, loose=True)
        # Typed in small letters, a surname looks like any other word.
        second = WORD.match(reader.text, end + 1) if reader.text[end : end + 1] == " " else None
        if end > match.end() and second and not is_never(second[0]):
            end = second.end()
        yield match.end(), end
    for match in TITLE.finditer(reader.text):
        yield match.end(), reader.named(match.end(), 4, loose=True)
    for match in CALLED.finditer(reader.text):
        yield match.end(), reader.named(match.end(), 3)


def _in_greetings(reader: _Reader) -> Iterator[tuple[int, int]]:
    for match in GREETING.finditer(reader.text):
        end = reader.named(match.end(), 3, loose=True)
        words = reader.text[match.end() : end]
        if AFTER_GREETING.match(reader.text, end) or is_given(words.split(" ")[0]):
            yield match.end(), end


def _of_oneself(reader: _Reader) -> Iterator[tuple[int, int]]:
    for match in SELF.finditer(reader.text):
        end = reader.named(match.end(), 3)
        words = reader.text[match.end() : end]
        if match["thing"]:
            sure = HERE.match(reader.text, end) is not None
        else:
            told = " " in words or AFTER_SELF.match(reader.text, end) is not None
            sure = told and not words.isupper()
        if sure or is_given(words.split(" ")[0]):
            yield match.end(), end
    begin = len(reader.text) - len(reader.text.lstrip())
    end = reader.named(begin, 3)
    if HERE.match(reader.text, end) and " " in reader.text[begin:end]:
        yield begin, end


def _in_sign_offs(reader: _Reader) -> Iterator[tuple[int, int]]:
    for match in SIGN_OFF.finditer(reader.text):
        line = reader.text[match.end() :].partition("\n")[0].rstrip(" .!,")
        words = line.split()
        if not _may_sign(words):
            continue
        apart = set(match["gap"]) & set("\n,.!-") or (len(words) == 1 and not match["fond"])
        if apart or all(word[0].isupper() or is_given(word) for word in words):
            yield match.end(), match.end() + len(line)


def _in_last_lines(reader: _Reader) -> Iterator[tuple[int, int]]:
    head, newline, last = reader.text.rstrip().rpartition("\n")
    words = last.strip(" .!,").split()
    signed = newline and _may_sign(words) and all(word[0].isupper() for word in words)
    if signed and (len(words) > 1 or is_given(words[0])):
        yield len(head) + 1, len(head) + 1 + len(last)


def _may_sign(words: Sequence[str]) -> bool:
    named = all(WORD.fullmatch(word.rstrip(".")) and not is_never(word) for word in words)
    return 1 <= len(words) <= 3 and named


def _anywhere(reader: _Reader) -> Iterator[tuple[int, int]]:
    for match in WORD.finditer(reader.text):
        word = bare(match[0])
        if is_given(word) and (word[0].isupper() or word not in known_names().ordinary):
            yield match.start(), reader.named(match.start(), 3)


def _capitals_mean_names(text: str) -> bool:
    """Tell whether capitals are used sparingly, so that one tells a name."""
    words = [word for word in WORD.findall(text) if len(word) > 1]
    with_capital = sum(word[0].isupper() for word in words)
    return not text.isupper() and (len(words) < 6 or with_capital <= 0.75 * len(words))
