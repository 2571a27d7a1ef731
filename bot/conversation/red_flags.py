"""Red flags: signs of an emergency, found in plain words before anything else is asked."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from bot.conversation.message import Message, new_id
from bot.conversation.phrases import Groups, Phrase, PhraseList, Vocabulary, parse
from bot.conversation.signs import NotASign, RedFlags
from bot.conversation.wording import COMMA
from bot.knowledge.problems import KnowledgeError
from bot.knowledge.strict_yaml import read_yaml
from bot.knowledge.texts import Texts

NOT_A_SIGN = ("denials", "fillers", "past", "over", "asking", "general", "now", "harmless")
LISTS = (*NOT_A_SIGN, "count_always", "often_misspelt", "other_words")
LISTS_BY_NAME = ("words", "signs")


def load_red_flags(path: Path) -> RedFlags:
    """Read the list of signs; KnowledgeError names what is wrong in it."""
    data = read_yaml(path)
    problems = list(_wrong_shapes(data)) or list(_wrong_names(data))
    phrases: dict[str, tuple[Phrase, ...]] = {}
    if not problems:
        groups = {name: [str(word) for word in words] for name, words in data["words"].items()}
        for name, listed in [*data["signs"].items(), *((name, data[name]) for name in NOT_A_SIGN)]:
            try:
                phrases[name] = _phrases(listed, groups)
            except ValueError as error:
                problems.append(f"`{name}`: {error}")
    if problems:
        raise KnowledgeError([f"{path.name}: {problem}" for problem in problems])
    return _red_flags(data, phrases)


def red_flag_check(flags: RedFlags, texts: Texts) -> Callable[[str], Message | None]:
    """Return the check of a conversation: the urgent message for a text with a red flag."""

    def check(text: str) -> Message | None:
        flag = flags.find(text)
        return None if flag is None else urgent_message(texts, flag)

    return check


def urgent_message(texts: Texts, flag: str) -> Message:
    """Return the message for a red flag; one without words of its own gets the general ones."""
    fixed = texts.get(f"urgent.{flag}") or texts["urgent.other"]
    return Message(new_id(), "urgent", fixed.text, intent=flag)


def _red_flags(data: Mapping[str, Any], phrases: Mapping[str, tuple[Phrase, ...]]) -> RedFlags:
    every = [phrase for found in [*phrases.values(), parse(f"or {COMMA}", {})] for phrase in found]
    return RedFlags(
        signs={name: PhraseList(phrases[name]) for name in data["signs"]},
        flags={
            flag: tuple(frozenset(combination) for combination in combinations)
            for flag, combinations in data["flags"].items()
        },
        count_always=frozenset(data["count_always"]),
        not_a_sign=NotASign(**{name: PhraseList(phrases[name]) for name in NOT_A_SIGN}),
        vocabulary=Vocabulary(every, data["often_misspelt"], data["other_words"]),
    )


def _phrases(listed: list[object], groups: Groups) -> tuple[Phrase, ...]:
    return tuple(phrase for text in listed for phrase in parse(str(text), groups))


def _wrong_shapes(data: Mapping[str, Any]) -> Iterator[str]:
    for name in LISTS:
        yield from _not_words(name, data.get(name))
    for name in (*LISTS_BY_NAME, "flags"):
        if not isinstance(data.get(name), dict) or not data[name]:
            yield f"`{name}` must hold named lists"
            continue
        for entry, listed in data[name].items():
            for part in listed if name == "flags" and isinstance(listed, list) else [listed]:
                yield from _not_words(f"{name}: {entry}", part)


def _not_words(name: str, listed: object) -> Iterator[str]:
    if not isinstance(listed, list) or not listed:
        yield f"`{name}` must be a list with at least one entry"
        return
    for word in listed:
        if isinstance(word, bool) or not isinstance(word, str | int | float):
            yield f"`{name}`: write {word!r} in quotes, as words"


def _wrong_names(data: Mapping[str, Any]) -> Iterator[str]:
    used = {sign for lines in data["flags"].values() for line in lines for sign in line}
    for sign in sorted((used | {*data["count_always"]}) - {*data["signs"]}):
        yield f"the sign `{sign}` has no phrases"
    for sign in sorted({*data["signs"]} - used):
        yield f"the sign `{sign}` is in no red flag"
    for name in sorted({*data["signs"]} & {*NOT_A_SIGN}):
        yield f"`{name}` can't be the name of a sign"
