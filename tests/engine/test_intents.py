"""The classifier learns from a few examples, knows what it doesn't know, and is kept whole."""

import numpy as np
import pytest

from engine.gates import Verdict
from engine.intents import IntentModel, Text, model_from_arrays
from engine.learning import learn
from engine.output import intent_of, reading_of, response_selector
from engine.sentences import Encoder

EXAMPLES = {
    "answer/how_long": [
        "how long does it last", "how many years will it hold", "will it last for years",
        "duration of the effect", "how long do results stay", "when do the benefits end",
    ],
    "answer/safety": [
        "is it safe", "is there any danger", "how safe are the injections", "is it risky",
        "am I safe with this", "does it harm me",
    ],
    "decline/cost": [
        "what does it cost", "how much is it", "price please", "what are your fees",
        "is it expensive", "how much money do I need",
    ],
    "book": [
        "I want an appointment", "book me in", "can I come on Friday", "make a booking",
        "schedule a visit", "I'd like to see the doctor",
    ],
}  # fmt: skip


def as_text(encoder: Encoder, text: str) -> Text:
    return Text(text, encoder.encode_one(text), frozenset())


@pytest.fixture(scope="module")
def model(encoder: Encoder) -> IntentModel:
    pairs = [(text, name) for name, texts in EXAMPLES.items() for text in texts]
    return learn([as_text(encoder, text) for text, _ in pairs], [name for _, name in pairs])


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("for how long will it last?", "answer/how_long"),
        ("are there dangers", "answer/safety"),
        ("how expensive is this", "decline/cost"),
        ("please book an appointment for me", "book"),
    ],
)
def test_new_wordings_are_understood(
    encoder: Encoder, model: IntentModel, text: str, intent: str
) -> None:
    assert model.understand(as_text(encoder, text)).ranking[0][0] == intent


def test_an_example_itself_is_as_near_as_can_be(encoder: Encoder, model: IntentModel) -> None:
    assert model.understand(as_text(encoder, "is it safe")).nearest == pytest.approx(1, abs=0.01)


def test_what_was_never_taught_is_less_in_scope(encoder: Encoder, model: IntentModel) -> None:
    known = model.understand(as_text(encoder, "how long does it last"))
    foreign = model.understand(as_text(encoder, "who won the football world cup in 1966"))
    assert foreign.scope < known.scope


def test_learning_twice_gives_the_same_model(encoder: Encoder, model: IntentModel) -> None:
    pairs = [(text, name) for name, texts in EXAMPLES.items() for text in texts]
    again = learn([as_text(encoder, text) for text, _ in pairs], [name for _, name in pairs])
    assert np.array_equal(again.vector_weights, model.vector_weights)


def test_a_model_read_back_says_the_same(encoder: Encoder, model: IntentModel) -> None:
    text = as_text(encoder, "is it dangerous")
    before, after = model.understand(text), model_from_arrays(model.to_arrays()).understand(text)
    assert after.ranking[0][0] == before.ranking[0][0]
    assert after.ranking[0][1] == pytest.approx(before.ranking[0][1], abs=0.01)


def test_rasa_gets_its_shapes(encoder: Encoder, model: IntentModel) -> None:
    understood = model.understand(as_text(encoder, "is it safe"))
    sure = Verdict("answer/safety", 0.9, "ordinary", 0.9, 0.6)
    unsure = Verdict(None, 0.4, "ordinary", 0.4, 0.6, "answer/safety", (1.0, 2.0, 0.0))
    assert intent_of(sure)["name"] == "answer"
    assert intent_of(unsure)["name"] == "nlu_fallback"
    selector = response_selector(sure, model.intents)
    assert selector["all_retrieval_intents"] == ["answer", "decline"]
    assert selector["answer"]["response"]["intent_response_key"] == "answer/safety"
    assert "answer" not in response_selector(unsure, model.intents)
    reading = reading_of(understood, unsure)
    assert reading["ranking"][0]["intent"] == "answer/safety"
    told = {"name": "ordinary", "value": 0.4, "least": 0.6}
    assert reading["gate"] == told | {"likeliest": "answer/safety", "signs": [1.0, 2.0, 0.0]}
