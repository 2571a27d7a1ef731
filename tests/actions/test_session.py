"""A new session costs as much after many turns as after few, and forgets nothing that matters."""

from typing import Any

from rasa_sdk.executor import ActionExecutor

from actions.calls import answer_call
from actions.session import NewSession


def call(slots: dict[str, Any], turns: int) -> dict[str, Any]:
    past = [{"event": "slot", "name": "joint", "value": "knee"}] * turns
    return {
        "next_action": "action_session_start",
        "sender_id": "c",
        "tracker": {"sender_id": "c", "slots": slots, "events": past, "latest_message": {}},
        "domain": {},
    }


async def test_a_new_session_sets_each_known_slot_once() -> None:
    executor = ActionExecutor()
    executor.register_action(NewSession())
    slots = {"joint": "knee", "misses": 0, "offered": None}
    status, body = await answer_call(executor, call(slots, turns=500))
    assert status == 200
    assert [event["event"] for event in body["events"]] == [
        "session_started",
        "slot",
        "slot",
        "action",
    ]
    assert [event.get("value") for event in body["events"][1:3]] == ["knee", 0]
    assert body["events"][-1]["name"] == "action_listen"


async def test_an_unknown_action_is_answered_as_the_protocol_says() -> None:
    status, body = await answer_call(ActionExecutor(), {"next_action": "action_x", "tracker": {}})
    assert status == 404
    assert body["action_name"] == "action_x"
