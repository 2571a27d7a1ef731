"""Personal data goes out of a question, and what the question is about stays."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.desk.questions.personal import remove_personal

# What was written, and what is left of it.
REMOVED = [
    ("Ring me on 01632 960142 please", "Ring me on [number] please"),
    ("my mobile is 07700 900123", "my mobile is [number]"),
    ("call +44 7700 900 456 after 6", "call [number] after 6"),
    ("(01632) 960-555 is my number", "[number] is my number"),
    ("text 0 7 7 0 0 9 0 0 1 2 3", "text [number]"),
    ("whatsapp 00447700900123?", "whatsapp [number]?"),
    ("numéro ٠١٦٣٢٩٦٠١٤٢", "numéro [number]"),
    ("it's oh one six three two nine six oh one four two", "it's [number]"),
    ("NHS number 943 476 5919, am I eligible", "NHS number [number], am I eligible"),
    ("my hospital id is 48213", "my hospital id is [number]"),
    ("ref AB-4471 when is my slot", "ref [number] when is my slot"),
    ("policy no: XK20114B", "policy no: [number]"),
    ("NI QQ 12 34 56 C", "NI [number]"),
    ("zip 94110", "zip [number]"),
    ("mail me at j.kerr+knee@mail.example.com ok", "mail me at [email] ok"),
    ("anna dot k at gmail dot com", "[email]"),
    ("see https://example.org/me?id=3 for my scan", "see [link] for my scan"),
    ("I read www.example.com/knees and wonder", "I read [link] and wonder"),
    ("it's on example.co.uk/prices", "it's on [link]"),
    ("dm me @kneegirl", "dm me [name]"),
    ("born 12/03/1961, am I too old", "born [date], am I too old"),
    ("DOB 12 03 61", "DOB [date]"),
    ("dob: 1961-03-12", "dob: [date]"),
    ("date of birth is 3.4.58", "date of birth is [date]"),
    ("I was born in 1958, is it for me", "I was born in [date], is it for me"),
    ("surgery was on 3rd of March 2021", "surgery was on [date]"),
    ("injection March 14, 2024, when does it work", "injection [date], when does it work"),
    ("since 12 May it hurts", "since [date] it hurts"),
    ("op on 2024-11-05", "op on [date]"),
    ("I live near AB12 3DE, how far", "I live near [postcode], how far"),
    ("sw1a1aa", "[postcode]"),
    ("postcode k1a 0b1", "postcode [postcode]"),
    ("I'm at 14 Tide Mill Lane", "I'm at [address]"),
    ("come to 7 harbour street", "come to [address]"),
    ("Flat 3, 22 Gull Road please", "[address] please"),
    ("send it to PO Box 12", "send it to [address]"),
    ("our house in Old Pier Road is far", "our house in [address] is far"),
    ("My name is Margaret Oyelaran and my knee hurts", "My name is [name] and my knee hurts"),
    ("my name's pete", "my name's [name]"),
    ("my name is jo wexcombe and i ask", "my name is [name] and i ask"),
    ("MY NAME IS JOHN SMITH WHAT DOES IT COST", "MY NAME IS [name] WHAT DOES IT COST"),
    ("Name: Farid Al Nasser", "Name: [name]"),
    ("me llamo Juan y tengo dolor", "me llamo [name] y tengo dolor"),
    ("Ich heiße Jürgen Kolb", "Ich heiße [name]"),
    ("I'm Priya, is it safe?", "I'm [name], is it safe?"),
    ("I am Tomasz Zielonka from Leeds", "I am [name] from Leeds"),
    ("im sarah and my knee clicks", "im [name] and my knee clicks"),
    ("This is Derek speaking", "This is [name] speaking"),
    ("It's Oyelaran here, any news?", "It's [name] here, any news?"),
    ("Margaret Oyelaran here. Does it last?", "[name] here. Does it last?"),
    ("Dr Wexcombe said I need it", "Dr [name] said I need it"),
    ("dr. patel told me to ask", "dr. [name] told me to ask"),
    ("I saw Mr J. K. Hale-Lowe in May", "I saw Mr [name] in May"),
    ("mrs oduya asked", "mrs [name] asked"),
    ("Prof. van der Meer treats me", "Prof. [name] treats me"),
    ("Miss Adeyemi is my physio", "Miss [name] is my physio"),
    ("Is Doctor Wexcombe in today", "Is Doctor [name] in today"),
    ("nurse Bridget was kind", "nurse [name] was kind"),
    ("my husband Tom had it done", "my husband [name] had it done"),
    ("my wife, Oluwaseun, limps", "my wife, [name], limps"),
    ("my gp Patel sent me", "my gp [name] sent me"),
    ("my daughter is called Niamh, she is 12", "my daughter is called [name], she is 12"),
    ("Hi Sarah, how long does it last?", "Hi [name], how long does it last?"),
    ("Dear Dr Patel, does it hurt", "Dear Dr [name], does it hurt"),
    ("hello margaret can i drive", "hello [name] can i drive"),
    ("good morning wexcombe, is it safe", "good morning [name], is it safe"),
    ("Is it safe? Thanks, Margaret", "Is it safe? Thanks, [name]"),
    ("does it last\nkind regards\nJ. Kerr", "does it last\nkind regards\n[name]"),
    ("Will it hold? Many thanks Bob", "Will it hold? Many thanks [name]"),
    ("when can I run? cheers dave", "when can I run? cheers [name]"),
    ("How much is it?\nMargaret Oyelaran", "How much is it?\n[name]"),
    ("Is it permanent? - Priya", "Is it permanent? - [name]"),
    ("Best wishes, Ngozi Okafor.", "Best wishes, [name]."),
    ("can Sarah Wexcombe call me", "can [name] call me"),
    ("is it right what jonathan wrote", "is it right what [name] wrote"),
    ("Sarah's knee is worse than mine", "[name]'s knee is worse than mine"),
    ("ask for Fatima\u200b please", "ask for [name] please"),
]
KEPT = [
    "3 weeks after the injection it still hurts",
    "I'm 65 years old, is it too late",
    "my arthritis is stage 3, can it help",
    "is PRP the same as stem cells",
    "Is Mr a title for surgeons here?",
    "weeks 3 to 6 or months 3-6?",
    "3-6-12 months, what happens when?",
    "pain at L4/L5 and C5 C6",
    "c5 6mm disc bulge, any hope",
    "L4 5th lumbar, does it work for that",
    "500 mg of paracetamol twice a day",
    "it costs £10000, or 12000 dollars",
    "I walk 10000 steps a day",
    "had it 2019-2020 and again 2023",
    "between 2019 2021 nothing helped",
    "is it open at 9.30 or 10",
    "Kellgren Lawrence grade 3, is there hope",
    "St John's wort and the injection?",
    "MR scan says my cartilage is thin",
    "I have MS and a bad knee",
    "I miss running",
    "I am diabetic, is it safe for me",
    "I'm English, not Scottish.",
    "I'm scared. Will it hurt?",
    "This is ridiculous",
    "It's Arthritis, they say",
    "hi there, how long does it last",
    "Hello, does it hurt?",
    "Hi again, one more question",
    "Dear clinic, do you treat hips?",
    "thanks for your help",
    "thanks in advance",
    "Many thanks again",
    "What Is The Cost Of Stem Cell Therapy In The Knee",
    "WHAT IS THE COST OF STEM CELL THERAPY",
    "my husband wants to know if it lasts",
    "my mum is 80, may she fly after it?",
    "my doctor said no, the dr didn't say why",
    "call me back tomorrow",
    "my name is on the list already",
    "option 2 may help, option 1 may not",
    "in March 2021 I had surgery",
    "may 3 weeks be enough?",
    "is a 10 minute walk on the road fine",
    "a 2 hour drive home on the day",
    "what about the Achilles tendon and Baker's cyst",
    "I love running",
    "can I drive 100 miles the day after?",
    "does it work for 1 in 3 or 2 in 3?",
    "0.5 ml or 2.5 ml of cells",
]


@pytest.mark.parametrize(("text", "left"), REMOVED)
def test_what_tells_who_somebody_is_goes(text: str, left: str) -> None:
    assert remove_personal(text, "GB") == left


@pytest.mark.parametrize("text", KEPT)
def test_what_the_question_is_about_stays(text: str) -> None:
    assert remove_personal(text, "GB") == text


def test_the_clinics_country_says_what_a_number_is() -> None:
    assert remove_personal("ring 040 123 4567", "DE") == "ring [number]"
    assert remove_personal("ring 98765 43210", "IN") == "ring [number]"


def test_a_long_story_is_cut_behind_its_removal() -> None:
    story = f"{'my knee hurts and ' * 40} I'm on 01632 960142"
    left = remove_personal(story, "GB")
    assert len(left) <= 600
    assert "0163" not in remove_personal(f"{'knee ' * 118} 01632960142", "GB")


PIECES = st.sampled_from(
    [
        "01632 960142",
        "my name is Ada",
        "Dr Hale",
        "\n",
        " ",
        "[name]",
        "[",
        "]",
        "hi ",
        "thanks",
        "-",
    ]
)
TEXTS = st.one_of(
    st.text(max_size=120),
    st.lists(st.one_of(PIECES, st.text(max_size=12), st.integers().map(str))).map("".join),
)


@given(TEXTS)
@example("١٢٣٤٥٦٧٨")
@example("\u2460\u2461\u2462\u2463\u2464\u2465\u2466")
@example("a0163\u200b2960142")
def test_no_long_number_is_left_and_the_same_again_changes_nothing(text: str) -> None:
    left = remove_personal(text, "GB")
    assert not re.search(r"\d{7}", left)
    assert remove_personal(left, "GB") == left
