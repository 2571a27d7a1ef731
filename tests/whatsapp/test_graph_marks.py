"""Marks as read: shown at Graph, and never in the way."""

import pytest

from bot.channels.whatsapp.graph import Graph
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.graph_server import GraphServer


@pytest.mark.parametrize("typing", [True, False])
async def test_a_message_is_shown_as_read_and_as_being_answered(
    graph: Graph, server: GraphServer, typing: bool
) -> None:
    await graph.mark_read("wamid.abc", typing=typing)
    [read] = server.reads
    assert (read.message_id, read.typing) == ("wamid.abc", typing)
    assert not server.refused


@pytest.mark.slow
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
