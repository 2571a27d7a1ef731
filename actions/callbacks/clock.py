"""Days and times as people say them."""

from datetime import datetime


def as_clock(moment: datetime) -> str:
    """Return a time: "4.15 pm", "noon"."""
    if (moment.hour, moment.minute) in ((0, 0), (12, 0)):
        return "noon" if moment.hour else "midnight"
    rest = f".{moment.minute:02}" if moment.minute else ""
    return f"{(moment.hour - 1) % 12 + 1}{rest} {'am' if moment.hour < 12 else 'pm'}"


def as_day(moment: datetime) -> str:
    """Return a day: "Tuesday 24 March"."""
    return f"{moment:%A} {moment.day} {moment:%B}"
