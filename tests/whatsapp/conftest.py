"""A fake Graph whose window is open to one patient, and our client of it."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.channels.whatsapp.graph import Graph
from tests.whatsapp.graph_client import PHONE, client
from tests.whatsapp.graph_server import GraphServer, graph_server


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
