"""An emergency is answered, and at once, whatever else goes on."""

from pathlib import Path

import pytest

from bot.channels.whatsapp.outbox import Patience
from tests.whatsapp.clinic_channel import clinic_channel
from tests.whatsapp.clinic_words import text
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", None, "Pat Doe")
LEE = Phone("447700900124", None, "Lee Poe")
EMERGENCY = "I have a fever and my knee is hot and swollen"


@pytest.mark.parametrize("order", [1, -1])
async def test_no_other_line_of_the_same_go_hides_it(tmp_path: Path, order: int) -> None:
    async with clinic_channel(tmp_path) as clinic:
        lines = (EMERGENCY, "is that normal in general?")[::order]
        await clinic.patients.send(*[clinic.patients.write(PAT, line) for line in lines])
        [said] = await clinic.said_to(PAT, 1)
        assert said == text("urgent.joint_infection")
