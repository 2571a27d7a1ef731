"""The fake Graph over HTTP: who may speak, Meta's limits in time, faults by chance."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp import ClientSession

from tests.whatsapp.account import DISPLAY_NUMBER, NUMBER_ID, TOKEN
from tests.whatsapp.graph_faults import PASSING, Faults, Kind
from tests.whatsapp.graph_server import GraphServer, graph_server
from tests.whatsapp.graph_templates import READY
from tests.whatsapp.payloads import listing, template, text_message

DAY = 24 * 3600


@dataclass
class Clock:
    now: float = 1_750_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def server(clock: Clock) -> AsyncIterator[GraphServer]:
    async with graph_server(clock=clock) as graph:
        yield graph


@dataclass
class Caller:
    session: ClientSession

    async def post(self, body: object, token: str = TOKEN, path: str = "") -> tuple[int, Any]:
        headers = {"Authorization": f"Bearer {token}"}
        path = path or f"/v24.0/{NUMBER_ID}/messages"
        async with self.session.post(path, json=body, headers=headers) as response:
            return response.status, await response.json()

    async def code(self, body: object) -> int:
        """Return the code of Graph's error, 0 when the message is accepted."""
        status, answer = await self.post(body)
        return answer["error"]["code"] if status != 200 else 0


@pytest.fixture
async def caller(server: GraphServer) -> AsyncIterator[Caller]:
    async with ClientSession(server.base) as session:
        yield Caller(session)


async def test_errors_have_metas_shape(caller: Caller, server: GraphServer) -> None:
    status, answer = await caller.post(text_message(""))
    assert status == 400
    assert answer["error"]["message"] == "(#131008) Required parameter is missing"
    assert answer["error"]["error_data"]["messaging_product"] == "whatsapp"
    assert answer["error"]["fbtrace_id"]
    assert [one.code for one in server.malformed] == [131008]


async def test_only_the_clinics_token_and_number_are_let_in(caller: Caller) -> None:
    status, answer = await caller.post(text_message(), token="another")
    assert (status, answer["error"]["code"]) == (401, 190)
    status, answer = await caller.post(text_message(), path="/v24.0/123/messages")
    assert (status, answer["error"]["code"]) == (400, 100)


async def test_the_window_opens_when_the_patient_writes_and_closes_after_a_day(
    caller: Caller, server: GraphServer, clock: Clock
) -> None:
    assert await caller.code(text_message()) == 131047
    server.patient_wrote("447700900123")
    clock.now += DAY - 1
    assert await caller.code(text_message()) == 0
    assert await caller.code(text_message(to="+16505550000")) == 131047
    clock.now += 1
    assert await caller.code(listing({"rows": [{"id": "a", "title": "A"}]})) == 131047
    assert await caller.code(template()) == 0
    server.patient_wrote("+447700900123")
    # An older message that arrives later changes nothing.
    server.patient_wrote("+447700900123", clock.now - 2 * DAY)
    assert await caller.code(text_message()) == 0


async def test_a_person_is_one_by_phone_and_by_user_id(caller: Caller, server: GraphServer) -> None:
    by_id = {key: value for key, value in text_message(recipient="US.1").items() if key != "to"}
    server.patient_wrote("US.1")
    _, answer = await caller.post(by_id)
    assert answer["contacts"] == [{"input": "US.1", "user_id": "US.1"}]
    server.knows("+447700900123", "US.1")
    _, answer = await caller.post(text_message())
    assert answer["contacts"] == [{"input": "+447700900123", "wa_id": "447700900123"}]
    assert await caller.code(by_id) == 0
    assert [one.recipient for one in server.accepted] == ["US.1", "447700900123", "447700900123"]
    assert len(server.to("US.1")) == 2
    assert len({one.wamid for one in server.accepted}) == 3


async def test_one_person_gets_a_message_every_six_seconds(
    caller: Caller, server: GraphServer, clock: Clock
) -> None:
    server.patient_wrote("447700900123")
    for _ in range(20):
        assert await caller.code(text_message()) == 0
        clock.now += 6


async def test_a_burst_borrows_and_is_paid_off(
    caller: Caller, server: GraphServer, clock: Clock
) -> None:
    server.limits.per_second = 1000
    server.patient_wrote("447700900123")
    server.patient_wrote("16505550000")
    for _ in range(45):
        assert await caller.code(text_message()) == 0
    assert await caller.code(text_message()) == 131056
    assert await caller.code(text_message(to="+16505550000")) == 0
    clock.now += 45 * 6 - 1
    assert await caller.code(text_message()) == 131056
    clock.now += 1
    assert await caller.code(text_message()) == 0


async def test_the_number_has_a_throughput(
    caller: Caller, server: GraphServer, clock: Clock
) -> None:
    server.limits.per_second = 3
    for n in range(4):
        server.patient_wrote(f"1650555000{n}")
    codes = [await caller.code(text_message(to=f"+1650555000{n}")) for n in range(4)]
    assert codes == [0, 0, 0, 130429]
    clock.now += 1
    assert await caller.code(text_message(to="+16505550003")) == 0


async def test_a_template_must_be_approved_and_get_what_it_takes(
    caller: Caller, server: GraphServer
) -> None:
    body = [{"type": "BODY", "text": "Dear {{1}}"}]
    server.templates = [READY | {"components": body}, READY | {"name": "old", "status": "PAUSED"}]
    assert await caller.code(template()) == 132000
    name = [{"type": "body", "parameters": [{"type": "text", "text": "Pat"}]}]
    assert await caller.code(template(components=name)) == 0
    assert await caller.code(template("old")) == 132001
    assert await caller.code(template(code="fr")) == 132001


async def test_the_clinic_cannot_write_to_itself(caller: Caller) -> None:
    assert await caller.code(text_message(to=f"+{DISPLAY_NUMBER}")) == 131021


async def test_reading_is_remembered(caller: Caller, server: GraphServer) -> None:
    read = {"messaging_product": "whatsapp", "status": "read", "message_id": "wamid.abc"}
    assert await caller.post(read) == (200, {"success": True})
    await caller.post(read | {"typing_indicator": {"type": "text"}})
    assert [(one.message_id, one.typing) for one in server.reads] == [
        ("wamid.abc", False),
        ("wamid.abc", True),
    ]


def test_chance_brings_the_same_faults_for_the_same_seed() -> None:
    def drawn(seed: int) -> list[object]:
        faults = Faults()
        faults.seeded(seed, 0.3)
        return [faults.take() for _ in range(1000)]

    assert drawn(1) == drawn(1)
    assert drawn(1) != drawn(2)
    failures = [one for one in drawn(1) if one]
    assert 250 < len(failures) < 350
    assert {one.kind for one in PASSING} == {*Kind} - {Kind.MOVED}
    assert set(PASSING) == set(failures)
