"""WhatsApp reads some characters as markup; quotations must come out as they were written.

Markup stands at the borders of words: `*bold*`, `_italic_`, `~struck~` and backticks in pairs,
`> ` for a quotation and `* ` for a list at the beginning of a line. Lists with `- ` stay: they
are shown as the lists that they are. Addresses are left alone, because WhatsApp reads them as
links first and any character added would lead elsewhere.
"""

import re
from functools import partial

from bot.channels.whatsapp.limits import shortened

JOINER = "\u2060"  # a word joiner: takes no room and shows nothing
LONGEST_NAME = 60

ADDRESS = re.compile(r"(https?://\S+)", re.I)
MARK = re.compile(r"(?<![^\W_])[*_~`]|[*_~`](?![^\W_])")
LEAD = re.compile(r"^\s*(?=>|\*\s)")


def guarded(text: str) -> str:
    """Return the text with joiners around what would be read as markup; nothing visible changes.

    A mark of which there is only one in its line marks nothing and stays as it is.
    """
    # Three backticks mark everything up to the next three, over any number of lines.
    fenced = text.count("```") > 1
    return "\n".join(_line(line, set("*_~`") if fenced else set()) for line in text.split("\n"))


def _line(line: str, marks: set[str]) -> str:
    pieces = ADDRESS.split(line)
    found = [mark for words in pieces[::2] for mark in MARK.findall(words)]
    marks = marks | {mark for mark in found if found.count(mark) > 1}
    pieces[::2] = (MARK.sub(partial(_apart, marks), words) for words in pieces[::2])
    return LEAD.sub(rf"\g<0>{JOINER}", "".join(pieces))


def _apart(marks: set[str], found: re.Match[str]) -> str:
    # Some readers ask what stands before a mark, others what stands behind it: both are covered.
    return f"{JOINER}{found[0]}{JOINER}" if found[0] in marks else found[0]


def bold(name: str) -> str:
    """Return a name on one line in bold; plain when it has marks of its own, empty if blank."""
    line = shortened(name, LONGEST_NAME)
    if not line:
        return ""
    return guarded(line) if re.search(r"[*_~`]", line) else f"*{line}*"
