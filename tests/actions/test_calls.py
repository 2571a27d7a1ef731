"""A call for an action is answered as the action protocol says."""

from typing import Any

from rasa_sdk.executor import ActionExecutor

from actions.calls import answer_call
from actions.context import Context
from actions.server import make_executor
from tests.actions.conftest import real_context


def call(action: str, **slots: int) -> dict[str, Any]:
    latest = {"text": "thanks", "intent": {"name": "chat"}}
    selected = {"chat": {"response": {"intent_response_key": "chat/thanks"}}}
    tracker = {
        "sender_id": "c",
        "slots": slots,
        "latest_message": {**latest, "response_selector": selected},
    }
    return {"next_action": action, "sender_id": "c", "tracker": tracker}


async def test_an_action_says_its_message_and_remembers() -> None:
    context: Context = real_context()
    status, body = await answer_call(make_executor(context), call("action_chat", misses=1))
    assert status == 200
    assert [said["custom"]["kind"] for said in body["responses"]] == ["smalltalk"]
    slots = {event["name"]: event["value"] for event in body["events"] if event["event"] == "slot"}
    assert slots["last_kind"] == "smalltalk"
    assert slots["misses"] == 0


async def test_after_an_action_the_patient_speaks_without_another_prediction() -> None:
    _, body = await answer_call(make_executor(real_context()), call("action_chat"))
    assert (body["events"][-1]["event"], body["events"][-1]["name"]) == (
        "followup",
        "action_listen",
    )


async def test_an_unknown_action_is_answered_as_the_protocol_says() -> None:
    status, body = await answer_call(ActionExecutor(), {"next_action": "action_x", "tracker": {}})
    assert status == 404
    assert body["action_name"] == "action_x"
