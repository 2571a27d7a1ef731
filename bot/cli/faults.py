"""What a person is told when a command fails: lines to act on, never a traceback."""

import traceback

from bot.runtime.paths import Paths, project_root
from bot.runtime.steps import StepFailed
from bot.settings import SettingsError


def told(error: Exception) -> list[str]:
    """Return the lines that say what is wrong and what to do."""
    from bot.conversation import StoreUnavailable
    from bot.knowledge import KnowledgeError

    if isinstance(error, KnowledgeError):
        return error.problems
    if isinstance(error, (SettingsError, StepFailed, StoreUnavailable)):
        return [str(error)]
    return [f"stopped by a fault of its own ({type(error).__name__}); {_kept(error)}"]


def _kept(error: Exception) -> str:
    """Keep where the fault happened, without its message, which could quote a patient."""
    path = Paths(project_root()).logs / "fault.log"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_tb(error.__traceback__)) + type(error).__name__)
    except OSError:
        return "its place could not be kept"
    return f"please report it with {path}"
