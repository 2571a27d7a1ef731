"""The environment variables that Candor reads: their names, defaults, and forms."""

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from urllib.parse import urlsplit

from bot.settings.clinic import SettingsError

PREFIX = "CANDOR_"


@dataclass(frozen=True, slots=True)
class Variable:
    """An environment variable that changes a setting: its name, default and effect."""

    name: str
    default: str
    help: str
    secret: bool = False


VARIABLES = (
    Variable("CANDOR_PUBLIC_URL", "http://localhost:<port>", "where patients reach this site"),
    Variable("CANDOR_WEBSITES", "(none)", "the addresses of other sites that show the widget"),
    Variable("CANDOR_HOST", "127.0.0.1", "the address the site listens on; 0.0.0.0 for all"),
    Variable("CANDOR_PORT", "8080", "the port the site listens on"),
    Variable("CANDOR_ACTION_PORT", "5055", "loopback port on which the engine asks for actions"),
    Variable("CANDOR_ENGINE_PORT", "5005", "loopback port of the engine that is started here"),
    Variable("CANDOR_ENGINE_URL", "(started here)", "an engine that runs already, by its address"),
    Variable("CANDOR_DATA", "var", "the folder of conversations, secrets and logs"),
    Variable("CANDOR_DATABASE_URL", "(in CANDOR_DATA)", "the database of conversations"),
    Variable(
        "CANDOR_SECRET", "(made at first)", "signs links and tokens; 32 characters or more", True
    ),
    Variable(
        "CANDOR_ENGINE_TOKEN", "(made at first)", "what the engine asks of who speaks to it", True
    ),
    Variable("CANDOR_CALCOM_SECRET", "(off)", "proves that Cal.com tells of a booking", True),
    Variable("CANDOR_CALENDLY_KEY", "(off)", "proves that Calendly tells of a booking", True),
    Variable("CANDOR_SMTP_URL", "(off)", "sends e-mail to the desk: smtps://user:word@host", True),
    Variable("CANDOR_SMTP_FROM", "(the clinic's e-mail)", "who e-mail to the desk comes from"),
    Variable("CANDOR_WHATSAPP_TOKEN", "(off)", "lets us send: a system user's token", True),
    Variable("CANDOR_WHATSAPP_APP_SECRET", "(off)", "proves that Meta delivers", True),
    Variable("CANDOR_WHATSAPP_VERIFY_TOKEN", "(off)", "your own word for Meta's webhook", True),
    Variable("CANDOR_WHATSAPP_NUMBER_ID", "(off)", "the phone number ID at Meta, in digits"),
    Variable("CANDOR_WHATSAPP_ACCOUNT_ID", "(none)", "the business account, for the check alone"),
    Variable("CANDOR_WHATSAPP_GRAPH_URL", "https://graph.facebook.com", "where Meta is reached"),
    Variable("CANDOR_WHATSAPP_GRAPH_VERSION", "v24.0", "the version of Graph that is spoken"),
    Variable("CANDOR_WHATSAPP_TEMPLATE", "(none)", "calls patients back after 24 h: name/language"),
    Variable("CANDOR_WHATSAPP_LATE", "6", "hours after which a message counts as late"),
    Variable("CANDOR_WHATSAPP_LATE_REPLY", "answer", "what a late message gets: answer or leave"),
)


def refuse_unknown(values: Mapping[str, str]) -> None:
    """Raise SettingsError for a variable that has our prefix and no meaning."""
    names = [variable.name for variable in VARIABLES]
    for name in values:
        if name not in names:
            near = get_close_matches(name, names, 1)
            hint = f"did you mean {near[0]}?" if near else "`candor settings` lists them"
            raise SettingsError(f"{name} is not a setting; {hint}")


def read_port(values: Mapping[str, str], name: str, default: int) -> int:
    """Return the port that is set, or the default; SettingsError when it is none."""
    text = values.get(name, str(default))
    if not (text.isascii() and text.isdigit() and 1 <= int(text) <= 65535):
        raise SettingsError(f"{name} must be a port, a number from 1 to 65535")
    return int(text)


def read_url(values: Mapping[str, str], name: str) -> str | None:
    """Return the address that is set, without a last slash, or None; SettingsError."""
    text = values.get(name)
    return None if text is None else _checked_url(name, text)


def read_urls(values: Mapping[str, str], name: str) -> tuple[str, ...]:
    """Return the addresses that are set, blanks between them; SettingsError."""
    return tuple(_checked_url(name, text) for text in values.get(name, "").split())


def _checked_url(name: str, text: str) -> str:
    try:
        parts = urlsplit(text)
        good = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        good = False
    if not good or parts.query or parts.fragment:
        raise SettingsError(f"{name} must be an address such as https://ask.clinic.example")
    return text.rstrip("/")
