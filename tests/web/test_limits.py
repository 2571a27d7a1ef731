"""How often one person may write, and how that is said."""

from pathlib import Path

import pytest
from aiohttp.test_utils import make_mocked_request
from hypothesis import given
from hypothesis import strategies as st
from multidict import CIMultiDict
from pytest_aiohttp import AiohttpClient

from bot.channels.limits import Limiter
from bot.web import Limits
from bot.web.address import address_of
from tests.web.clinic_site import bearer, clinic_site

EMERGENCY = "my chest hurts and I can't breathe"


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_passes_then_one_at_a_time() -> None:
    clock = Clock()
    limiter = Limiter(burst=3, seconds=2, clock=clock)
    assert [limiter.take("a") for _ in range(4)] == [0, 0, 0, 2]
    assert limiter.take("b") == 0
    clock.now = 2
    assert limiter.take("a") == 0
    assert limiter.take("a") > 0


@given(st.lists(st.floats(0, 5), max_size=60))
def test_no_one_gets_more_than_burst_and_rate(pauses: list[float]) -> None:
    clock = Clock()
    limiter = Limiter(burst=4, seconds=1, clock=clock)
    passed = 0
    for pause in pauses:
        clock.now += pause
        passed += limiter.take("a") == 0
    assert passed <= 4 + clock.now + 1e-6


def test_it_forgets_names_instead_of_growing() -> None:
    limiter = Limiter(burst=1, seconds=60, clock=Clock(), most_names=100)
    for number in range(1000):
        limiter.take(str(number))
    assert len(limiter._full_at) <= 100


async def test_too_many_messages_are_told_to_wait(
    tmp_path: Path, aiohttp_client: AiohttpClient
) -> None:
    limits = Limits(address_burst=2, address_seconds=30)
    async with clinic_site(tmp_path, "http://clinic.test", limits=limits) as site:
        client = await aiohttp_client(site.app)
        outside = {"X-Forwarded-For": "203.0.113.9"}
        body = {"text": "is it permanent?"}
        for _ in range(2):
            answer = await client.post("/api/messages", json=body, headers=outside)
            assert answer.status == 200
        answer = await client.post("/api/messages", json=body, headers=outside)
        assert answer.status == 429
        assert int(answer.headers["Retry-After"]) <= 30
        assert "Please wait" in (await answer.json())["error"]["message"]
        other = {"X-Forwarded-For": "203.0.113.10"}
        assert (await client.post("/api/messages", json=body, headers=other)).status == 200
        assert (await client.post("/api/messages", json=body)).status == 200


async def test_an_emergency_passes_every_limit(
    tmp_path: Path, aiohttp_client: AiohttpClient
) -> None:
    limits = Limits(address_burst=1, address_seconds=60, conversation_burst=1)
    outside = {"X-Forwarded-For": "203.0.113.9"}
    async with clinic_site(tmp_path, "http://clinic.test", limits=limits) as site:
        client = await aiohttp_client(site.app)
        for text, status in (("hello", 200), ("hello", 429), (EMERGENCY, 200), (EMERGENCY, 200)):
            sent = await client.post("/api/messages", json={"text": text}, headers=outside)
            assert sent.status == status
        assert [one["kind"] for one in (await sent.json())["messages"]] == ["urgent"]


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("127.0.0.1", None, "local"),
        ("::1", None, "local"),
        ("127.0.0.1", "198.51.100.7, 203.0.113.9", "203.0.113.9"),
        ("203.0.113.1", "127.0.0.1", "203.0.113.1"),
        ("2001:db8:1:2:3:4:5:6", None, "2001:0db8:0001:0002"),
        ("127.0.0.1", "<script>", "unknown"),
        ("::ffff:203.0.113.1", None, "203.0.113.1"),
        ("::ffff:127.0.0.1", None, "local"),
    ],
)
def test_only_a_proxy_on_this_machine_names_the_sender(
    peer: str, forwarded: str | None, address: str
) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers=headers).clone(remote=peer)
    assert address_of(request) == address


def test_what_a_visitor_writes_before_the_proxy_counts_for_nothing() -> None:
    headers = CIMultiDict([("X-Forwarded-For", "127.0.0.1"), ("X-Forwarded-For", "203.0.113.9")])
    request = make_mocked_request("GET", "/", headers=headers).clone(remote="127.0.0.1")
    assert address_of(request) == "203.0.113.9"


async def test_a_claim_is_limited_like_the_conversation_that_it_begins(
    tmp_path: Path, aiohttp_client: AiohttpClient
) -> None:
    limits = Limits(conversation_burst=2, conversation_seconds=60)
    async with clinic_site(tmp_path, "http://clinic.test", limits=limits) as site:
        client = await aiohttp_client(site.app)
        outside = {"X-Forwarded-For": "203.0.113.9"}
        body = {"text": "is it permanent?", "claim": "a" * 32}
        statuses = [
            (await client.post("/api/messages", json=body, headers=outside)).status
            for _ in range(3)
        ]
    assert statuses == [200, 200, 429]


async def test_reading_is_limited_too_whichever_way(
    tmp_path: Path, aiohttp_client: AiohttpClient
) -> None:
    limits = Limits(address_burst=3, address_seconds=60)
    outside = {"X-Forwarded-For": "203.0.113.9"}
    async with clinic_site(tmp_path, "http://clinic.test", limits=limits) as site:
        client = await aiohttp_client(site.app)
        first = await client.post("/api/messages", json={"text": "hello"})
        token = (await first.json())["conversation"]
        form = {"conversation": token}
        statuses = [
            (await client.post("/ask", data=form, headers=outside)).status for _ in range(40)
        ]
    assert statuses == [200] * 30 + [429] * 10


async def test_a_whole_conversation_as_a_text_counts_for_several_messages(
    tmp_path: Path, aiohttp_client: AiohttpClient
) -> None:
    outside = {"X-Forwarded-For": "203.0.113.9"}
    async with clinic_site(tmp_path, "http://clinic.test") as site:
        client = await aiohttp_client(site.app)
        first = await client.post("/api/messages", json={"text": "hello"})
        headers = outside | bearer((await first.json())["conversation"])
        statuses = [
            (await client.get("/api/conversation/text", headers=headers)).status for _ in range(8)
        ]
    assert statuses == [200] * 6 + [429] * 2
