"""`candor questions`: what the front desk decided about questions, to be measured with."""

import argparse
import json
from collections.abc import Iterable, Iterator
from typing import Any

from bot.desk.questions.wording import target_of
from bot.knowledge import Knowledge, load_knowledge
from bot.runtime.paths import project_root
from bot.runtime.steps import say
from bot.runtime.taught import decided_in
from bot.store.desk.question_records import Decided


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name."""
    commands = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    help_ = "write every decided question as a JSON object a line, as `candor evaluate` reads them"
    commands.add_parser("export", help=help_, description=f"export: {help_}.")


def run(_options: argparse.Namespace) -> int:
    """Write the decided questions to standard output, and say what is left out."""
    root = project_root()
    decided, knowledge = decided_in(root), load_knowledge(root)
    for line in labelled(decided, knowledge):
        print(json.dumps(line, ensure_ascii=False))
    noise = sum(one.decision.kind == "noise" for one in decided)
    if noise:
        say(f"Left out as noise: {noise} decisions.")
    for one in decided:
        if one.decision.kind == "answer" and one.decision.target not in knowledge.answers:
            say(f"Left out: the answer `{one.decision.target}` no longer exists.")
    return 0


def labelled(decided: Iterable[Decided], knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    """Yield each decided text as a labelled question; noise, and answers that are gone, aside."""
    for one in decided:
        decision, target = one.decision, target_of(one.decision, knowledge)
        if decision.kind == "noise" or (decision.kind == "answer" and target.intent is None):
            continue
        if decision.kind == "passage":
            sections = list(dict.fromkeys(quote.section for quote in decision.quotes))
        else:
            sections = _sections(decision.target, knowledge) if decision.kind == "answer" else []
        for number, text in enumerate(one.texts, start=1):
            yield {
                "id": f"desk-{decision.id[:12]}-{number}",
                "text": text,
                "expect": "decline" if decision.kind == "not_ours" else "answer",
                "also_ok": [],
                "sections": sections,
                "decision": decision.kind,
                "target": decision.target,
            }


def _sections(name: str | None, knowledge: Knowledge) -> list[str]:
    answer = knowledge.answers[str(name)]
    replies = [answer.general, *([answer.knee] if answer.knee else [])]
    return list(dict.fromkeys(section for reply in replies for section in reply.sections))
