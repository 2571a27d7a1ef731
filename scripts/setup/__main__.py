"""Make or renew both environments; says what it does, and what to do when something is missing."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from bot.runtime.steps import StepFailed, say
from scripts.setup.environments import application, engine, is_current, sync
from scripts.setup.uv import find_uv

ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Return 0 when both environments are as their locks say, 1 with a clear line otherwise."""
    if sys.version_info < (3, 8) or os.name != "posix":
        say("The set-up needs Python 3.8 or later on Linux or macOS.")
        return 1
    try:
        stale = [part for part in (application(ROOT), engine(ROOT)) if not is_current(part)]
        if stale:
            say("Setting up what is missing or changed (a few minutes at the first time):")
            uv = find_uv(ROOT)
            for environment in stale:
                sync(environment, uv, ROOT)
    except StepFailed as error:
        say(f"Set-up stopped. {error}")
        return 1
    except KeyboardInterrupt:
        say("\nSet-up stopped; run it again to go on.")
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
