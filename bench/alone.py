"""Runs one measure by itself."""

from collections.abc import Callable

from bot.runtime.steps import StepFailed, say


def run_alone(measure: Callable[[], str]) -> int:
    """Print what is measured and return 0; 1, with a clear line, when it can't be."""
    try:
        print(measure())
    except StepFailed as error:
        say(str(error))
        return 1
    return 0
