"""The plain search: half questions, unfinished words, and never more than there is."""

from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.knowledge import KnowledgeError
from bot.knowledge.finding import MOST, make_index
from bot.knowledge.stems import plain_words, stemmed
from bot.knowledge.wordings import read_wordings
from bot.runtime.texts import fixed_texts
from tests.web.clinic_site import index, knowledge, site_settings


@cache
def labels() -> set[str]:
    return {found.label for found in index().found}


@pytest.mark.parametrize(
    ("typed", "among", "name"),
    [
        ("perm", 2, "is_it_permanent"),
        ("is it permanent", 2, "is_it_permanent"),
        ("does it wea", 3, "wears_off"),
        ("is it pai", 2, "does_it_hurt"),
        ("how much does it co", 3, "cost"),
        ("side eff", 2, "side_effects"),
        ("will my insur", 2, "insurance"),
        ("what can I do at three wee", 6, "weeks_3_6"),
        ("IS IT PERMANENT?!", 2, "is_it_permanent"),
    ],
)
def test_half_a_question_finds_its_answer(typed: str, among: int, name: str) -> None:
    assert name in [found.name for found in index().find(typed)[:among]]


def test_what_the_documents_do_not_answer_is_found_as_such() -> None:
    [cost] = [one for one in index().find("how much does it cost") if one.name == "cost"]
    assert (cost.kind, cost.label) == ("decline", "Cost")


@pytest.mark.parametrize("typed", ["", " ", "?", "x", "zzzzqq", "12345678", "é" * 40])
def test_nothing_is_found_where_no_word_is_known(typed: str) -> None:
    assert index().find(typed) == []


def test_a_word_is_unfinished_until_something_follows_it() -> None:
    assert index().find("perman")
    assert index().find("perman ") == []
    assert index().find("permanent ") == index().find("permanent?")


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("does it hu", "does it hurt"),
        ("does it hur", "does it hurt"),
        ("I have a fev", "I have a fever"),
        ("is it permane", "is it permanent"),
        ("How Lo", "How long"),
        ("how long ", "how long "),
        ("how much is the fee", "how much is the fee"),
        ("does it x", "does it"),
        ("can I take zzyzx", "can I take zzyzx"),
        ("", ""),
    ],
)
def test_an_unfinished_word_goes_on_as_it_mostly_does(typed: str, asked: str) -> None:
    assert index().completed(typed) == asked


def test_without_examples_the_documents_words_are_found() -> None:
    bare = make_index(knowledge(), fixed_texts(site_settings("http://clinic.test")), {})
    assert bare.find("does it wear off")[0].name == "wears_off"


@given(st.text(max_size=80))
def test_any_text_finds_few_and_none_twice(text: str) -> None:
    found = index().find(text)
    assert len(found) <= MOST
    assert len(set(found)) == len(found)
    assert {one.label for one in found} <= labels()


@given(st.data())
def test_every_question_is_found_by_its_own_words(data: st.DataObject) -> None:
    answer = data.draw(st.sampled_from(sorted(knowledge().answers.values(), key=lambda a: a.id)))
    assert answer.id in [one.name for one in index().find(answer.general.question)]


@given(st.text())
def test_words_are_plain_and_their_stems_no_longer(text: str) -> None:
    for word in plain_words(text):
        assert word == word.casefold()
        assert len(stemmed(word)) <= len(word)


def test_examples_that_cannot_be_read_name_their_file(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "nlu"
    folder.mkdir(parents=True)
    (folder / "timeline.yml").write_text("nlu: [{intent: answer/x}]")
    with pytest.raises(KnowledgeError, match=r"timeline\.yml: not the examples"):
        read_wordings(tmp_path)
