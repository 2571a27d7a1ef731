"""What Graph tells of a clinic's number, put into words: whether it is well, and what to do."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.channels.whatsapp.inspecting import NotTold, NumberInfo, TemplateInfo


class State(StrEnum):
    """How a finding is to be taken; only `WRONG` keeps all from being well."""

    WELL = "ok"
    NOTE = "note"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: a line that says how it is and what to do."""

    state: State
    text: str


RENEWED = (
    "under Business settings > System users make a token that never expires, with "
    "whatsapp_business_messaging and whatsapp_business_management, and put it into "
    "CANDOR_WHATSAPP_TOKEN"
)
PERMISSION = (
    "under Business settings > System users give the user the app and the WhatsApp account, with "
    f"full control; then {RENEWED}"
)
IDS = {
    "number": "CANDOR_WHATSAPP_NUMBER_ID with the phone number ID",
    "account": "CANDOR_WHATSAPP_ACCOUNT_ID with the WhatsApp Business account ID",
}
LOCKED = "the account is restricted or locked; Business Support Home at Meta says why"
BUSY = "too much was asked of Meta lately; try again in an hour"
TROUBLE = "Meta has trouble of its own; try again later, and look at metastatus.com"
UNFIT = ("DECLINED", "EXPIRED")


def refused(error: NotTold, about: str) -> Finding:
    """Say why Graph tells nothing about the `number` or the `account`, and what to do."""
    return Finding(State.WRONG, f"{about}: {_reason(error, about)}")


def _reason(error: NotTold, about: str) -> str:
    code = error.code
    match code:
        case None:
            return (
                f"Meta can't be asked ({error}); see that this machine may open https addresses, "
                "and that CANDOR_WHATSAPP_GRAPH_URL is right or not set"
            )
        case 0 | 102 | 190:
            return f"the token is wrong, expired or withdrawn (code {code}); {RENEWED}"
        case 3 | 10 | 131005:
            return f"the token lacks a permission (code {code}); {PERMISSION}"
        case 33 | 100 | 803:
            return (
                f"Meta doesn't know it, or the token may not see it (code {code}); compare "
                f"{IDS[about]} under WhatsApp > API Setup; if it is right, {PERMISSION}"
            )
        case 4 | 17 | 32 | 613 | 80007 | 80008 | 130429:
            return f"{BUSY} (code {code})"
        case 368 | 131031:
            return f"{LOCKED} (code {code})"
        case 2500 | 2635:
            return (
                f"Meta doesn't speak this version (code {code}); put a current one into "
                "CANDOR_WHATSAPP_GRAPH_VERSION, or don't set it"
            )
        case 1 | 2 | 131000 | 131016 | 133004:
            return f"{TROUBLE} (code {code})"
    if 200 <= code <= 299:
        return f"the token lacks a permission (code {code}); {PERMISSION}"
    return f"Meta refuses with code {code}; its page of error codes says what that means"


def number_findings(info: NumberInfo, clinics: str) -> Iterator[Finding]:
    """Yield what is to be said of the number; `clinics` is the one that patients are told."""
    yield Finding(State.WELL, f"number: {info.shown or '?'}, shown as {info.name or '?'}")
    if info.status not in (None, "CONNECTED", "FLAGGED"):
        yield Finding(
            State.WRONG,
            f"number: is {info.status}, so it neither sends nor gets messages; register it under "
            "WhatsApp > API Setup, or see WhatsApp Manager > Phone numbers for the reason",
        )
    if info.verification == "NOT_VERIFIED":
        yield Finding(
            State.WRONG,
            "number: is not verified; under WhatsApp Manager > Phone numbers let Meta send a code",
        )
    if info.name_status in UNFIT:
        yield Finding(
            State.WRONG,
            f"number: its display name is {info.name_status}; propose one under WhatsApp Manager "
            "> Phone numbers that shows the clinic's name",
        )
    if info.quality == "RED" or info.status == "FLAGGED":
        yield Finding(
            State.NOTE,
            "number: its quality is low, because people block or report it; read what it sends",
        )
    yield from _clinics_number(info.shown, clinics)


def _clinics_number(shown: str | None, clinics: str) -> Iterator[Finding]:
    if not clinics:
        yield Finding(State.NOTE, "clinic.yml: whatsapp is empty, so pages don't show the number")
    elif shown and _digits(shown) != _digits(clinics):
        yield Finding(
            State.WRONG, "clinic.yml: whatsapp is another number than Meta's; write the right one"
        )


def secret_finding(own: bool) -> Finding:
    """Say whether the app secret is the one of the token's app."""
    if own:
        return Finding(State.WELL, "app secret: belongs to the token's app")
    return Finding(
        State.WRONG,
        "app secret: is not the one of the token's app, so every delivery would be refused; copy "
        "it from App settings > Basic into CANDOR_WHATSAPP_APP_SECRET",
    )


def callback_finding(address: str | None, ours: str) -> Finding:
    """Say whether Meta delivers to our address."""
    if address is None:
        return Finding(State.WRONG, f"webhook: Meta has no address yet; enter {ours}")
    if address.rstrip("/") == ours:
        return Finding(State.WELL, f"webhook: Meta delivers to {ours}")
    return Finding(State.WRONG, f"webhook: Meta delivers to {address}; it should be {ours}")


def subscription_finding(apps: int) -> Finding:
    """Say whether any app gets what happens in the account."""
    if apps:
        return Finding(State.WELL, "account: an app is subscribed to it")
    return Finding(
        State.WRONG,
        "account: no app is subscribed to it, so nothing is delivered; verify the webhook again "
        "under WhatsApp > Configuration",
    )


def template_findings(info: TemplateInfo | None, name: str, language: str) -> Iterator[Finding]:
    """Yield what is to be said of the template that calls patients back."""
    label = f"template {name}/{language}"
    if info is None:
        yield Finding(
            State.WRONG,
            f"{label}: the account has none of this name in this language; make it under "
            "WhatsApp Manager > Message templates, or mend CANDOR_WHATSAPP_TEMPLATE",
        )
        return
    if info.status == "APPROVED":
        yield Finding(State.WELL, f"{label}: approved")
    else:
        yield Finding(State.WRONG, f"{label}: {_template_state(info.status)}")
    if info.category not in (None, "UTILITY"):
        yield Finding(
            State.NOTE, f"{label}: is of category {info.category}; a utility template costs less"
        )
    if info.has_variables:
        yield Finding(State.WRONG, f"{label}: has blanks to fill in; it is sent as it stands")
    if not info.has_reply_button:
        yield Finding(
            State.NOTE, f"{label}: has no quick-reply button; with one, a tap brings the answer"
        )


def _template_state(status: str | None) -> str:
    match status:
        case "PENDING" | "IN_APPEAL":
            return f"is {status}; Meta is looking at it, mostly for less than a day"
        case "REJECTED":
            return "was rejected; WhatsApp Manager > Message templates says why: mend and resubmit"
        case "PAUSED" | "DISABLED":
            return f"is {status}, because people block or report it; soften its text"
    return f"is {status or 'of unknown state'}, so it can't be sent; see WhatsApp Manager"


def _digits(number: str) -> str:
    return "".join(letter for letter in number if letter in "0123456789")
