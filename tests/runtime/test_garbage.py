"""What a process has loaded by its start is not looked through for garbage, and only that."""

import gc

import pytest

from bot.runtime.garbage import keep_what_is_loaded


@pytest.mark.slow
def test_only_what_is_loaded_at_first_is_kept() -> None:
    gc.unfreeze()
    try:
        keep_what_is_loaded()
        kept = gc.get_freeze_count()
        assert kept > 0
        later = [[number] for number in range(1000)]
        keep_what_is_loaded()
        assert gc.get_freeze_count() < kept + len(later)
    finally:
        gc.unfreeze()
