"""What a patient may write at any time: to stop, to go on, to have everything deleted."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, get_args
from unicodedata import normalize

from bot.knowledge.problems import KnowledgeError
from bot.knowledge.strict_yaml import read_yaml

Command = Literal["stop", "start", "delete"]
APOSTROPHES = re.compile("['\u2019\u2018`\u00b4]")


def load_commands(path: Path) -> Mapping[str, Command]:
    """Read the wordings of each command; KnowledgeError names what is wrong in the file."""
    data = read_yaml(path)
    problems = [f"{path.name}: `{name}` is no command; remove it" for name in data.keys() - known()]
    commands: dict[str, Command] = {}
    for name in known():
        listed = data.get(name)
        if not isinstance(listed, list) or not listed:
            problems.append(f"{path.name}: `{name}` must be a list with at least one entry")
            continue
        for words in listed:
            if not _plain(str(words)):
                problems.append(f"{path.name}: “{words}” says nothing; name what is written")
            elif commands.setdefault(_plain(str(words)), name) != name:
                problems.append(f"{path.name}: “{words}” stands in two lists; keep one")
    if problems:
        raise KnowledgeError(sorted(problems))
    return commands


def known() -> tuple[Command, ...]:
    """Return the names of the commands."""
    return get_args(Command)


def read_command(commands: Mapping[str, Command], text: str) -> Command | None:
    """Return the command that is all a text says, or None."""
    return commands.get(_plain(text))


def _plain(text: str) -> str:
    # Without the marks of bold and italic type, of which one counts as a letter.
    words = re.findall(r"[^\W_]+", APOSTROPHES.sub("", normalize("NFKC", text).casefold()))
    while words and words[0] == "please":
        words = words[1:]
    while words and words[-1] == "please":
        words = words[:-1]
    return " ".join(words)
