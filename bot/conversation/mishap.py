"""Says what failed and where, without the words that an exception may carry."""

import traceback
from pathlib import Path


def mishap(error: BaseException) -> str:
    """Return an exception's kind and place for a log; its message could quote a patient."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{place}"
