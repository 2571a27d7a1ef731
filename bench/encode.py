"""Tells how long the encoder alone takes for a sentence: a line in, milliseconds out.

Runs in the engine's environment, from the project's root: `python bench/encode.py`.
"""

import sys
import time

TIMES = 3


def main() -> None:
    """Read a sentence a line and print the median milliseconds of a few passes."""
    sys.path.insert(0, ".")
    from engine.sentences import shared_encoder

    encoder = shared_encoder()
    encoder.encode_one("a sentence to warm up with")
    print("ready", flush=True)
    for line in sys.stdin:
        taken = []
        for _ in range(TIMES):
            began = time.perf_counter()
            encoder.encode_one(line.strip())
            taken.append(1000 * (time.perf_counter() - began))
        print(sorted(taken)[TIMES // 2], flush=True)


if __name__ == "__main__":
    main()
