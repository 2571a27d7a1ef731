"""The passages as one file, which is all that the engine reads of the documents."""

import json
import os
from pathlib import Path

from bot.knowledge.library import Knowledge


def compile_passages(knowledge: Knowledge, path: Path) -> None:
    """Write every passage with its section and heading to `path` as JSON, whole or not at all."""
    passages = [
        {
            "id": f"{section.id}/{passage.number}",
            "section": section.id,
            "heading": section.heading,
            "text": passage.text,
        }
        for section in knowledge.sections.values()
        for passage in section.passages
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps({"passages": passages}, ensure_ascii=False, indent=1) + "\n")
    os.replace(unfinished, path)
