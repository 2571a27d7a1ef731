"""What is said on an invented day at the front desk; every name and number is made up."""

from dataclasses import dataclass

type Said = tuple[str | int, str]


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation: 1 says what the patient said, a name what somebody of staff did.

    `ago` is when the last word was said, in minutes; `stands` who has it now: urgent, waiting,
    mine, bot, closed, or the name of a colleague.
    """

    name: str
    ago: int
    stands: str = "bot"
    phone: str | None = None
    lines: tuple[Said, ...] = ()
    unread: bool = False
    tick: str = "delivered"
    helpful: bool | None = None
    reason: str | None = None
    notes: tuple[tuple[str, str], ...] = ()


PERSON = "A person from the front desk will answer here. Until then I go on answering."
URGENT = (
    "Please ring 999 now. What you describe can be an emergency, and nobody should wait for a chat."
)
LONG = (
    "Good morning, I had the injection into my left knee on the 3rd with Dr Hale and was told to"
    " keep off the bicycle for two weeks. It has been three weeks now, it is still stiff in the"
    " mornings and clicks on the stairs, and my physiotherapist would like to know whether he may"
    " begin with loading. Could somebody who knows my file please tell me before Friday?"
)
TALKS = (
    Talk(
        "Website 1",
        4,
        "urgent",
        unread=True,
        lines=(
            (1, "My calf is swollen and hot since the injection and I can't breathe properly"),
            ("urgent", URGENT),
        ),
    ),
    Talk(
        "Margaret Oyelaran",
        11,
        "waiting",
        "+447700900121",
        unread=True,
        lines=(
            (1, "is it permanent?"),
            ("answer", "is_it_permanent"),
            (1, LONG),
            ("notice", PERSON),
        ),
        tick="read",
    ),
    Talk(
        "Website 2",
        7,
        "waiting",
        unread=True,
        lines=((1, "Can I speak to a person please"), ("notice", PERSON)),
    ),
    Talk(
        "Jonas Weidmann",
        3,
        "waiting",
        "+447700900122",
        unread=True,
        lines=((1, "I need to move Thursday's appointment, who can do that?"), ("notice", PERSON)),
    ),
    Talk(
        "Bartholomew Featherstonehaugh-Cholmondeley",
        26,
        "waiting",
        "+447700900123",
        unread=True,
        lines=(
            (1, "when will it work"),
            ("answer", "when_will_it_work"),
            (1, "And may I take ibuprofen? I'd rather ask a human being."),
            ("notice", PERSON),
        ),
    ),
    Talk(
        "Sofia Marchetti",
        2,
        "mine",
        "+447700900124",
        helpful=True,
        lines=(
            (1, "Hello, my mother is 71 and her knee is worn out. Is it for her?"),
            ("answer", "is_it_for_me"),
            (1, "She doesn't like to travel. Could she be seen on a Saturday?"),
            ("notice", PERSON),
            (
                "Anna",
                "Good morning, this is Anna at the front desk. Yes: we see people on the"
                " first Saturday of each month, from nine to one.",
            ),
            (1, "Wonderful. She would like the next one, as early as possible."),
            ("booking", "Here is the page to book a visit."),
            ("Anna", "I have kept 9.15 for her until tonight. Please choose it on that page."),
            (1, "Thank you! One more thing: does she have to stop her blood thinner before?"),
        ),
        notes=(
            ("Ben", "Her daughter writes for her. The mother is hard of hearing: no calls."),
            ("Anna", "9.15 on Saturday is kept until six tonight."),
        ),
    ),
    Talk(
        "Website 3",
        1,
        "mine",
        lines=(
            (1, "does it hurt"),
            ("answer", "does_it_hurt"),
            (1, "person please"),
            ("Anna", "Hello, this is Anna. What would you like to know?"),
        ),
    ),
    Talk(
        "Ravi Chandrasekaran",
        14,
        "Ben",
        "+447700900125",
        lines=(
            (1, "Where can I park with a wheelchair?"),
            ("notice", PERSON),
            ("Ben", "Right in front of the door, there are two wide places."),
            (1, "Great, and is there a lift?"),
        ),
    ),
    Talk(
        "Website 4",
        38,
        "Cleo",
        lines=(
            (1, "my letter hasn't come"),
            ("notice", PERSON),
            ("Cleo", "I have sent it again just now, by e-mail."),
        ),
    ),
    *(
        Talk(
            name,
            ago,
            phone=phone,
            unread=unread,
            lines=((1, words), ("answer", answer)),
            helpful=helpful,
            reason=reason,
        )
        for name, ago, phone, words, answer, unread, helpful, reason in (
            (
                "Website 5",
                1,
                None,
                "How long until my shoulder feels better?",
                "when_will_it_work",
                True,
                None,
                None,
            ),
            (
                "Hannah Brandt",
                9,
                "+447700900126",
                "Is this safe with diabetes?",
                "is_it_safe",
                True,
                False,
                "It doesn't say anything about diabetes",
            ),
            (
                "Website 6",
                17,
                None,
                "where do the cells come from",
                "cell_sources",
                True,
                True,
                None,
            ),
            ("Website 7", 33, None, "is it permanent", "is_it_permanent", False, True, None),
            (
                "Priya Raman",
                52,
                "+447700900142",
                "Does it hurt? I am rather afraid of needles.",
                "does_it_hurt",
                False,
                None,
                None,
            ),
            (
                "Website 8",
                95,
                None,
                "How many injections will I need, and how far apart?",
                "how_long_it_lasts",
                False,
                None,
                None,
            ),
            (
                "Lena Fischer",
                2100,
                "+447700900127",
                "Thank you, that helps",
                "is_it_for_me",
                False,
                None,
                None,
            ),
        )
    ),
    *(
        Talk(
            name,
            ago,
            "closed",
            phone,
            lines=((1, words), ("notice", PERSON), (by, reply), (1, "Thank you")),
        )
        for name, ago, phone, words, by, reply in (
            ("Website 9", 70, None, "I forgot my scarf", "Ben", "It is here at the desk."),
            (
                "Tom Reed",
                180,
                "+447700900128",
                "Can I fly two days after it?",
                "Anna",
                "Dr Hale would like you to wait a week.",
            ),
            (
                "Gareth Pugh",
                1500,
                "+447700900129",
                "Which floor are you on?",
                "Cleo",
                "The second; the lift is on the left.",
            ),
        )
    ),
)
DECLINED = (
    "How much does it cost?",
    "what's the price",
    "price for one knee",
    "Can I swim after it",
    "when can I swim again",
    "do you take insurance",
    "is it halal",
)
