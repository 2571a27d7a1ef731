"""A limit or an outage at Graph's is waited for: neither too briefly nor for ever."""

import time
from pathlib import Path

import pytest

from bot.channels.whatsapp.patience import Patience
from tests.whatsapp.clinic_channel import clinic_channel
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", None, "Pat Doe")
MANY = [Phone(f"4477009002{place:02}", None, "Pat Doe") for place in range(12)]


async def test_many_refused_at_once_make_one_pause(tmp_path: Path) -> None:
    patience = Patience(first_pause=0.1, longest_pause=120)
    async with clinic_channel(tmp_path, patience=patience) as clinic:
        clinic.graph.latency = lambda: 0.3
        clinic.graph.faults.next(*[Fault(Kind.CODE, 130429)] * len(MANY))
        await clinic.patients.send(
            *[clinic.patients.write(phone, "is it permanent?") for phone in MANY]
        )
        for phone in MANY:
            await clinic.said_to(phone, 1, seconds=6)


async def test_a_message_outlives_an_outage_in_which_nobody_knows(tmp_path: Path) -> None:
    patience = Patience(lease=0.5, news=0.1)
    async with clinic_channel(tmp_path, patience=patience) as clinic:
        clinic.graph.faults.next(*[Fault(Kind.BARE)] * 3)
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.quiet(1.2)
        # After 0.1 and 0.4 seconds it was sent again, and waits for 1.6 now.
        assert not clinic.graph.faults.asked
        assert clinic.graph.accepted == []
        await clinic.said_to(PAT, 1)


async def test_a_template_that_is_not_paid_for_holds_nobody_up(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path, patience=Patience()) as clinic:
        clinic.graph.faults.next(Fault(Kind.CODE, 131042))
        late = clinic.patients.write(PAT, "is it permanent?", time.time() - 30 * 3600)
        await clinic.patients.send(late)
        await clinic.quiet(1)
        assert [one.code for one in clinic.graph.refused] == [131042]
        await clinic.patients.say(MANY[0], "is it permanent?")
        await clinic.said_to(MANY[0], 1, seconds=4)
