"""Claims of cure, guarantee or approval: none may be made, only warned of, and marked as such.

The US regulator's consumer notices on regenerative medicine say why: such treatments have not
been approved for any orthopaedic condition, and the strongest claims mislead most.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.knowledge import Knowledge, Texts
from bot.knowledge.strict_yaml import read_yaml

SENTENCE = re.compile(r"[^.!?\n]+[.!?]*")


def claim_problems(path: Path, knowledge: Knowledge, texts: Texts) -> list[str]:
    """Return a line for each sentence with a claim's words that isn't marked as a warning."""
    data = read_yaml(path)
    patterns = {name: _pattern(words) for name, words in data["words"].items()}
    warnings = {_plain(str(words)) for listed in data["warnings"].values() for words in listed}
    used: set[str] = set()
    problems = []
    for place, sentence in _sentences(knowledge, texts):
        kinds = [name for name, pattern in patterns.items() if pattern.search(sentence)]
        marked = {words for words in warnings if _plain(sentence).startswith(words)}
        used |= marked
        if kinds and not marked:
            problems.append(
                f"{place}: “{sentence}” may be read as a claim ({', '.join(kinds)}); reword it, or "
                f"if it warns of or denies one, list it under `warnings` in {path.name}"
            )
    problems += [f"{path.name}: no sentence begins with “{words}”" for words in warnings - used]
    return list(dict.fromkeys(problems))


def _pattern(words: Iterable[Any]) -> re.Pattern[str]:
    forms = (re.escape(str(word)).replace(r"\*", r"\w*") for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)", re.I)


def _sentences(knowledge: Knowledge, texts: Texts) -> Iterator[tuple[str, str]]:
    """Yield every sentence that a patient may read, with where it stands."""
    for section in knowledge.sections.values():
        yield from _split(section.id, f"{section.heading}.\n{section.markdown}")
    for answer in knowledge.answers.values():
        replies = [answer.general, *([answer.knee] if answer.knee else [])]
        questions = (reply.question for reply in replies)
        for question in [answer.topic.title, answer.short, *questions]:
            yield from _split(f"answer {answer.id}", question)
    yield from _all_texts(texts.by_name)


def _all_texts(by_name: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for name, fixed in by_name.items():
        yield from _split(f"text {name}", fixed.text)


def _split(place: str, text: str) -> Iterator[tuple[str, str]]:
    for sentence in SENTENCE.findall(text):
        if words := sentence.strip(" -*#>\t"):
            yield place, words


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))
