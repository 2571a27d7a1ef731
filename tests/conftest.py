"""What counts as slow; and what is loaded before the first test stays out of the garbage search."""

import gc

import pytest

gc.disable()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Count as slow what asks a whole site over HTTP: each such test builds one of its own."""
    for item in items:
        if "client" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


def pytest_collection_finish() -> None:
    """Leave what is there by now out of every later look for garbage, which took a fifth of all."""
    gc.collect()
    gc.freeze()
    gc.enable()


def pytest_sessionfinish() -> None:
    """Look for garbage once more; pytest itself does it five times, and finds nothing left."""
    gc.collect()
    gc.freeze()
