"""Every intent has its words, and what they offer exists."""

from functools import cache
from pathlib import Path

import pytest
import yaml

from actions.callbacks.form import FORM
from actions.callbacks.loop import END
from actions.callbacks.meaning import STEPS
from actions.context import Context
from actions.fixed import urgent
from actions.server import ACTIONS, make_executor
from tests.actions.conftest import ROOT, real_context
from tests.actions.understood import heard

GROUPS = ("answer", "decline", "urgent", "clinic", "chat")


@cache
def _intents() -> set[str]:
    files = Path(ROOT / "data/nlu").glob("*.yml")
    return {
        entry["intent"]
        for path in files
        for entry in yaml.load(path.read_text(), yaml.CSafeLoader)["nlu"]
    }


def test_every_answer_has_questions_and_every_question_an_answer(context: Context) -> None:
    asked = {name.partition("/")[2] for name in _intents() if name.startswith("answer/")}
    assert asked == set(context.knowledge.answers)


@pytest.mark.parametrize("group", GROUPS[1:])
def test_every_other_intent_has_its_text(context: Context, group: str) -> None:
    asked = {name.partition("/")[2] for name in _intents() if name.startswith(f"{group}/")}
    assert asked
    assert asked <= set(context.texts.names(group))


def test_texts_offer_answers_that_exist(context: Context) -> None:
    for name, text in context.texts.by_name.items():
        assert set(text.next) <= set(context.knowledge.answers), name


def test_a_booking_is_never_offered_with_a_red_flag(context: Context) -> None:
    for topic in (*context.texts.names("urgent"), "something_new"):
        message = urgent(context, heard(f"urgent/{topic}")).message
        assert message.kind == "urgent"
        assert message.booking is None
        assert not message.suggestions


def test_the_domain_lists_every_action() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text())
    assert set(domain["actions"]) == set(make_executor(real_context()).actions)
    assert set(domain["forms"][FORM]["required_slots"]) == set(STEPS)
    rules = yaml.safe_load((ROOT / "data/stories/rules.yml").read_text())["rules"]
    led_to = {step["action"] for rule in rules for step in rule["steps"] if "action" in step}
    assert led_to == {*ACTIONS, FORM, END}


@pytest.mark.parametrize(
    "name",
    [
        "refusal.too_many_messages",
        "refusal.text_too_long",
        "refusal.unavailable",
        "notice.unavailable",
    ],
)
def test_who_is_not_heard_is_told_whom_to_ring_in_an_emergency(context: Context, name: str) -> None:
    assert "In an emergency, ring <emergency>." in context.texts[name].text


@pytest.mark.parametrize("words", ["!", "as an ai", "🙂", "unfortunately"])
def test_the_voice_is_calm(context: Context, words: str) -> None:
    for name, text in context.texts.by_name.items():
        assert words not in text.text.lower(), name
