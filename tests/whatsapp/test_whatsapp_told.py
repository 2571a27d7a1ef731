"""Graph knows better than our clock that the window was closed, and may tell it at any time."""

import time
from datetime import datetime
from pathlib import Path

import pytest

from bot.store.whatsapp import Delivery
from bot.store.whatsapp.sending import Sending
from tests.whatsapp.clinic_channel import clinic_channel
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", None, "Pat Doe")
TEMPLATE = "template answer_ready"
Found = tuple[list[Delivery], datetime | None]


async def test_news_of_a_closed_window_counts_however_it_comes_between(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        read = Sending.to_send

        async def news_first(self: Sending, contact_id: str) -> Found:
            await clinic.graph.statuses.settled()
            return await read(self, contact_id)

        monkeypatch.setattr(Sending, "to_send", news_first)
        clinic.graph.statuses.fail_next(131047)
        await clinic.patients.say(PAT, "is it permanent?")
        assert (await clinic.said_to(PAT, 2))[1] == TEMPLATE


async def test_late_news_of_a_closed_window_does_not_close_the_one_opened_since(
    tmp_path: Path,
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        clinic.graph.statuses.fail_next(131047)
        clinic.graph.statuses.delay = 2
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        clinic.graph.statuses.delay = 0
        # A time that is ahead counts as now: to the moment, where theirs are whole seconds.
        ahead = time.time() + 5
        await clinic.patients.send(clinic.patients.write(PAT, "hello?", ahead))
        said = await clinic.said_to(PAT, 3)
        assert TEMPLATE not in said
        assert said[2] == said[0]
