"""Runs a command that ends when the process that started it does, and stands back for that.

`python tether.py PARENT COMMAND`, with the number of the process that started it.

It imports nothing of the project, because it runs before the command takes its place.
"""

import ctypes
import os
import signal
import sys

# https://man7.org/linux/man-pages/man2/PR_SET_PDEATHSIG.2const.html
PR_SET_PDEATHSIG = 1
GIVES_WAY = 5  # of the 19 steps by which a process can stand back


def main() -> None:
    """Tie this process to its parent, where the system can, and become the command."""
    parent = int(sys.argv[1])
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    # Where both want the same core, taking a message comes before answering another.
    os.nice(GIVES_WAY)
    if os.getppid() == parent:
        os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606


if __name__ == "__main__":
    main()
