"""Make the environment that learns the adapter, and learn it: `make adapt`."""

import subprocess
import sys
from pathlib import Path

from bot.runtime.steps import StepFailed, say
from scripts.setup.environments import aside, is_current, sync
from scripts.setup.uv import find_uv

ROOT = Path(__file__).resolve().parents[1]


def main() -> int:
    """Return 0 when engine/adapter.npz is written, 1 with a clear line otherwise."""
    title = "the environment that learns the adapter"
    wanted = aside(ROOT / "adapting", title, ("3.12", "3.13"))
    try:
        if not is_current(wanted):
            sync(wanted, find_uv(ROOT), ROOT)
    except StepFailed as error:
        say(str(error))
        return 1
    say("Learning the adapter (half an hour on two cores):")
    return subprocess.run([str(wanted.python), "-m", "adapting.learn"], cwd=ROOT).returncode  # noqa: S603


if __name__ == "__main__":
    sys.exit(main())
