"""A reply is worth what its first message is worth, and the figures add up."""

import pytest

from bot.conversation.message import Citation, Kind, Message, Suggestion
from bot.evaluation import LabelError, Labelled, read_labelled, score, tally

LONG = "permanence#how-long-it-lasts"
QUESTION = Labelled("q1", "how long", "answer", frozenset(), frozenset({LONG}))
COST = Labelled("q2", "how much", "decline", frozenset({"booking"}), frozenset())


def _message(kind: Kind, *cited: str, offered: str = "") -> Message:
    citations = tuple(Citation("permanence", one, "", "", "") for one in cited)
    suggestions = (Suggestion("?", "ask:x", (offered,)),) if offered else ()
    return Message("m", kind, "", citations=citations, suggestions=suggestions)


@pytest.mark.parametrize(
    ("question", "message", "right", "wrongly_answered"),
    [
        (QUESTION, _message("answer", LONG), True, False),
        (QUESTION, _message("answer", "permanence#worth-it", LONG), False, True),
        (QUESTION, _message("decline"), False, False),
        (QUESTION, _message("clarify", offered=LONG), False, False),
        (COST, _message("decline"), True, False),
        (COST, _message("booking"), True, False),
        (COST, _message("answer", LONG), False, True),
    ],
)
def test_what_a_reply_is_worth(
    question: Labelled, message: Message, right: bool, wrongly_answered: bool
) -> None:
    scored = score(question, [message])
    assert (scored.right, scored.wrongly_answered) == (right, wrongly_answered)


def test_a_second_citation_and_an_offer_are_counted_apart() -> None:
    cited = score(QUESTION, [_message("answer", "permanence#worth-it", LONG)])
    offered = score(QUESTION, [_message("clarify", offered=LONG)])
    assert (cited.first_right, cited.cited_right) == (False, True)
    assert offered.offered_right
    shares = {one.name: one.share for one in tally([cited, offered])}
    assert shares["answerable: right among the cited"] == 0.5
    assert shares["answerable: right, or offered in a clarify"] == 0.5
    assert shares["any question: answered with a wrong passage"] == 0.5


@pytest.mark.parametrize("kind", ["decline", "clarify", "answer"])
def test_a_button_that_leads_to_the_right_section_is_near(kind: Kind) -> None:
    message = _message(kind, *(["permanence#worth-it"] if kind == "answer" else []), offered=LONG)
    scored = score(QUESTION, [message])
    assert scored.near_right
    assert not scored.first_right
    assert scored.offered_right is (kind == "clarify")
    assert not score(QUESTION, [_message(kind, offered="permanence#worth-it")]).near_right


def test_no_reply_is_no_right_reply() -> None:
    assert not score(QUESTION, []).right


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("{", "line 2: not JSON"),
        ('{"id": "a"}', "line 2: needs"),
        ("[]", "line 2: needs"),
        ('{"id": "a", "text": "b", "expect": "guess"}', "line 2: `guess` is no kind"),
    ],
)
def test_a_wrong_line_is_named(line: str, problem: str) -> None:
    good = '{"id": "q", "text": "t", "expect": "answer", "also_ok": [], "sections": []}'
    with pytest.raises(LabelError) as caught:
        read_labelled([good, line])
    assert problem in str(caught.value)


def test_a_section_that_does_not_exist_is_named_with_its_line() -> None:
    line = '{"id": 1, "text": "how long", "expect": "answer", "sections": ["permanence#gone"]}'
    with pytest.raises(LabelError, match=r"line 2: there is no section `permanence#gone`"):
        read_labelled(["", line], {LONG})
    assert read_labelled([line])[0].sections == {"permanence#gone"}
