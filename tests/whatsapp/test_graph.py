"""The client of Graph against the fake one: what is accepted, surely not sent, or unsure."""

import asyncio

import pytest
from aiohttp import ClientSession, TCPConnector, web
from aiohttp.test_utils import TestServer

from bot.channels.whatsapp.failures import Act
from bot.channels.whatsapp.graph import Graph
from bot.runtime.ports import free_port
from tests.whatsapp.graph_client import SECRETS, client, refused, text, unsure
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.graph_server import GraphServer


async def test_an_accepted_message_has_its_id(graph: Graph, server: GraphServer) -> None:
    wamid = await graph.send(text())
    [accepted] = server.accepted
    assert accepted.wamid == wamid
    assert accepted.payload == text()
    assert accepted.opaque == "ob-1"
    assert not server.refused


@pytest.mark.parametrize(
    ("code", "act"),
    [
        (190, Act.ALERT),
        (131031, Act.ALERT),
        (80007, Act.LATER),
        (130429, Act.LATER),
        (131056, Act.SLOWER),
        (131047, Act.CLOSED),
        (131026, Act.NEVER),
        (131000, Act.AGAIN),
        (131016, Act.AGAIN),
        (133004, Act.AGAIN),
    ],
)
async def test_a_refusal_tells_what_to_do_and_repeats_nothing(
    graph: Graph, server: GraphServer, code: int, act: Act
) -> None:
    server.faults.next(Fault(Kind.CODE, code))
    error = await refused(graph.send(text()))
    assert (error.failure.act, error.failure.code) == (act, code)
    assert not server.accepted


@pytest.mark.slow
@pytest.mark.parametrize("kind", [one for one in Kind if one not in (Kind.CODE, Kind.MOVED)])
async def test_without_a_proper_answer_nobody_knows_whether_it_was_accepted(
    graph: Graph, server: GraphServer, kind: Kind
) -> None:
    server.faults.next(Fault(kind))
    await unsure(graph.send(text()))
    assert len(server.accepted) == kind.accepts
    # The line is good again afterwards.
    await graph.send(text())
    assert len(server.accepted) == kind.accepts + 1


async def test_a_redirect_is_not_followed_with_a_patients_words(
    graph: Graph, server: GraphServer
) -> None:
    server.faults.next(Fault(Kind.MOVED))
    error = await refused(graph.send(text()))
    assert (error.failure.act, error.failure.status) == (Act.AGAIN, 307)
    assert server.requests == 1


async def test_a_message_that_was_cancelled_may_be_there(graph: Graph, server: GraphServer) -> None:
    server.faults.next(Fault(Kind.ACCEPT_HANG))
    sending = asyncio.create_task(graph.send(text()))
    await server.until_accepted(1)
    sending.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sending


async def test_where_nobody_listens_nothing_was_sent(session: ClientSession) -> None:
    graph = client(session, f"http://127.0.0.1:{free_port()}")
    error = await refused(graph.send(text()))
    assert (error.failure.act, error.failure.code) == (Act.AGAIN, None)


async def test_a_name_that_leads_nowhere_is_not_sent(session: ClientSession) -> None:
    error = await refused(client(session, "http://graph.invalid", timeout=10).send(text()))
    assert error.failure.act is Act.AGAIN


async def test_without_a_safe_line_nothing_was_sent(
    session: ClientSession, server: GraphServer
) -> None:
    graph = client(session, server.base.replace("http:", "https:"))
    error = await refused(graph.send(text()))
    assert error.failure.act is Act.AGAIN
    assert not server.requests


async def test_who_waits_in_vain_for_a_line_has_sent_nothing(server: GraphServer) -> None:
    async with ClientSession(connector=TCPConnector(limit=1)) as session:
        patient, hasty = client(session, server.base, timeout=5), client(session, server.base)
        server.faults.next(Fault(Kind.ACCEPT_HANG))
        first = asyncio.create_task(patient.send(text()))
        await server.until_accepted(1)
        error = await refused(hasty.send(text()))
        assert error.failure.act is Act.AGAIN
        first.cancel()
        await asyncio.gather(first, return_exceptions=True)
    assert server.requests == 1


async def test_a_closed_session_sends_nothing(graph: Graph, session: ClientSession) -> None:
    await session.close()
    assert (await refused(graph.send(text()))).failure.act is Act.AGAIN


@pytest.mark.parametrize(
    ("changes", "code"), [({"token": "another"}, 190), ({"number_id": "123"}, 100)]
)
async def test_a_wrong_token_or_number_alerts_the_clinic(
    session: ClientSession, server: GraphServer, changes: dict[str, str], code: int
) -> None:
    error = await refused(client(session, server.base, **changes).send(text()))
    assert (error.failure.act, error.failure.code) == (Act.ALERT, code)


@pytest.mark.parametrize(
    ("status", "body", "act"),
    [
        (400, "<h1>+447700900123</h1>", Act.AGAIN),
        (403, "", Act.AGAIN),
        (404, "[" * 100_000, Act.AGAIN),
        (413, "{}", Act.AGAIN),
        (400, '{"error": {"code": 5, "message": "+447700900123"}}', Act.NEVER),
        (500, '{"error": {"code": 5, "message": "+447700900123"}}', Act.AGAIN),
        (500, '{"error": {"message": "+447700900123"}}', Act.AGAIN),
        (500, '{"error": "+447700900123"}', None),
        (502, "<h1>+447700900123</h1>", None),
        (200, "", None),
        (200, "{}", None),
        (200, "null", None),
        (200, '{"messages": []}', None),
        (200, '{"messages": {}}', None),
        (200, '{"messages": [{"id": ""}]}', None),
        (200, '{"messages": [{"id": 7}]}', None),
        (200, '{"error": {"code": 190}}', None),
    ],
)
async def test_any_answer_is_either_a_refusal_or_unsure(
    session: ClientSession,
    caplog: pytest.LogCaptureFixture,
    status: int,
    body: str,
    act: Act | None,
) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(status=status, text=body)

    app = web.Application()
    app.router.add_post("/{rest:.*}", answer)
    caplog.set_level("DEBUG", "bot")
    async with TestServer(app) as server:
        graph = client(session, str(server.make_url("/")))
        if act is None:
            await unsure(graph.send(text()))
        else:
            assert (await refused(graph.send(text()))).failure.act is act
    assert not [secret for secret in SECRETS if secret in caplog.text]
    assert ("code we don't know: 5" in caplog.text) == ('"code": 5' in body)
