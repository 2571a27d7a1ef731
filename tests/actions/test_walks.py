"""Random conversations: never a loop, never silence, always a way on and a way to a person."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.heard import Candidate, Entity, Heard, Memory
from actions.said import Said, slots_after
from actions.server import ACTIONS, reply, say_part
from bot.conversation.payload import read_ask
from tests.actions.conftest import real_context

ANSWERS = sorted(real_context().knowledge.answers)
TOPICS = {
    "answer": ANSWERS,
    "decline": ["cost", "medicines", "own_medical_question", "off_topic"],
    "urgent": ["joint_infection", "self_harm"],
    "clinic": ["opening_hours"],
    "chat": ["greet", "thanks", "insult"],
}
PLAIN = ["book", "call_back", "talk_to_person", "tell_more", "ask_why", "ask_source", "ask_about"]
PLAIN += ["affirm", "deny", "nlu_fallback", "nlu_fallback", "nlu_fallback"]
ENTITIES = [
    Entity("body_part", "knee"),
    Entity("body_part", "ankle"),
    Entity("condition", "gout", covered=False, words="gout"),
    Entity("time_since", 20),
    Entity("age", 70),
]
TEXTS = [
    "how long does my knee take",
    "????",
    "ok",
    "asdf",
    "wie lange dauert das und was kostet es",
]

intents = st.one_of(
    st.sampled_from(PLAIN),
    *(
        st.sampled_from([f"{group}/{topic}" for topic in topics])
        for group, topics in TOPICS.items()
    ),
)
candidates = st.lists(
    st.builds(
        Candidate,
        st.sampled_from([f"answer/{name}" for name in ANSWERS] + ["decline/cost", "book"]),
        st.floats(0.01, 0.6),
    ),
    max_size=5,
).map(tuple)


@st.composite
def messages(draw: st.DrawFn, depth: int = 1) -> Heard:
    """Return any message, understood in any way, with no memory yet."""
    parts = draw(st.lists(messages(depth=0), max_size=3)) if depth else []
    return Heard(
        text=draw(st.sampled_from(TEXTS)),
        intent=draw(intents),
        confidence=0.9,
        candidates=draw(candidates),
        entities=tuple(draw(st.lists(st.sampled_from(ENTITIES), max_size=2))),
        memory=Memory(),
        parts=tuple(parts),
    )


def said(message: Heard, memory: Memory) -> tuple[Said, Memory]:
    parts = tuple(_remembering(part, memory) for part in message.parts)
    heard = _remembering(message, memory, parts)
    action = "action_clarify" if heard.intent == "nlu_fallback" else f"action_{heard.group}"
    names = {"tell_more": "tell_more", "ask_why": "why", "ask_source": "source"}
    names |= {"ask_about": "about", "affirm": "accept", "deny": "refuse"}
    name = names.get(heard.intent)
    told = reply(
        real_context(),
        heard,
        say_part(heard.group)
        if heard.group == "call_back"
        else ACTIONS[f"action_{name}" if name else action],
    )
    return told, Memory(**slots_after(told, heard))


def _remembering(message: Heard, memory: Memory, parts: tuple[Heard, ...] = ()) -> Heard:
    return Heard(
        message.text,
        message.intent,
        message.confidence,
        message.candidates,
        message.entities,
        memory,
        parts,
    )


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(st.lists(messages(), min_size=1, max_size=12))
def test_no_conversation_loops_or_falls_silent(walk: list[Heard]) -> None:
    memory, before = Memory(), ""
    missed = 0
    for message in walk:
        told, memory = said(message, memory)
        kinds = [one.kind for one in told.messages]
        assert all(one.text.strip() and "{" not in one.text for one in told.messages)
        assert not (before == "clarify" and "clarify" in kinds), "asked back twice in a row"
        missed = missed + 1 if told.missed else 0
        if missed >= 2:
            assert "person" in [one.payload for one in told.messages[-1].suggestions]
        if "urgent" in kinds:
            assert kinds == ["urgent"]
            assert (told.message.booking, told.message.suggestions) == (None, ())
        for offer in (offer for one in told.messages for offer in one.suggestions):
            ask = read_ask(offer.payload)
            assert offer.payload in ("person", "call") or (ask and ask.answer in ANSWERS)
        assert len(kinds) <= 6
        before = memory.last_kind or ""


@settings(max_examples=50, deadline=None)
@given(messages())
def test_a_person_is_always_one_message_away(message: Heard) -> None:
    _, memory = said(message, Memory())
    wish = Heard("a person please", "talk_to_person", 0.9, (), (), memory)
    told, _ = said(wish, memory)
    assert told.message.kind == "handoff"
