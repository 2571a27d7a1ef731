"""How long things are kept, as `clinic.yml` says it: conversations by channel, and backups."""

from collections.abc import Mapping

from bot.conversation.retention import Backup, KeepDays

LONGEST = 3650  # days
CHANNELS = ("widget", "whatsapp", "desk")
BACKUP = ("where", "kept_days")
LONGEST_PLACE = 120


def read_keep_days(value: object) -> KeepDays:
    """Return the days of each channel from one number for all, or one each; ValueError."""
    if not isinstance(value, Mapping):
        return KeepDays(_days(value, "must be"))
    for channel in value:
        if channel not in CHANNELS:
            raise ValueError(f"has no channel {channel}; there are {', '.join(CHANNELS)}")
    if "widget" not in value:
        raise ValueError("needs the days of widget, the website's chat; others may be left out")
    days = {channel: _days(number, f"of {channel} must be") for channel, number in value.items()}
    widget = days.pop("widget")
    return KeepDays(widget, {channel: own for channel, own in days.items() if own != widget})


def keep_words(keep: KeepDays) -> str:
    """Return the days as a text has them: one number, and WhatsApp's where it is another."""
    whatsapp = keep.of("whatsapp")
    return f"{keep.widget}" + (f" (on WhatsApp {whatsapp})" if whatsapp != keep.widget else "")


def read_backups(value: object) -> tuple[Backup, ...]:
    """Return the places of backups from a list of them; ValueError."""
    if not isinstance(value, list):
        raise ValueError("must be a list such as [{where: The disk in the safe, kept_days: 35}]")
    return tuple(_backup(entry, place) for place, entry in enumerate(value, 1))


def _backup(entry: object, place: int) -> Backup:
    if not isinstance(entry, Mapping) or set(entry) != set(BACKUP):
        raise ValueError(f"needs {' and '.join(BACKUP)} in place {place}, and nothing else")
    where = entry["where"]
    if not isinstance(where, str) or not 0 < len(where.strip()) <= LONGEST_PLACE:
        raise ValueError(f"must say where in place {place}, in up to {LONGEST_PLACE} characters")
    return Backup(where.strip(), _days(entry["kept_days"], f"in place {place}: kept_days must be"))


def _days(value: object, what: str) -> int:
    # `yes` is a whole number to Python.
    if type(value) is not int or not 1 <= value <= LONGEST:
        raise ValueError(f"{what} a whole number from 1 to {LONGEST}, such as 30, unquoted")
    return value
