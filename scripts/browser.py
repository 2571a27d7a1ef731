"""See that there is a Chromium for the browser tests; on Debian it is installed when missing."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from bot.runtime.steps import StepFailed, run_step, say

LOG = Path(__file__).resolve().parents[1] / ".cache" / "logs" / "browser.log"
NAMES = ("chromium", "chromium-browser", "google-chrome")
HINT = "The browser tests need Chromium: install it (Debian: apt install chromium) and run again."


def main() -> int:
    """Return 0 when a Chromium is there, 1 with a clear line if it can't be installed."""
    if any(shutil.which(name) for name in NAMES):
        return 0
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        say(HINT)
        return 1
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium", "fonts-dejavu"]
    try:
        run_step("Reading Debian's package list", ["apt-get", "update"], log=LOG, hint=HINT)
        run_step("Installing Chromium", install, log=LOG, hint=HINT, environment=quiet)
    except StepFailed as error:
        say(str(error))
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
