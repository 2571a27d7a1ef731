"""The channel starts again where it was stopped: what was kept is answered, once, in order."""

from pathlib import Path

import pytest

from bot.conversation import StoreUnavailable
from bot.store.whatsapp import WhatsAppStore
from tests.whatsapp.clinic_channel import clinic_channel
from tests.whatsapp.graph_server import graph_server
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", "GB.123", "Pat Doe")


async def test_the_next_start_knows_who_wrote_before(tmp_path: Path) -> None:
    async with graph_server() as graph:
        async with clinic_channel(tmp_path, graph=graph) as clinic:
            await clinic.patients.say(PAT, "is it permanent?")
            await clinic.said_to(PAT, 1)
        async with clinic_channel(tmp_path, graph=graph) as clinic:
            clinic.patients.seed = 1  # other ids than before
            await clinic.patients.say(PAT, "when will my knee feel better?")
            _, second = await clinic.said_to(PAT, 2)
            assert "automatic assistant" not in second
            assert [one.author for one in await clinic.transcript(PAT)] == [
                "patient",
                "assistant",
            ] * 2


async def test_what_was_answered_before_a_stop_has_no_say_in_the_next_reply(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A stop between a line and its end: it waits again, together with what comes then."""
    async with graph_server() as graph:
        async with clinic_channel(tmp_path, graph=graph) as clinic:
            with monkeypatch.context() as broken:
                broken.setattr(WhatsAppStore, "done", _unavailable)
                await clinic.patients.say(PAT, "I can't breathe")
                [urgent] = await clinic.said_to(PAT, 1)
                await clinic.patients.say(PAT, "is it permanent?")
        async with clinic_channel(tmp_path, graph=graph) as clinic:
            _, answer = await clinic.said_to(PAT, 2)
            await clinic.quiet()
            assert len(graph.to(PAT.number or "")) == 2
    assert "Ring 999" in urgent
    assert "it isn't always permanent" in answer


async def _unavailable(*_: object) -> None:
    raise StoreUnavailable("as if it had been stopped here")
