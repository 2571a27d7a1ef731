"""Graph's lesser calls: marks as read, the number, the template."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession, web
from aiohttp.test_utils import TestServer

from bot.channels.whatsapp.failures import Act
from bot.channels.whatsapp.graph import Graph
from tests.whatsapp.account import ACCOUNT_ID
from tests.whatsapp.graph_client import PHONE, client, refused, unsure
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.graph_server import GraphServer, graph_server
from tests.whatsapp.graph_templates import READY


@pytest.fixture
async def server() -> AsyncIterator[GraphServer]:
    async with graph_server() as graph:
        graph.patient_wrote(PHONE)
        yield graph


@pytest.fixture
async def session() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


@pytest.fixture
def graph(server: GraphServer, session: ClientSession) -> Graph:
    return client(session, server.base)


@pytest.mark.parametrize("typing", [True, False])
async def test_a_message_is_shown_as_read_and_as_being_answered(
    graph: Graph, server: GraphServer, typing: bool
) -> None:
    await graph.mark_read("wamid.abc", typing=typing)
    [read] = server.reads
    assert (read.message_id, read.typing) == ("wamid.abc", typing)
    assert not server.refused


@pytest.mark.parametrize(
    "fault", [Fault(Kind.CODE, 190), *(Fault(kind) for kind in Kind if kind is not Kind.CODE)]
)
async def test_marking_as_read_never_fails(
    graph: Graph, server: GraphServer, caplog: pytest.LogCaptureFixture, fault: Fault
) -> None:
    caplog.set_level("DEBUG", "bot")
    server.read_faults.next(fault)
    await graph.mark_read("wamid.abc", typing=True)
    assert "wamid" not in caplog.text
    accepted = fault.kind is Kind.ACCEPT_BLANK
    assert ("could not be marked as read" in caplog.text) != accepted
    assert (fault.kind is Kind.CODE) == ("190" in caplog.text)


async def test_the_number_is_looked_up(graph: Graph) -> None:
    number = await graph.number()
    assert number.display == "+1 555-078-3881"
    assert number.name == "The Clinic"
    assert (number.quality, number.status) == ("GREEN", "CONNECTED")


async def test_a_lookup_fails_like_a_message(session: ClientSession, server: GraphServer) -> None:
    error = await refused(client(session, server.base, token="another").number())
    assert error.failure.act is Act.ALERT
    error = await refused(client(session, server.base).template("123", "answer_ready", "en_GB"))
    assert error.failure.act is Act.ALERT


async def test_a_template_is_looked_up_by_name_and_language(
    graph: Graph, server: GraphServer
) -> None:
    body = [{"type": "HEADER"}, {"type": "BODY", "text": "{{1}} and {{ name }}, {{1}}"}]
    server.templates = [
        READY | {"name": "answer_ready_2", "language": "en_GB"},
        READY | {"language": "es", "status": "PAUSED", "components": body},
        READY,
    ]
    english = await graph.template(ACCOUNT_ID, "answer_ready", "en_GB")
    assert english
    assert (english.status, english.category, english.placeholders) == ("APPROVED", "UTILITY", 0)
    spanish = await graph.template(ACCOUNT_ID, "answer_ready", "es")
    assert spanish
    assert (spanish.status, spanish.placeholders) == ("PAUSED", 2)
    assert await graph.template(ACCOUNT_ID, "answer_ready", "fr") is None
    assert await graph.template(ACCOUNT_ID, "answer", "en_GB") is None


@pytest.mark.parametrize("body", ["", "[]", '{"data": 5}', '{"data": {}}'])
async def test_a_lookup_without_a_proper_answer_is_unsure(
    session: ClientSession, body: str
) -> None:
    async def answer(_request: web.Request) -> web.Response:
        return web.Response(text=body)

    app = web.Application()
    app.router.add_get("/{rest:.*}", answer)
    async with TestServer(app) as server:
        graph = client(session, str(server.make_url("/")))
        await unsure(graph.template(ACCOUNT_ID, "answer_ready", "en_GB"))
        if not body.startswith("{"):
            await unsure(graph.number())
