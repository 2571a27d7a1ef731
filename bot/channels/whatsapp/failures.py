"""What to do about an error of Meta's Graph API: a table of its codes, and the words for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Act(StrEnum):
    """What is to be done after a message was refused."""

    AGAIN = "again"  # passes by itself: back off, then send again
    LATER = "later"  # the limit of the app or the number: all sending pauses, then again
    SLOWER = "slower"  # too much for one person: that person waits 4**attempt seconds
    CLOSED = "closed"  # the 24-hour window is closed: hold it, send the template
    NEVER = "never"  # can't be delivered, or our own mistake: don't try again
    ALERT = "alert"  # token, permission, account: stop all sending and tell the clinic


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a message was refused. `title` comes from our own table: it never holds what was sent."""

    act: Act
    code: int | None
    status: int | None
    title: str


TABLE: dict[int, tuple[Act, str]] = {
    0: (Act.ALERT, "the token is not accepted"),
    1: (Act.AGAIN, "an error that Meta doesn't name"),
    2: (Act.AGAIN, "Meta's service is down or overloaded"),
    3: (Act.ALERT, "the app lacks a permission"),
    4: (Act.LATER, "the app has reached its limit of calls"),
    10: (Act.ALERT, "the app lacks a permission"),
    17: (Act.LATER, "the token's user has reached a limit of calls"),
    32: (Act.LATER, "the account has reached a limit of calls"),
    33: (Act.ALERT, "the clinic's number was deleted"),
    100: (Act.NEVER, "a parameter is wrong"),
    190: (Act.ALERT, "the token is expired or withdrawn"),
    368: (Act.ALERT, "the account is blocked for breaking a policy"),
    613: (Act.LATER, "a limit of calls is reached"),
    80007: (Act.LATER, "the account has reached its limit of calls"),
    130429: (Act.LATER, "the number has reached its throughput"),
    130472: (Act.NEVER, "the patient is part of an experiment of Meta's"),
    # One person abroad mustn't silence the clinic for all the others.
    130497: (Act.NEVER, "the account may not write to people in this country"),
    131000: (Act.AGAIN, "an error that Meta doesn't name"),
    131005: (Act.ALERT, "the app lacks a permission"),
    131008: (Act.NEVER, "a parameter is missing"),
    131009: (Act.NEVER, "a parameter's value is wrong"),
    131016: (Act.AGAIN, "Meta's service is unavailable"),
    131021: (Act.NEVER, "the patient's number is the clinic's own"),
    131026: (Act.NEVER, "the message can't be delivered to this person"),
    131031: (Act.ALERT, "the account is locked"),
    131037: (Act.ALERT, "the number's display name is not approved"),
    131042: (Act.ALERT, "the account's payment is not in order"),
    131045: (Act.ALERT, "the number is not registered properly"),
    131047: (Act.CLOSED, "more than 24 hours since the patient last wrote"),
    131048: (Act.LATER, "sending is limited because messages were reported as spam"),
    131049: (Act.NEVER, "Meta chose not to deliver it"),
    131050: (Act.NEVER, "the patient takes no marketing messages"),
    131051: (Act.NEVER, "the type of message is not supported"),
    131052: (Act.NEVER, "a file from the patient can't be fetched"),
    131053: (Act.NEVER, "a file can't be uploaded"),
    131055: (Act.NEVER, "this way of sending is not allowed"),
    131056: (Act.SLOWER, "too many messages to one person in a short time"),
    131057: (Act.AGAIN, "the account is in maintenance"),
    131062: (Act.NEVER, "this message can't be addressed by a user id"),
    132000: (Act.NEVER, "the template takes another number of parameters"),
    132001: (Act.NEVER, "the template doesn't exist in this language, or isn't approved"),
    132005: (Act.NEVER, "the template's text is too long"),
    132007: (Act.NEVER, "the template breaks a policy"),
    132012: (Act.NEVER, "the template takes parameters of another form"),
    132015: (Act.NEVER, "the template is paused"),
    132016: (Act.NEVER, "the template is disabled"),
    133004: (Act.AGAIN, "Meta's server is unavailable"),
    133010: (Act.ALERT, "the number is not registered"),
    135000: (Act.NEVER, "an error in the request that Meta doesn't name"),
}
TABLE |= dict.fromkeys(range(200, 300), (Act.ALERT, "the app lacks a permission"))
UNKNOWN = "an error that isn't in our table"
# Code 100 with this subcode says that the number or account isn't there, or not for this token.
ABSENT = 33
ABSENT_TITLE = "the number or account is not found with this token"
NOT_GRAPHS = "an answer that is not Graph's"


def act_for(code: int) -> Act:
    """Return what to do about a code, also that of a failed status; NEVER for an unknown one."""
    return TABLE.get(code, (Act.NEVER, UNKNOWN))[0]


def title_for(code: int) -> str:
    """Return our own words for a code."""
    return TABLE.get(code, (Act.NEVER, UNKNOWN))[1]


def is_known(code: int) -> bool:
    """Tell whether a code is in the table; one that isn't is worth a line in the log."""
    return code in TABLE


def judge(status: int, body: object) -> Failure | None:
    """Return what Graph's error object means, or None when the body isn't one.

    The code decides; the HTTP status only when the code is absent or unknown.
    """
    error = body.get("error") if isinstance(body, Mapping) else None
    if not isinstance(error, Mapping):
        return None
    code = _number(error.get("code"))
    if code == 100 and _number(error.get("error_subcode")) == ABSENT:
        return Failure(Act.ALERT, code, status, ABSENT_TITLE)
    if code is not None and is_known(code):
        return Failure(act_for(code), code, status, title_for(code))
    return Failure(_act_for_status(status), code, status, UNKNOWN)


def foreign(status: int) -> Failure:
    """Return what an HTTP error below 500 means that doesn't come from Graph.

    Something between us and Meta answered: nothing of the message itself is wrong.
    """
    return Failure(Act.AGAIN, None, status, NOT_GRAPHS)


def _number(value: object) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _act_for_status(status: int) -> Act:
    if status == 401:
        return Act.ALERT
    if status == 429:
        return Act.LATER
    return Act.AGAIN if status >= 500 else Act.NEVER
