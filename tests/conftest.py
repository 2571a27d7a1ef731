"""What is loaded before the first test stays: Python needn't look through it for garbage."""

import gc

gc.disable()


def pytest_collection_finish() -> None:
    """Leave what is there by now out of every later look for garbage, which took a fifth of all."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_sessionfinish() -> None:
    """Look for garbage once more; pytest itself does it five times, and finds nothing left."""
    gc.collect()
    gc.freeze()
