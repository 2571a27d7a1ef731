"""Names for what came: always the same for the same thing, and telling nothing about it.

WhatsApp's own ids hold the patient's number, so they aren't kept once they aren't needed.
"""

import hmac

from bot.store.whatsapp import KEY


def message_key(secret: str, number_id: str, message_id: str) -> str:
    """Return the key of a message."""
    return _key(secret, number_id, "message", message_id)


def status_key(secret: str, number_id: str, message_id: str, state: str) -> str:
    """Return the key of what became of one of our messages: told again later, it is no news."""
    return _key(secret, number_id, "status", message_id, state)


def _key(secret: str, number_id: str, *parts: str) -> str:
    named = "\0".join(("whatsapp", number_id, *parts))
    return hmac.digest(secret.encode(), named.encode(errors="replace"), "sha256").hex()


def changed_key(line: str, change: str) -> str:
    """Return the key of the line that a change of another line became, by the keys of both."""
    return f"{line}/{change.removeprefix(KEY)}"


def line_key(key: str) -> str:
    """Return the key of the line in the transcript that an update became."""
    return f"{KEY}{key}"
