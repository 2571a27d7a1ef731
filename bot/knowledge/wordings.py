"""How patients ask: the examples that the engine learns from, read for those who search by them."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.problems import KnowledgeError

Wordings = Mapping[str, Sequence[str]]
BULLET = "- "


def read_wordings(root: Path) -> Wordings:
    """Return the examples of each intent in data/nlu; KnowledgeError names a file that is wrong."""
    wordings: dict[str, list[str]] = {}
    for path in sorted((root / "data" / "nlu").glob("*.yml")):
        try:
            data: Any = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
            for block in data["nlu"]:
                lines = str(block["examples"]).splitlines()
                examples = (line.strip().removeprefix(BULLET) for line in lines)
                wordings.setdefault(block["intent"], []).extend(examples)
        except (yaml.YAMLError, UnicodeError, KeyError, TypeError, OSError) as error:
            fault = " ".join(str(error).split())
            raise KnowledgeError([f"{path.name}: not the examples of intents: {fault}"]) from None
    return wordings
