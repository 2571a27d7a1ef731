"""Several questions in one message: answered in one reply, in order, each of them once."""

from actions.context import Context
from actions.heard import Heard
from actions.said import Said, slots_after
from actions.server import ACTIONS, say_part
from actions.several import several
from tests.actions.understood import heard


def reply(context: Context, whole: str, *parts: str) -> Said:
    message = heard(whole, parts=tuple(heard(part) for part in parts))
    said = ACTIONS[f"action_{'clarify' if whole == 'nlu_fallback' else message.group}"]
    return several(context, message, said(context, message), say_part)


def kinds(said: Said) -> list[tuple[str, str | None]]:
    return [(m.kind, m.intent) for m in said.messages if m.kind != "notice"]


def test_both_are_answered_in_order(context: Context) -> None:
    said = reply(context, "answer/is_it_safe", "answer/is_it_safe", "answer/how_long_it_lasts")
    assert kinds(said) == [("answer", "is_it_safe"), ("answer", "how_long_it_lasts")]


def test_what_is_answered_comes_before_what_is_not_covered(context: Context) -> None:
    said = reply(context, "decline/cost", "decline/cost", "answer/how_long_it_lasts")
    assert kinds(said) == [("answer", "how_long_it_lasts"), ("decline", "cost")]


def test_only_the_last_offers_what_to_do_next(context: Context) -> None:
    first, *_, last = reply(
        context, "answer/is_it_safe", "answer/is_it_safe", "answer/how_long_it_lasts"
    ).messages
    assert (first.suggestions, first.booking) == ((), None)
    assert last.suggestions
    assert last.booking


def test_two_halves_of_one_question_are_one(context: Context) -> None:
    twice = reply(context, "answer/is_it_safe", "answer/is_it_safe", "answer/is_it_safe")
    assert kinds(twice) == [("answer", "is_it_safe")]
    other = reply(context, "answer/worth_it", "answer/is_it_safe", "decline/cost")
    assert kinds(other) == [("answer", "worth_it")]


def test_a_message_not_understood_as_a_whole_is_answered_in_its_parts(context: Context) -> None:
    said = reply(context, "nlu_fallback", "answer/is_it_safe", "clinic/address", "nlu_fallback")
    assert kinds(said) == [("answer", "is_it_safe"), ("smalltalk", "address")]


def test_the_last_answer_is_what_a_follow_up_is_about(context: Context) -> None:
    message: Heard = heard("answer/is_it_safe")
    said = reply(context, "answer/is_it_safe", "answer/is_it_safe", "answer/how_long_it_lasts")
    assert slots_after(said, message)["last_answer"] == "ask:how_long_it_lasts"


def test_the_offer_of_a_call_comes_last_because_it_asks_back(context: Context) -> None:
    said = reply(context, "decline/cost", "call_back", "decline/cost")
    assert kinds(said) == [("decline", "cost"), ("booking", "call_back")]
    assert slots_after(said, heard("decline/cost"))["offered"] == "call"


def test_three_that_surely_differ_are_several_whatever_the_whole_means(context: Context) -> None:
    asked = ("answer/studies", "decline/cost", "answer/is_it_safe", "answer/worth_it")
    said = reply(context, "answer/diet_and_lifestyle", *asked)
    assert kinds(said) == [
        ("answer", "studies"),
        ("answer", "is_it_safe"),
        ("answer", "worth_it"),
        ("decline", "cost"),
    ]
