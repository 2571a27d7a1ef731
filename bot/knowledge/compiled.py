"""The passages as one file, with what the engine needs to know of the answers."""

import json
import os
from pathlib import Path

from bot.knowledge.library import Knowledge


def compile_passages(knowledge: Knowledge, path: Path) -> None:
    """Write the passages, and what each answer cites first, to `path`, whole or not at all."""
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
    answers = {
        answer.id: {"section": answer.general.sections[0], "strict": answer.strict}
        for answer in knowledge.answers.values()
    }
    compiled = {"passages": passages, "answers": answers}
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".tmp")
    unfinished.write_text(json.dumps(compiled, ensure_ascii=False, indent=1) + "\n")
    os.replace(unfinished, path)
