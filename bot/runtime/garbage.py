"""Keeps Python from looking for garbage among what stays as long as the process."""

import gc


def keep_what_is_loaded() -> None:
    """Never look through what is loaded by now; only the first call of a process does anything.

    Everybody would wait for that, a quarter of a second each time. What is loaded later is little.
    """
    if not gc.get_freeze_count():
        gc.collect()
        gc.freeze()
