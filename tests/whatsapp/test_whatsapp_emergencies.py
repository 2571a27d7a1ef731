"""An emergency is answered, and at once, whatever else goes on."""

from pathlib import Path

import pytest

from bot.channels.whatsapp.patience import Patience
from tests.whatsapp.clinic_channel import clinic_channel
from tests.whatsapp.clinic_words import text
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.phones import Phone
from tests.whatsapp.website import visitor

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


async def test_it_is_sent_though_all_sending_pauses(tmp_path: Path) -> None:
    patience = Patience(first_pause=60)
    async with clinic_channel(tmp_path, patience=patience) as clinic:
        clinic.graph.faults.next(Fault(Kind.CODE, 130429))
        await clinic.patients.say(LEE, "is it permanent?")
        await clinic.quiet()
        await clinic.patients.say(PAT, EMERGENCY)
        await clinic.said_to(PAT, 1, seconds=3)
        # One that is refused is no reason to try on and on.
        clinic.graph.faults.next(*[Fault(Kind.CODE, 80007)] * 9)
        await clinic.patients.say(LEE, EMERGENCY)
        await clinic.quiet(1)
        assert [one.code for one in clinic.graph.refused] == [130429, 80007]


async def test_it_does_not_wait_for_an_answer_that_a_code_would_leave_behind(
    tmp_path: Path,
) -> None:
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await widget.ask("is it permanent?")
        await clinic.patients.say(PAT, "slow one")
        await clinic.quiet()
        await clinic.patients.say(PAT, f"{await widget.code()} {EMERGENCY}")
        assert await clinic.said_to(PAT, 1, seconds=3) == [text("urgent.joint_infection")]
