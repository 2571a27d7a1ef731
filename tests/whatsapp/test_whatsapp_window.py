"""After 24 hours nothing goes out freely: it is held, announced once, and let out in order."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import pytest

from bot.channels.whatsapp.window import now
from tests.staff import ADA, person
from tests.whatsapp.clinic_channel import Clinic, clinic_channel, words_of
from tests.whatsapp.clinic_words import text
from tests.whatsapp.graph_faults import Fault, Kind
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", None, "Pat Doe")
NUMBER = "447700900123"
TEMPLATE = "template answer_ready"
LATE = timedelta(hours=25)


def said(clinic: Clinic) -> list[str]:
    return [words_of(one.payload) for one in clinic.graph.to(NUMBER)]


@asynccontextmanager
async def after_a_day(folder: Path, **options: Any) -> AsyncIterator[tuple[Clinic, str]]:  # noqa: ANN401
    """A clinic with a patient who was answered and whose window is closed."""
    async with clinic_channel(folder, **options) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        await clinic.quiet(0.2)
        contact = await clinic.contact(PAT)
        assert contact is not None
        await clinic.kept.change(contact.id, wrote_at=now() - LATE)
        clinic.graph.limits.wrote.clear()
        clinic.graph.accepted[:] = [replace(one, recipient="") for one in clinic.graph.accepted]
        yield clinic, contact.conversation_id or ""


async def test_staff_are_heard_once_the_patient_writes_again(tmp_path: Path) -> None:
    async with after_a_day(tmp_path) as (clinic, conversation):
        for words in ("We looked at it.", "Please ring us."):
            await clinic.conversations.speak(conversation, person("Dr Ada Moss"), words)
            await clinic.quiet()
        assert said(clinic) == [TEMPLATE]
        await clinic.patients.say(PAT, "yes?")
        _, first, second = await clinic.said_to(PAT, 3)
        assert (first, second) == (
            "*Dr Ada Moss*\nWe looked at it.",
            "*Dr Ada Moss*\nPlease ring us.",
        )
        assert clinic.graph.refused == []


async def test_within_the_window_staff_are_heard_at_once(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 1)
        contact = await clinic.contact(PAT)
        assert contact is not None
        await clinic.conversations.speak(
            contact.conversation_id or "", person("Ada"), "Hello, Pat."
        )
        assert (await clinic.said_to(PAT, 2))[1] == "*Ada*\nHello, Pat."


async def test_without_a_template_what_is_held_waits(tmp_path: Path) -> None:
    async with after_a_day(tmp_path, template=None) as (clinic, conversation):
        await clinic.conversations.speak(conversation, person("Ada"), "Hello, Pat.")
        await clinic.quiet()
        assert said(clinic) == []
        await clinic.patients.say(PAT, "anything?")
        assert (await clinic.said_to(PAT, 1))[0].endswith("Hello, Pat.")


async def tap(clinic: Clinic, template: str, words: str = "Show me the answer") -> None:
    """Tap the button of our template."""
    tapped = clinic.patients.write_item(PAT, "button", {"payload": words, "text": words})
    tapped.item["context"] = {"id": template}
    await clinic.patients.send(tapped)


async def test_a_tap_on_the_template_is_answered_by_what_was_held(tmp_path: Path) -> None:
    async with after_a_day(tmp_path) as (clinic, conversation):
        await clinic.conversations.speak(conversation, person("Ada"), "Hello, Pat.")
        await clinic.conversations.hand_back(conversation, ADA)
        await clinic.said_to(PAT, 1)
        template = clinic.graph.to(NUMBER)[0].wamid
        await clinic.quiet(0.3)
        await tap(clinic, template)
        await clinic.said_to(PAT, 2)
        await clinic.quiet()
        assert said(clinic) == [TEMPLATE, "*Ada*\nHello, Pat."]
        await tap(clinic, template)
        assert (await clinic.said_to(PAT, 3))[2] == text("whatsapp.nothing_waits")


async def test_who_answers_the_template_with_stop_is_told_no_more(tmp_path: Path) -> None:
    async with after_a_day(tmp_path) as (clinic, conversation):
        await clinic.conversations.speak(conversation, person("Ada"), "Hello, Pat.")
        await clinic.said_to(PAT, 1)
        await tap(clinic, clinic.graph.to(NUMBER)[0].wamid, "STOP")
        await clinic.said_to(PAT, 2)
        await clinic.quiet()
        assert said(clinic) == [TEMPLATE, text("whatsapp.stopped")]


@pytest.mark.parametrize("told", ["at once", "later"])
async def test_a_window_that_graph_knows_to_be_closed_is_closed(
    tmp_path: Path, told: Literal["at once", "later"]
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        if told == "at once":
            clinic.graph.faults.next(Fault(Kind.CODE, 131047))
        else:
            clinic.graph.statuses.fail_next(131047)
        await clinic.patients.say(PAT, "is it permanent?")
        got = await clinic.said_to(PAT, 1 if told == "at once" else 2)
        await clinic.quiet()
        assert said(clinic) == got
        assert got[-1] == TEMPLATE
        await clinic.patients.say(PAT, "yes")
        answer = (await clinic.said_to(PAT, len(got) + 1))[len(got)]
        assert "Source: " in answer


@pytest.mark.parametrize("late_reply", ["answer", "leave"])
async def test_a_message_that_comes_late_is_answered_as_such_or_left(
    tmp_path: Path, late_reply: Literal["answer", "leave"]
) -> None:
    async with clinic_channel(tmp_path, late_reply=late_reply) as clinic:
        written = (now() - timedelta(hours=7)).timestamp()
        await clinic.patients.send(clinic.patients.write(PAT, "is it permanent?", written))
        if late_reply == "answer":
            [answer] = await clinic.said_to(PAT, 1)
            intro, late = text("whatsapp.intro"), text("whatsapp.late").split("{when}")[0]
            assert answer.startswith(f"{intro}\n\n{late}")
            return
        await clinic.quiet()
        assert said(clinic) == []
        contact = await clinic.contact(PAT)
        assert contact is not None
        state = await clinic.conversations.state(contact.conversation_id or "")
        assert state.holder == "waiting"


async def test_a_message_of_the_day_before_yesterday_is_answered_by_the_template_first(
    tmp_path: Path,
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        written = (now() - timedelta(hours=50)).timestamp()
        await clinic.patients.send(clinic.patients.write(PAT, "is it permanent?", written))
        assert await clinic.said_to(PAT, 1) == [TEMPLATE]
        await clinic.patients.say(PAT, "yes")
        assert "Source: " in (await clinic.said_to(PAT, 2))[1]
        assert clinic.graph.refused == []


async def test_an_emergency_that_was_held_goes_out_first(tmp_path: Path) -> None:
    async with clinic_channel(tmp_path) as clinic:
        written = (now() - timedelta(hours=50)).timestamp()
        words = ("is it permanent?", "I have a fever and my knee is hot and swollen")
        for shift, one in enumerate(words):
            await clinic.patients.send(clinic.patients.write(PAT, one, written + shift))
            await clinic.lines(PAT, 2 * shift + 2)
        await clinic.said_to(PAT, 1)
        await clinic.patients.say(PAT, "yes")
        _, urgent, answer, _ = await clinic.said_to(PAT, 4)
        assert urgent == text("urgent.joint_infection")
        assert "Source: " in answer
