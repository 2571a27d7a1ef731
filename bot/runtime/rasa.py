"""How Rasa's own commands are called in the engine's environment."""

from bot.runtime.paths import Paths
from bot.settings import child_environment

# Rasa and its libraries warn on every start about what this frozen line can't change.
QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "PYTHONWARNINGS": "ignore",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "SANIC_LOGO": "",
    "PYTHONUNBUFFERED": "1",
    "PYTHONHASHSEED": "0",
}


def rasa_command(paths: Paths, *arguments: str) -> list[str]:
    """Return the command line of a stock `rasa` command, run from the project's root."""
    return [str(paths.engine_python), "-m", "rasa", *arguments]


def rasa_environment(**changes: str) -> dict[str, str]:
    """Return the environment of such a command; nothing of the application's is in it."""
    hidden = ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")
    inherited = {name: text for name, text in child_environment().items() if name not in hidden}
    return inherited | QUIET | changes
