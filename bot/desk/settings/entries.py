"""What managers may change of `clinic.yml`, section by section; a new entry is one line here."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

# A line or lines of text, a whole number, one for each channel, a colour, one of several, or the
# week or days of hours.
Kind = Literal["line", "lines", "number", "by_channel", "colour", "choice", "week", "days"]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of `clinic.yml` in a form; an optional one may be left empty."""

    name: str
    label: str
    hint: str = ""
    kind: Kind = "line"
    optional: bool = False
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """Entries that are changed together; `words` must be typed before grave ones are."""

    key: str
    title: str
    about: str
    entries: tuple[Entry, ...]
    words: str = ""


HOURS = Section(
    "hours",
    "Opening hours",
    "When somebody is at the front desk. The chat tells patients whether you are open.",
    (Entry("hours", "Opening hours", kind="week"),),
)
DAYS = Section(
    "closed-days",
    "Closed days",
    "Public holidays and other days without opening hours. Past days are dropped.",
    (
        Entry(
            "country_division",
            "Part of the country",
            "Which public holidays are offered below; save to see them.",
            kind="choice",
            optional=True,
        ),
        Entry("closed_on", "Closed days", kind="days"),
    ),
)
CLINIC = Section(
    "clinic",
    "Name and contact",
    "What patients read about the clinic, and how they reach it.",
    (
        Entry("name", "Name"),
        Entry("strapline", "Strapline", "One line below the name on the first page."),
        Entry("phone", "Telephone", "As people read it."),
        Entry(
            "phone_link",
            "Telephone, for phones to ring",
            "Leave it as it is and it follows the number above: tel:+441632960142",
        ),
        Entry("email", "E-mail"),
        Entry("address", "Address", kind="lines"),
        Entry(
            "whatsapp", "WhatsApp number", "International; empty when there is none.", optional=True
        ),
    ),
)
EMERGENCY = Section(
    "emergency",
    "Emergency numbers",
    "What a patient in danger is told to ring. Lives depend on it: try a number first.",
    (
        Entry("emergency_number", "Emergency number", "Such as 999, 112 or 911."),
        Entry(
            "crisis_line",
            "Crisis line",
            "Who listens to a person who doesn't want to live, day and night: a name and a number.",
        ),
    ),
    words="change emergency numbers",
)
BOOKING = Section(
    "booking",
    "Booking",
    "Where the booking button leads, and what it says.",
    (
        Entry(
            "booking_url",
            "Booking page",
            "An address that begins with https://, or with / for a page of this site.",
        ),
        Entry("booking_label", "What the button says"),
        Entry(
            "booking_provider",
            "Whose page it is",
            "With Cal.com or Calendly it is known which answers led to a visit.",
            kind="choice",
            optional=True,
            choices=(("link", "Any other"), ("calcom", "Cal.com"), ("calendly", "Calendly")),
        ),
    ),
)
MAIL = Section(
    "mail",
    "E-mail to the desk",
    "Who is told when a patient waits or tells of an emergency; nothing of a patient is in it.",
    (
        Entry("desk_email", "Address", "Empty for nobody.", optional=True),
        Entry(
            "unattended_minutes",
            "Minutes until somebody who waits is told of",
            "Of opening hours.",
            kind="number",
            optional=True,
        ),
    ),
)
PRIVACY = Section(
    "privacy",
    "Privacy and rules",
    "How long conversations are kept, and where patients read more.",
    (
        Entry(
            "keep_days",
            "Days a conversation is kept",
            "After its last message; then it is deleted for good. Patients are told this number. "
            "One for all, or one for each channel: widget 30, whatsapp 90",
            kind="by_channel",
        ),
        Entry("privacy_url", "Privacy notice", "An address that begins with https:// or /."),
        Entry("regulator_name", "Regulator", "Who tells what is approved and legal."),
        Entry("regulator_url", "Regulator's website"),
    ),
)
LOOK = Section(
    "look",
    "Colour",
    "The one colour of the chat and the pages, made darker or lighter where text needs it.",
    (Entry("accent", "Accent colour", kind="colour"),),
)
SECTIONS: Mapping[str, Section] = {
    section.key: section
    for section in (HOURS, DAYS, CLINIC, EMERGENCY, BOOKING, MAIL, PRIVACY, LOOK)
}
ENTRIES: Mapping[str, tuple[Section, Entry]] = {
    entry.name: (section, entry) for section in SECTIONS.values() for entry in section.entries
}
# How numbers and clocks are read: a change would give another meaning to what is there already.
# Where backups are is known by whoever makes them.
IN_THE_FILE_ONLY = frozenset({"country", "time_zone", "texts", "backups"})
