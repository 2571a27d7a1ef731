"""`candor check`: documents, answers, quotations, texts and settings, all problems at once."""

import argparse

from bot.knowledge import load_knowledge
from bot.runtime.checks import all_problems, reminders
from bot.runtime.freshness import is_fresh
from bot.runtime.paths import project_root
from bot.runtime.steps import say
from bot.runtime.taught import untaught
from bot.settings import settings_from_environment
from bot.store.desk import has_manager

FIRST = "candor staff add LOGIN --name NAME --role manager"


def add_options(_parser: argparse.ArgumentParser) -> None:
    """Add what may follow the command's name: nothing."""


def run(_options: argparse.Namespace) -> int:
    """Print a line for each problem; return 1 when there is one."""
    root = project_root()
    problems = all_problems(root)
    for problem in problems:
        print(problem)
    if problems:
        say(f"{len(problems)} to mend.")
        return 1
    knowledge = load_knowledge(root)
    print(
        f"All is well: {len(knowledge.documents)} documents with {len(knowledge.sections)} "
        f"sections, {len(knowledge.answers)} answers, every quotation verbatim."
    )
    for reminder in reminders(root):
        say(f"Worth a look: {reminder}")
    if not has_manager(settings_from_environment(root).database_url):
        say(f"Nobody manages the front desk yet; begin with `{FIRST}`.")
    news, left_out = untaught(root)
    for line in left_out:
        say(f"Worth a look: {line}.")
    if news:
        say("There are decisions about questions to learn from; `candor train` does it.")
    elif not is_fresh(root):
        say("The model is older than these files; `candor train` renews it.")
    return 0
