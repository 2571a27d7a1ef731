"""What managers change of `clinic.yml`, laid over it."""

from collections.abc import Mapping
from typing import Any

# Where managers change entries; what was changed there is named after it.
CHANGED_AT = "/desk/settings"
OWN_TEXT = "texts."
TAKE_BACK = "`candor settings` lists what was changed there, and takes it back"


def laid_over(entries: Mapping[str, Any], changes: Mapping[str, object]) -> dict[str, Any]:
    """Return a file's entries with changes in their places."""
    merged = {**entries, **{name: value for name, value in changes.items() if not is_text(name)}}
    own = {name.removeprefix(OWN_TEXT): value for name, value in changes.items() if is_text(name)}
    if own and isinstance(merged.get("texts"), dict):
        merged["texts"] = {**merged["texts"], **own}
    return merged


def is_text(name: str) -> bool:
    """Tell whether a change is one of a text."""
    return name.startswith(OWN_TEXT)
