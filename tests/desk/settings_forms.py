"""What a manager sends from the pages of the settings: right, and wrong with what is said of it."""

from collections.abc import Sequence

AT = "/desk/settings"
WEEK = {f"hours-{day}": "9:00-17:00" for day in ("monday", "tuesday", "wednesday")}
CLINIC = {
    "name": "Aldermere Joint Clinic",
    "strapline": "Regenerative care for knees, shoulders and hips",
    "phone": "01632 960 142",
    "phone_link": "tel:+441632960142",
    "email": "hello@aldermere.example",
    "address": "14 Tide Mill Lane\r\nAldermere\r\nAM2 4QX\r\n",
    "whatsapp": "+44 7700 900 142",
}
BOOKING = {
    "booking_provider": "link",
    "booking_url": "/demo/booking",
    "booking_label": "Book a free consultation",
}
PRIVACY = {
    "keep_days": "30",
    "privacy_url": "/demo/privacy",
    "regulator_name": "Medicines and Healthcare products Regulatory Agency",
    "regulator_url": "https://www.gov.uk/mhra",
}
NUMBERS = {"emergency_number": "112", "crisis_line": "Samaritans on 116 123"}
SURE = {"sure": "change emergency numbers"}
RIGHT: Sequence[tuple[str, dict[str, str], dict[str, object]]] = (
    ("hours", WEEK, {"hours": {day[6:]: "9:00-17:00" for day in WEEK}}),
    ("clinic", CLINIC, {}),
    ("clinic", CLINIC | {"name": " Tidewell "}, {"name": "Tidewell"}),
    ("clinic", CLINIC | {"whatsapp": ""}, {"whatsapp": ""}),
    (
        *("clinic", CLINIC | {"phone": "01632 960 999"}),
        {"phone": "01632 960 999", "phone_link": "tel:+441632960999"},
    ),
    ("emergency", NUMBERS | SURE, {"emergency_number": "112"}),
    (
        "booking",
        BOOKING | {"booking_label": "Choose a time"},
        {"booking_label": "Choose a time"},
    ),
    ("privacy", PRIVACY | {"keep_days": "7"}, {"keep_days": 7}),
    ("look", {"accent": "#7a1fa2"}, {"accent": "#7a1fa2"}),
    (
        *(
            "closed-days",
            {"day-2099-12-25": "on", "day-2020-12-25": "on", "other-2": "2099-01-02"},
        ),
        {"closed_on": ["2099-01-02", "2099-12-25"], "country_division": ""},
    ),
)
WRONG: Sequence[tuple[str, dict[str, str], str, str]] = (
    ("hours", WEEK | {"hours-monday": "9 to 5"}, "hours-monday", "of Monday can't be read"),
    ("hours", WEEK | {"hours-tuesday": "9:00-8:00"}, "hours-tuesday", "must end after"),
    ("hours", {}, "hours-monday", "must be days with their times"),
    ("clinic", CLINIC | {"name": ""}, "name", "Name is empty"),
    ("clinic", CLINIC | {"email": "hello"}, "email", "must be an e-mail address"),
    ("clinic", CLINIC | {"phone": "call us"}, "phone", "not a telephone number"),
    ("clinic", CLINIC | {"whatsapp": "07700"}, "whatsapp", "an international number, such as"),
    ("emergency", NUMBERS, "sure", "type: change emergency numbers"),
    ("emergency", SURE | {"emergency_number": "nine"}, "emergency_number", "a short number"),
    ("booking", BOOKING | {"booking_url": "javascript:1"}, "booking_url", "must be an address"),
    (
        "booking",
        BOOKING | {"booking_label": "Get cured"},
        "booking_url",
        "may be read as a claim",
    ),
    ("privacy", PRIVACY | {"keep_days": "0"}, "keep_days", "from 1 to 3650, such as 30."),
    ("privacy", PRIVACY | {"keep_days": "a week"}, "keep_days", "from 1 to 3650"),
    ("look", {"accent": "teal"}, "accent", "must be a colour, such as"),
    ("closed-days", {"other-1": "Christmas"}, "other-1", "That is not a date"),
)
WORDS: Sequence[tuple[str, str, str | None]] = (
    ("decline.cost", "Please ring {phone}.", None),
    ("beside.not_named", "We say nothing about {{thing}}.", None),
    ("decline.cost", "", "Write the text"),
    ("decline.cost", "x" * 4001, "at most 4,000 characters"),
    ("decline.cost", "Fax {fax}.", "{fax} is not something that can be filled in"),
    ("decline.cost", "Ring {phone:>9999}.", "{phone} is not something"),
    ("decline.cost", "Ring {phone", "This text"),
    ("decline.cost", "About {{thing}}.", "must have nothing in double braces"),
    ("whatsapp.carry", "Let us go on here.", "must have {{code}} in double braces"),
    ("urgent.other", "Ring 999.", "must have {emergency}, as the delivered text has"),
    ("urgent.self_harm", "Ring {emergency}.", "must have {crisis_line}"),
    ("decline.cost", "We cure everybody.", "may be read as a claim"),
    ("whatsapp.book", "Book a visit with our team", "must have 1 to 20 characters"),
    ("urgent.other", "{address} {emergency} " * 180, "must have at most 4,096 characters"),
)
