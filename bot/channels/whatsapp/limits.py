"""What one WhatsApp message may hold, and how its lengths are counted."""

TEXT = 4096
BODY = 1024  # of anything with buttons, a list, a link's button or a picture
BUTTONS = 3
BUTTON_TITLE = 20
ROWS = 10
ROW_TITLE = 24
ROW_DESCRIPTION = 72
# A reply button's id may have 256 characters and a row's 200; the smaller fits both.
CHOICE_ID = 200
OPAQUE = 512  # what comes back with a message's statuses

ELLIPSIS = "…"


def size(text: str) -> int:
    """Return a text's length in UTF-16 code units, the larger of the ways in which it is counted.

    Meta says "characters" without saying which; an emoji counts two here.
    """
    return len(text) + sum(mark > "\uffff" for mark in text)


def beginning(text: str, most: int) -> str:
    """Return as much of the text's beginning as has at most this size."""
    room = most
    for place, mark in enumerate(text):
        room -= size(mark)
        if room < 0:
            return text[:place]
    return text


def shortened(text: str, most: int) -> str:
    """Return the text on one line, cut after a word and marked with an ellipsis if too long."""
    line = " ".join(text.split())
    if size(line) <= most:
        return line
    kept = beginning(line, most - size(ELLIPSIS))
    if not line[len(kept)].isspace():
        kept = kept.rpartition(" ")[0] or kept
    return kept.rstrip(" ,;:.-") + ELLIPSIS
