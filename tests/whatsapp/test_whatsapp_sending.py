"""Whatever Graph does, a message arrives once; twice only where nobody could know."""

import asyncio
import random
from dataclasses import replace
from pathlib import Path

import pytest

from bot.channels.whatsapp.intake import PAUSES
from tests.staff import person
from tests.whatsapp.clinic_channel import SHORT, Clinic, clinic_channel, words_of
from tests.whatsapp.clinic_words import text
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

NUMBER = "447700900123"
PAT = Phone(NUMBER, None, "Pat Doe")
LEE = Phone("447700900124", None, "Lee Poe")
# One code of each act that passes by itself, and what else may come before the message is accepted.
BEFORE = [
    *(Fault(Kind.CODE, code) for code in (131000, 131016, 80007, 130429, 131056, 190, 131042)),
    *(Fault(kind) for kind in (Kind.BARE, Kind.HANG, Kind.DROP, Kind.MOVED)),
]
AFTER = [Fault(kind) for kind in Kind if kind.accepts]
NAMES = [f"{one.kind.name}-{one.code}" for one in BEFORE]


def said(clinic: Clinic) -> list[str]:
    return [words_of(one.payload) for one in clinic.graph.to(NUMBER)]


def doubts(clinic: Clinic) -> int:
    with clinic.store.database.reader.connect() as connection:
        query = "SELECT sum(doubts) FROM whatsapp_deliveries"
        return int(connection.exec_driver_sql(query).scalar_one())


@pytest.mark.parametrize("fault", BEFORE, ids=NAMES)
async def test_what_was_not_accepted_is_sent_again_and_arrives_once(
    tmp_path: Path, fault: Fault
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        clinic.graph.faults.next(fault)
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1, seconds=8)
        await clinic.quiet(0.8)
        assert len(said(clinic)) == 1
        # Only who hears nothing must doubt.
        assert doubts(clinic) == (fault.kind in (Kind.BARE, Kind.HANG, Kind.DROP))


@pytest.mark.parametrize("fault", AFTER, ids=[one.kind.name for one in AFTER])
@pytest.mark.parametrize("heard", [True, False])
async def test_what_was_accepted_is_sent_again_only_when_nothing_is_heard_of_it(
    tmp_path: Path, fault: Fault, heard: bool
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        if not heard:
            clinic.graph.statuses.states = ()
        clinic.graph.faults.next(fault)
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1 if heard else 2, seconds=8)
        await clinic.quiet(1.2 if heard else 0.8)
        assert len(said(clinic)) == (1 if heard else 2)
        assert doubts(clinic) == (0 if heard else 1)


@pytest.mark.parametrize("code", [131000, 130429, 131056, 131042])
async def test_what_fails_after_it_was_accepted_is_sent_again(
    tmp_path: Path, code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for act in list(PAUSES):
        monkeypatch.setitem(PAUSES, act, 0.1)
    async with clinic_channel(tmp_path) as clinic:
        clinic.graph.statuses.fail_next(code)
        await clinic.patients.say(PAT, "is it permanent?")
        first, second = await clinic.said_to(PAT, 2)
        assert first == second
        await clinic.quiet()
        assert len(said(clinic)) == 2


async def test_nothing_is_sent_while_the_token_is_expired(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path, patience=replace(SHORT, alert_pause=2)) as clinic:
        clinic.graph.faults.next(*[Fault(Kind.CODE, 190)] * 2)
        outbox = clinic.channel.outbox
        await clinic.patients.say(PAT, "is it permanent?")
        async with asyncio.timeout(5):
            while outbox.problem is None:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        assert outbox.problem == "the token is expired or withdrawn (code 190)"
        await clinic.patients.say(LEE, "is it permanent?")
        await clinic.quiet()
        assert len(clinic.graph.refused) == 1
        await clinic.said_to(LEE, 1, seconds=15)
        await clinic.said_to(PAT, 1, seconds=15)
        await clinic.quiet(0.2)
        assert outbox.problem is None
        assert len(said(clinic)) == 1


@pytest.mark.parametrize("code", [100, 131008, 131009, 131051])
async def test_what_graph_finds_wrong_goes_as_plain_text(tmp_path: Path, code: int) -> None:
    async with clinic_channel(tmp_path) as clinic:
        clinic.graph.faults.next(Fault(Kind.CODE, code))
        await clinic.patients.say(PAT, "is it permanent?")
        [answer] = await clinic.said_to(PAT, 1)
        assert clinic.graph.accepted[0].payload["type"] == "text"
        assert "Source: " in answer


async def test_one_message_that_can_not_be_delivered_holds_up_no_other(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        clinic.graph.faults.next(Fault(Kind.CODE, 131026))
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.quiet(0.3)
        await clinic.patients.say(PAT, "when will my knee feel better?")
        [answer] = await clinic.said_to(PAT, 1)
        assert "knee" in answer


async def test_statuses_out_of_order_and_doubled_never_go_back(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        clinic.graph.statuses.disorder = clinic.graph.statuses.twice = 1.0
        for number in range(4):
            await clinic.patients.say(PAT, f"is it permanent? {number}")
            await clinic.said_to(PAT, number + 1)
        await clinic.graph.statuses.settled()
        with clinic.store.database.reader.connect() as connection:
            query = "SELECT DISTINCT state FROM whatsapp_deliveries"
            assert connection.exec_driver_sql(query).scalars().all() == ["read"]


async def test_a_delivery_that_comes_five_times_is_answered_once(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.send(clinic.patients.write(PAT, "is it permanent?"), copies=5)
        await clinic.said_to(PAT, 1)
        await clinic.quiet()
        assert len(said(clinic)) == 1


async def test_the_next_part_comes_when_it_is_asked_for(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        contact = await clinic.contact(PAT)
        assert contact is not None
        long = " ".join(f"Sentence {number} of a long story." for number in range(300))
        await clinic.conversations.speak(contact.conversation_id or "", person("Ada"), long)
        await clinic.said_to(PAT, 2)
        for count in (3, 4):
            action = clinic.graph.to(NUMBER)[-1].payload["interactive"]["action"]
            reply = {"type": "button_reply", "button_reply": action["buttons"][0]["reply"]}
            await clinic.patients.send(clinic.patients.write_item(PAT, "interactive", reply))
            await clinic.said_to(PAT, count)
        joined = " ".join(said(clinic)[1:])
        numbers = [int(one) for one in joined.replace("Sentence", "").split() if one.isdigit()]
        assert numbers == list(range(len(numbers)))
        assert len(numbers) > 80
        assert text("answer.nothing_before") not in joined


@pytest.mark.parametrize("seed", range(3))
async def test_a_bad_day_loses_nothing(tmp_path: Path, seed: int) -> None:
    async with clinic_channel(tmp_path) as clinic:
        clinic.graph.faults.seeded(seed, 0.4)
        clinic.graph.limits.pair_seconds = 0.05
        people = [Phone(f"4477009002{number:02}", None, "Somebody") for number in range(8)]
        random.Random(seed).shuffle(people)  # noqa: S311
        await clinic.patients.storm(
            clinic.patients.write(one, "is it permanent?") for one in people
        )
        for one in people:
            await clinic.said_to(one, 1, seconds=20)
