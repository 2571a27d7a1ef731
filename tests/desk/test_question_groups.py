"""Questions that mean the same come together, and stay so whatever comes later."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.questions.groups import Group, group
from bot.desk.questions.likeness import key_of, read_likeness
from bot.desk.questions.listing import Filter, day_label, listed, read_filter
from bot.store.desk.question_records import Question, Why

TODAY = date(2026, 3, 2)


def question(
    number: int, text: str, why: Why = "declined", channel: str = "widget", days: int = 0
) -> Question:
    day = TODAY - timedelta(days=days)
    return Question(number, text, key_of(text), why, None, None, "en", channel, day)


def grouped(*texts: str) -> list[set[str]]:
    groups = group(question(number, text) for number, text in enumerate(texts, start=1))
    return [{wording.text for wording in one.wordings} for one in groups]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("How much does it cost?", "what's the price"),
        ("can I drive home after the injection", "driving home after the jab?"),
        ("how much is it", "price for one knee"),
        ("do you take Bupa", "is it covered by insurance"),
        ("will it stop my arthritis getting worse", "can it stop OA from getting worse?"),
        ("is it FDA approved", "fda approved yes or no"),
        ("How long does it last?", "how long does it last in the knee"),
    ],
)
def test_what_means_the_same_comes_together(one: str, other: str) -> None:
    assert grouped(one, other) == [{one, other}]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("how long does it last", "how long does it take to work"),
        ("does it help asthma", "does it help diabetes"),
        ("how much is it for one knee", "how does it repair the knee"),
        ("can I swim after it", "can I fly after it"),
        ("is it safe", "is it worth it"),
    ],
)
def test_what_means_another_thing_stays_apart(one: str, other: str) -> None:
    assert grouped(one, other) == [{one}, {other}]


def test_the_same_words_are_one_wording_and_the_commonest_is_the_title() -> None:
    texts = ("price of it?", "What is the price", "what is the price?", "cost for a knee")
    (one,) = group(question(number, text) for number, text in enumerate(texts, start=1))
    assert one.title == "What is the price"
    assert [len(wording.questions) for wording in one.wordings] == [2, 1, 1]
    assert one.id == 1


def test_a_text_without_any_word_that_counts_is_a_group_of_its_own() -> None:
    assert grouped("is it", "so what", "is it") == [{"is it"}, {"so what"}]


WORDS = st.sampled_from(
    ("knee", "cost", "last", "safe", "drive", "fda", "asthma", "how", "long", "is", "it", "swim")
)
SENTENCES = st.lists(st.lists(WORDS, max_size=6).map(" ".join), max_size=12)


@given(SENTENCES, SENTENCES)
def test_what_comes_later_moves_nothing(before: list[str], later: list[str]) -> None:
    def places(texts: list[str]) -> dict[int, int]:
        groups = group(question(number, text) for number, text in enumerate(texts, start=1))
        return {one.id: each.id for each in groups for one in each.questions}

    first, both = places(before), places(before + later)
    assert {number: both[number] for number in first} == first
    assert len(both) == len(before) + len(later)


@given(st.text(max_size=60), st.text(max_size=60))
def test_likeness_is_mutual_and_complete_with_itself(one: str, other: str) -> None:
    first, second = read_likeness(one), read_likeness(other)
    assert first.to(second) == pytest.approx(second.to(first))
    assert first.to(first) in (0, 1)


def some_groups() -> list[Group]:
    return group(
        [
            question(1, "what does it cost", days=40),
            question(2, "the price?", "unhelpful", "whatsapp", days=8),
            question(3, "can I swim", "unsure", days=1),
            question(4, "is it fda approved"),
            question(5, "fda approved?"),
            question(6, "approved by fda", channel="whatsapp"),
        ]
    )


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ({}, [(4, 3), (1, 2), (3, 1)]),
        ({"why": "declined"}, [(4, 3), (1, 1)]),
        ({"why": "unhelpful"}, [(1, 1)]),
        ({"channel": "whatsapp"}, [(4, 1), (1, 1)]),
        ({"days": "7"}, [(4, 3), (3, 1)]),
        ({"days": "30", "channel": "whatsapp", "why": "unhelpful"}, [(1, 1)]),
        ({"why": "<b>", "channel": "fax", "days": "x"}, [(4, 3), (1, 2), (3, 1)]),
    ],
)
def test_a_filter_shows_what_it_says_the_most_asked_first(
    query: dict[str, str], shown: list[tuple[int, int]]
) -> None:
    chosen = read_filter(query, ("widget", "whatsapp"))
    rows = listed(some_groups(), chosen, TODAY)
    assert [(one.group.id, one.count) for one in rows] == shown


def test_an_address_keeps_the_other_parts_of_a_filter() -> None:
    chosen = Filter("unsure", "widget", "7")
    assert chosen.query(channel="") == "?why=unsure&days=7"
    assert Filter().query() == ""


def test_a_group_tells_what_is_in_it() -> None:
    costs = some_groups()[0]
    assert costs.newest == TODAY - timedelta(days=8)
    assert costs.channels == ("whatsapp", "widget")
    assert costs.reasons == {"declined": 1, "unhelpful": 1}


@pytest.mark.parametrize(
    ("days", "label"), [(0, "today"), (1, "yesterday"), (30, "31 Jan"), (90, "2 Dec 2025")]
)
def test_a_day_is_told_as_people_say_it(days: int, label: str) -> None:
    one = TODAY - timedelta(days=days)
    assert day_label(one, TODAY) == label.replace("2 Dec 2025", f"{one.day} {one:%b %Y}")
