"""What every command that answers needs first: checked settings and a model that is fresh."""

from collections.abc import Callable

from bot.runtime.paths import project_root
from bot.settings import Settings, settings_from_environment


def prepared_settings(check: Callable[[Settings], None] = lambda _: None) -> Settings:
    """Return the settings once the model is trained; what `check` raises comes before that."""
    settings = settings_from_environment(project_root())
    check(settings)
    if settings.engine_url is None:
        # Imported late: a wrong setting is told at once, not after loading a language library.
        from bot.runtime.training import train

        train(settings.root)
    return settings
