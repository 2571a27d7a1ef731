"""What stands in the console's navigation, and where a sign-in may lead back to."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.store.desk import Role, Staff

START = "/desk"
SIGN_IN = "/desk/sign-in"
# A path of ours, and nothing that a browser would read as another host.
OWN = re.compile(r"/desk(/[A-Za-z0-9._~%-]+)*/?(\?[A-Za-z0-9._~%&=+-]*)?")
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Place:
    """A page in the navigation, with the least role that it is shown to."""

    path: str
    label: str
    about: str
    role: Role


PLACES = (
    Place(START, "Inbox", "All conversations, what is urgent first", "front_desk"),
    Place("/desk/ask", "Ask", "Find the answer while a caller is on the telephone", "front_desk"),
    Place("/desk/callbacks", "Call-backs", "People who want to be rung, due first", "front_desk"),
    Place("/desk/questions", "Questions", "Teach the assistant what it missed", "front_desk"),
    Place(
        "/desk/reports",
        "Reports",
        "What is asked, what helped, and where people give up",
        "manager",
    ),
    Place(
        "/desk/patients", "Patients' data", "Find, hand over or erase what is kept", "front_desk"
    ),
    Place("/desk/settings", "Settings", "Hours, holidays, numbers and texts", "manager"),
    Place("/desk/staff", "Staff", "Add, lock and help the people who work here", "manager"),
    Place("/desk/audit", "Audit", "Who did what, and when", "manager"),
    Place("/desk/account", "Account", "Your password, second factor and devices", "front_desk"),
)


def may(staff: Staff, role: Role) -> bool:
    """Tell whether somebody has a role, or one above it."""
    return staff.is_manager or staff.role == role


def places_of(staff: Staff) -> Iterator[Place]:
    """Yield what a person's navigation shows."""
    return (place for place in PLACES if may(staff, place.role))


def own_path(text: str | None) -> str:
    """Return a path of the console to go on to after signing in, or its first page."""
    if not text or len(text) > LONGEST or not OWN.fullmatch(text) or ".." in text:
        return START
    entrance = text.startswith((SIGN_IN, "/desk/code", "/desk/sign-out"))
    return START if entrance else text
