"""What the website's widget costs a page: bytes to download, and time of one processor core."""

import sys

from bench.widget_size import measure_sizes
from bench.widget_time import measure_times
from bot.runtime.steps import StepFailed, say
from bot.settings import SettingsError


def measure_widget() -> str:
    """Return both tables; where one can't be measured, the line that says why."""
    parts = []
    for measure in (measure_sizes, measure_times):
        try:
            parts.append(measure())
        except (StepFailed, SettingsError) as error:
            parts.append(str(error))
    return "\n\n".join(parts)


def main() -> int:
    """Return 0 when both tables are printed, 1 with a clear line otherwise."""
    try:
        print(measure_sizes(), measure_times(), sep="\n\n")
    except (StepFailed, SettingsError) as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
