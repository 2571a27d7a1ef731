"""What the website's widget costs a page: bytes to download, and time of one processor core."""

import sys

from bench.widget_long import measure_long
from bench.widget_size import measure_sizes
from bench.widget_time import measure_times
from bot.runtime.steps import StepFailed, say
from bot.settings import SettingsError

MEASURES = (measure_sizes, measure_times, measure_long)


def measure_widget() -> str:
    """Return what each measure found; where one can't be taken, the line that says why."""
    parts = []
    for measure in MEASURES:
        try:
            parts.append(measure())
        except (StepFailed, SettingsError) as error:
            parts.append(str(error))
    return "\n\n".join(parts)


def main() -> int:
    """Return 0 when everything is printed, 1 with a clear line otherwise."""
    try:
        print(*(measure() for measure in MEASURES), sep="\n\n")
    except (StepFailed, SettingsError) as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
