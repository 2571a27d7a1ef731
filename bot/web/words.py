"""The widget's words, one file a language in `languages/`; English is the complete one."""

import json
import re
from collections.abc import Collection, Mapping
from pathlib import Path

from bot.knowledge.problems import KnowledgeError

LANGUAGES = Path(__file__).parent / "languages"
COMPLETE = "en"
# Filled in by the widget, which alone knows them.
LEFT_OPEN = ("time", "name")

Words = Mapping[str, str]


def load_languages(facts: Mapping[str, str], folder: Path = LANGUAGES) -> dict[str, Words]:
    """Return each language's words by its tag, the clinic's facts filled in.

    What a language leaves out is said in English. KnowledgeError names every mistake.
    """
    written = {path.stem: _read(path) for path in sorted(folder.glob("*.json"))}
    complete = written[COMPLETE]
    open_facts = {name: f"{{{name}}}" for name in LEFT_OPEN}
    problems: list[str] = []
    languages: dict[str, Words] = {}
    for tag, words in written.items():
        problems += _faults(tag, words, complete)
        languages[tag] = {
            name: _filled(text, {**facts, **open_facts}, f"languages/{tag}.json: {name}", problems)
            for name, text in {**complete, **words}.items()
        }
    if problems:
        raise KnowledgeError(problems)
    return languages


def best_language(languages: Collection[str], wanted: str) -> str:
    """Return the tag of the language for a wish such as "pt-BR": that, "pt", or English."""
    wanted = wanted.lower()
    by_tag = {tag.lower(): tag for tag in languages}
    while wanted:
        if wanted in by_tag:
            return by_tag[wanted]
        wanted = wanted.rpartition("-")[0]
    return COMPLETE


def _read(path: Path) -> dict[str, str]:
    try:
        words = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise KnowledgeError([f"languages/{path.name} can't be read: {error}"]) from None
    if not isinstance(words, dict) or not all(isinstance(text, str) for text in words.values()):
        raise KnowledgeError([f"languages/{path.name} must be names with texts"])
    return words


def _faults(tag: str, words: Words, complete: Words) -> list[str]:
    faults = [
        f"languages/{tag}.json: {name} is not a text of the widget"
        for name in sorted(words.keys() - complete.keys())
    ]
    if words.get("dir", "ltr") not in ("ltr", "rtl"):
        faults.append(f"languages/{tag}.json: dir must be ltr or rtl")
    for name in words.keys() & complete.keys():
        for fact in LEFT_OPEN:
            if (f"{{{fact}}}" in words[name]) != (f"{{{fact}}}" in complete[name]):
                faults.append(f"languages/{tag}.json: {name} must have {{{fact}}} as in English")
    return faults


def _filled(text: str, facts: Mapping[str, str], where: str, problems: list[str]) -> str:
    unknown = set(re.findall(r"{(.*?)}", text)) - facts.keys()
    if unknown:
        problems.append(f"{where} has {{{unknown.pop()}}}, which can't be filled in")
        return text
    return re.sub(r"{(.*?)}", lambda match: facts[match[1]], text)
