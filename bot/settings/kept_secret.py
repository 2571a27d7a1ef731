"""A secret that nobody had to choose: made at the first start and kept in a file."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from bot.settings.clinic import SettingsError

SHORTEST = 32


def kept_secret(path: Path) -> str:
    """Return the secret in the file, made if there is none and readable by its owner only."""
    try:
        if not path.exists():
            _make(path)
        kept = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as error:
        raise SettingsError(f"{path}: cannot keep a secret there ({error})") from None
    if len(kept) < SHORTEST:
        raise SettingsError(f"{path}: is too short for a secret; delete it and start again")
    return kept


def _make(path: Path) -> None:
    # Written whole, then linked: two first starts at once end with the same secret.
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_urlsafe(SHORTEST))
    with suppress(FileExistsError):
        os.link(draft, path)
    draft.unlink()
