"""Runs the soak: `python -m tests.whatsapp.soak [--seed N] [--minutes M] ...`.

Without a number of minutes one seed is run; with it, one seed after the other until they are over.
A run that finds anything wrong ends it all with code 1, and says how to repeat it.
"""

import argparse
import asyncio
import shutil
import sys
import time
from pathlib import Path
from tempfile import mkdtemp

from tests.whatsapp.soak.plan import Plan
from tests.whatsapp.soak.report import told
from tests.whatsapp.soak.run import soak


def main() -> int:
    """Return 0 when every run was good."""
    options = argparse.ArgumentParser(prog="soak", description=__doc__)
    options.add_argument("--seed", type=int, default=1, help="the first run's")
    options.add_argument("--minutes", type=float, default=0, help="go on with the next seeds")
    options.add_argument("--messages", type=int, default=Plan.messages)
    options.add_argument("--patients", type=int, default=Plan.patients)
    options.add_argument("--seconds", type=float, default=Plan.seconds, help="of writing")
    options.add_argument("--applications", type=int, default=Plan.applications, help="kills")
    options.add_argument("--engines", type=int, default=Plan.engines, help="kills")
    chosen = options.parse_args()
    until = time.monotonic() + 60 * chosen.minutes
    seed = chosen.seed
    while True:
        shape = (chosen.messages, chosen.patients, chosen.seconds)
        plan = Plan(seed, *shape, chosen.applications, chosen.engines)
        folder = Path(mkdtemp(prefix="candor-soak-"))
        outcome = asyncio.run(soak(plan, folder))
        print(told(outcome), flush=True)
        if outcome.wrong:
            print(f"Everything of this run is in {folder}.")
            return 1
        shutil.rmtree(folder)
        seed += 1
        if time.monotonic() > until:
            return 0


if __name__ == "__main__":
    sys.exit(main())
