"""The pipeline of config.yml: its steps as Rasa runs them, one message at a time."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from conftest import ROOT
from rasa.core.actions.action import RemoteAction
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.utils.endpoints import EndpointConfig
from ruamel.yaml import YAML

from engine.components.encoder import PARTS, READ, SentenceEncoder, is_typed, vector_of
from engine.components.reader import TAGS, Reader
from engine.quick import WrongAnswerError, use_quick_rasa
from engine.sentences import Encoder
from engine.spelling import learn_spelling


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    places = {
        "lexicon": str(ROOT / "data" / "lexicon"),
        "cache": str(tmp_path_factory.mktemp("cache") / "tags.json"),
    }
    config = {**Reader.get_default_config(), **places}
    spelling = learn_spelling(["is it permanent"] * 9, ["A steroid injection."], [])
    return Reader(config, None, None, spelling)


def test_every_step_of_the_configuration_is_there() -> None:
    config = YAML(typ="safe").load((ROOT / "config.yml").read_text())
    for step in config["pipeline"]:
        module, _, name = step["name"].rpartition(".")
        assert hasattr(import_module(module), name)


def test_a_message_is_read_and_encoded(reader: Reader, encoder: Encoder, tmp_path: Path) -> None:
    (message,) = reader.process([Message.build("my knees hurt, 2 weeks gone")])
    (message,) = SentenceEncoder(encoder, tmp_path / "v.npz").process([message])
    assert [t.lemma for t in message.get("text_tokens")][:3] == ["my", "knee", "hurt"]
    assert {"body_part:covered", "time_since:covered", "phase:1"} <= message.get(TAGS)
    assert vector_of(message) is not None


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("<p>is it <b>safe</b>?</p>", "is it  safe ?"),
        ("is 3 < 5 and > 2 weeks", "is 3 < 5 and > 2 weeks"),
        ("<br>", "<br>"),
    ],
)
def test_markup_is_not_read(reader: Reader, text: str, read: str) -> None:
    (message,) = reader.process([Message({"text": text})])
    assert message.get(READ) == read


def test_typos_are_read_as_they_were_meant(reader: Reader) -> None:
    (message,) = reader.process([Message.build("is a sterod injecton permenant")])
    assert message.get("text") == "is a sterod injecton permenant"
    assert message.get(READ) == "is a steroid injection permanent"
    assert "treatment:covered" in message.get(TAGS)


def test_each_of_several_questions_is_read_and_encoded(
    reader: Reader, encoder: Encoder, tmp_path: Path
) -> None:
    (message,) = reader.process([Message.build("is it safe and does my hip need a brace")])
    (message,) = SentenceEncoder(encoder, tmp_path / "v.npz").process([message])
    first, second = message.get(PARTS)
    assert (first.get(READ), second.get(READ)) == ("is it safe", "does my hip need a brace")
    assert "body_part:covered" in second.get(TAGS) - first.get(TAGS)
    safe, brace = (encoder.encode_one(part.get(READ)) for part in (first, second))
    assert vector_of(first) @ safe > vector_of(first) @ brace
    assert vector_of(second) @ brace > vector_of(second) @ safe


@pytest.mark.parametrize(
    "text", ['/answer{"answer": "is_it_permanent"}', "/session_start", "", "  "]
)
def test_what_nobody_typed_is_left_alone(
    reader: Reader, encoder: Encoder, tmp_path: Path, text: str
) -> None:
    (message,) = SentenceEncoder(encoder, tmp_path / "v.npz").process(
        reader.process([Message.build(text)])
    )
    assert not is_typed(text)
    assert vector_of(message) is None
    assert not message.get("entities")


def test_examples_get_what_messages_get(reader: Reader, encoder: Encoder, tmp_path: Path) -> None:
    example, message = Message.build("is PRP safer"), Message.build("is PRP safer")
    steps = SentenceEncoder(encoder, tmp_path / "v.npz")
    steps.process_training_data(reader.process_training_data(TrainingData([example])))
    steps.process(reader.process([message]))
    assert example.get(TAGS) == message.get(TAGS) == {"treatment:not covered"}
    assert vector_of(example) == pytest.approx(vector_of(message), abs=1e-5)


def test_a_wrong_answer_of_the_action_endpoint_is_still_noticed() -> None:
    use_quick_rasa()
    action = RemoteAction("action_answer", None)
    assert action._validate_action_result({"events": [], "responses": [{"custom": {}}]})
    with pytest.raises(WrongAnswerError):
        action._validate_action_result({"events": "none", "responses": []})


def test_an_action_is_called_with_the_message_once_and_no_domain() -> None:
    use_quick_rasa()
    told = [SlotSet("joint", "knee"), UserUttered("is it permanent")]
    tracker = DialogueStateTracker.from_events("c", told, slots=[AnySlot("joint", [{}])])
    call = RemoteAction("action_answer", None)._action_call_format(tracker, Domain.empty())
    assert (call["next_action"], call["sender_id"]) == ("action_answer", "c")
    assert call["tracker"]["slots"]["joint"] == "knee"
    assert json.dumps(call, default=str).count("is it permanent") == 1
    assert "domain" not in call


async def test_calls_of_the_action_endpoint_share_a_connection() -> None:
    use_quick_rasa()
    ports: set[int] = set()

    async def answer(request: web.Request) -> web.Response:
        ports.add(request.transport.get_extra_info("peername")[1])
        return web.json_response({"events": []})

    app = web.Application()
    app.router.add_post("/webhook", answer)
    async with TestServer(app) as server:
        endpoint = EndpointConfig(str(server.make_url("/webhook")))
        for _ in range(3):
            assert await endpoint.request(json={"next_action": "action_answer"}) == {"events": []}
        async with endpoint.session() as session:
            assert not session.closed
        await session.close()
    assert len(ports) == 1
