"""Every real answer and text of the project, as a patient gets it on WhatsApp."""

from collections.abc import Iterator
from functools import cache

import pytest

from actions.clarifying import give_up
from actions.compose import answer_message, fixed_message, quoting_message, suggestion, text_message
from actions.context import Context
from bot.channels.whatsapp.rendering import load_words, parts, render
from bot.channels.whatsapp.words import Words
from bot.conversation.message import Message
from bot.conversation.payload import read_ask
from bot.knowledge import FixedText, KnowledgeError, Texts
from tests.actions.conftest import real_context
from tests.whatsapp.messages import body_of, tapped
from tests.whatsapp.outbound_limits import wrong_with

CONTEXT = real_context()
KINDS = {
    "decline": "decline",
    "clarify": "decline",
    "urgent": "urgent",
    "notice": "notice",
    "chat": "smalltalk",
    "clinic": "smalltalk",
    "service": "booking",
}


@cache
def words() -> Words:
    return load_words(CONTEXT.texts)


def short(payload: str) -> str | None:
    ask = read_ask(payload)
    return CONTEXT.knowledge.answers[ask.answer].short if ask else None


def answers(context: Context) -> Iterator[Message]:
    for answer in context.knowledge.answers.values():
        for joint in ("knee", None):
            yield answer_message(context, answer, joint, 21)
            for quotes in (answer.reply(joint).more, answer.why):
                if quotes:
                    yield quoting_message(context, answer, quotes)


def fixed(context: Context) -> Iterator[Message]:
    for name in context.texts.by_name:
        if kind := KINDS.get(name.partition(".")[0]):
            yield fixed_message(context, kind, name)  # type: ignore[arg-type]
    yield give_up(context).message


def test_every_answer_is_one_message_with_its_passages_and_sources() -> None:
    for message in answers(CONTEXT):
        content = render(message, words(), short)
        assert wrong_with(content) == [], message.intent
        assert parts(message, words()) == 1, message.intent
        assert body_of(content).startswith(message.text), message.intent
        for cited in message.citations:
            assert f"/learn/{cited.document}" in body_of(content), message.intent
        told = [payload for _, payload in tapped(content)]
        assert "book" in told or message.booking is None or message.booking.url in body_of(content)
        assert content["interactive"].get("header") or not message.figure, message.intent


def test_every_fixed_text_is_one_message_with_what_it_offers() -> None:
    for message in fixed(CONTEXT):
        content = render(message, words(), short)
        assert wrong_with(content) == [], message.intent
        assert parts(message, words()) == 1, message.intent
        assert body_of(content).startswith(message.text), message.intent
        told = [payload for _, payload in tapped(content)]
        assert told[: len(message.suggestions)] == [one.payload for one in message.suggestions]
        assert message.kind != "decline" or "person" in told or len(told) == 3


def test_who_is_asked_back_sees_every_question_whole() -> None:
    for answer in CONTEXT.knowledge.answers.values():
        asked = text_message(CONTEXT, "clarify", CONTEXT.texts["clarify.ask"], "unsure")
        offer = suggestion(CONTEXT, answer, "knee")
        message = Message(asked.id, asked.kind, asked.text, suggestions=(offer,))
        interactive = render(message, words(), short)["interactive"]
        assert f"'{offer.label}'" in str(interactive["action"]).replace('"', "'"), answer.id


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("whatsapp.more", "Read the rest of this answer"),
        ("whatsapp.choose", "🦵" * 11),
        ("whatsapp.person", " "),
        ("whatsapp.picture", "x" * 61),
        ("urgent.other", "x" * 4097),
    ],
)
def test_wordings_that_whatsapp_cannot_show_are_named(name: str, text: str) -> None:
    texts = Texts({**CONTEXT.texts.by_name, name: FixedText(text)})
    with pytest.raises(KnowledgeError) as caught:
        load_words(texts)
    (line,) = caught.value.problems
    assert line.startswith(f"text {name}: must have ")
