"""The front desk sends a caller an answer on WhatsApp."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from tests.desk.desk_client import Browser, add, signed_in
from tests.whatsapp.clinic_channel import Clinic, clinic_channel, words_of
from tests.whatsapp.clinic_words import text
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", None, "Pat Doe")
FIELD = re.compile(r'name="(seal|once)" value="([^"]*)"')
FROM_CALL = "You asked us on the telephone for this answer."


@asynccontextmanager
async def at_desk(folder: Path, **options: Any) -> AsyncIterator[tuple[Clinic, Browser]]:  # noqa: ANN401
    """A clinic with its channel, and somebody at the front desk."""
    async with clinic_channel(folder, **options) as clinic:
        await add(clinic.gate, "anna")
        async with TestClient(TestServer(clinic.app)) as client:
            yield clinic, await signed_in(client, "anna")


async def confirm(anna: Browser, number: str, asked: str = "is it permanent") -> dict[str, str]:
    """Go as far as the page that shows what will be sent; return what its form sends."""
    shown = await anna.fill("/desk/ask", "/desk/ask/send", asked=asked, number=number)
    page = await shown.text()
    assert shown.status == 200, page
    return {"asked": asked, "number": number, "asked_for": "yes", **dict(FIELD.findall(page))}


async def press(anna: Browser, form: dict[str, str]) -> tuple[int, str]:
    """Send the form; return the status and the page's words."""
    answer = await anna.fill("/desk/ask", "/desk/ask/send", **form)
    return answer.status, unescape(await answer.text())


def sent(clinic: Clinic) -> list[str]:
    return [words_of(one.payload) for one in clinic.graph.to(PAT.number or "")]


async def test_a_stranger_is_asked_to_reply_and_then_gets_it_once(tmp_path: Path) -> None:
    async with at_desk(tmp_path) as (clinic, anna):
        form = await confirm(anna, "07700 900123")
        for _ in range(2):
            status, page = await press(anna, form)
            assert status == 200
            assert "The answer waits for their reply" in page
        await clinic.said_to(PAT, 1)
        await clinic.quiet()
        assert sent(clinic) == ["template answer_ready"]
        await clinic.patients.say(PAT, "is it permanent?")
        _, answer, reply = await clinic.said_to(PAT, 3)
        assert answer.startswith(f"{FROM_CALL}\n\n{text('whatsapp.intro')}")
        assert "it isn't always permanent" in answer
        assert "https://clinic.example/learn/permanence" in answer
        assert text("whatsapp.intro") not in reply
        entries = await clinic.transcript(PAT)
        assert [one.author for one in entries] == ["assistant", "patient", "assistant"]
        assert entries[0].message.booking is not None
        assert "/book/" in entries[0].message.booking.url
        assert await _audited(clinic) == [(await _conversation(clinic), None)]


async def test_within_the_window_it_arrives_at_once_and_once(tmp_path: Path) -> None:
    async with at_desk(tmp_path) as (clinic, anna):
        await clinic.patients.say(PAT, "hello")
        await clinic.said_to(PAT, 1)
        form = await confirm(anna, "+44 7700 900123", "ask:when_will_it_work@knee")
        for _ in range(2):
            _, page = await press(anna, form)
            assert "on its way" in page
        answer = (await clinic.said_to(PAT, 2))[1]
        assert answer.startswith(f"{FROM_CALL}\n\n")
        assert text("whatsapp.intro") not in answer
        await clinic.quiet()
        assert len(sent(clinic)) == 2
        # The assistant still answers them.
        await clinic.patients.say(PAT, "is it permanent?")
        await clinic.said_to(PAT, 3)
        assert len(await _audited(clinic)) == 1


async def test_stop_is_honoured(tmp_path: Path) -> None:
    async with at_desk(tmp_path) as (clinic, anna):
        await clinic.patients.say(PAT, "hello")
        await clinic.said_to(PAT, 1)
        form = await confirm(anna, "07700 900123")
        await clinic.patients.say(PAT, "STOP")
        await clinic.said_to(PAT, 2)
        for body in (form, {"asked": "is it permanent", "number": "07700 900123"}):
            status, page = await press(anna, body)
            assert status == 422
            assert "They wrote STOP on WhatsApp" in page
        await clinic.quiet(0.2)
        assert len(sent(clinic)) == 2
        assert await _audited(clinic) == []


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"number": "07700 900124"}, "Read the number back"),
        ({"asked": "ask:does_it_hurt"}, "Read the number back"),
        ({"seal": "0" * 64}, "Read the number back"),
        ({"once": "again and again"}, "Read the number back"),
        ({"asked_for": ""}, "Tick this when the caller has asked for it"),
        ({"number": "12"}, "That is not a telephone number. Write it like"),
    ],
)
async def test_only_what_was_confirmed_is_sent(
    tmp_path: Path, changes: dict[str, str], told: str
) -> None:
    async with at_desk(tmp_path) as (clinic, anna):
        form = await confirm(anna, "07700 900123")
        status, page = await press(anna, form | changes)
        assert (status, told in page) == (422, True)
        assert await clinic.contact(PAT) is None


@pytest.mark.parametrize("asked", ["I can't breathe", "decline:cost", "what about my cat"])
async def test_only_answers_are_sent(tmp_path: Path, asked: str) -> None:
    async with at_desk(tmp_path) as (_, anna):
        status, _ = await press(anna, {"asked": asked, "number": "07700 900123"})
        assert status == 422


async def test_without_a_template_the_page_says_so(tmp_path: Path) -> None:
    async with at_desk(tmp_path, template=None) as (_, anna):
        shown = await anna.fill("/desk/ask", "/desk/ask", words="is it permanent")
        assert "needs an approved template" in await shown.text()
        status, _ = await press(anna, {"asked": "is it permanent", "number": "07700 900123"})
        assert status == 403


async def _conversation(clinic: Clinic) -> str | None:
    contact = await clinic.contact(PAT)
    assert contact is not None
    return contact.conversation_id


async def _audited(clinic: Clinic) -> list[tuple[str | None, str | None]]:
    """What the audit says of answers that were sent."""
    entries = [one.entry for one in await clinic.gate.store.audited(None, 50)]
    return [(one.about, one.detail) for one in entries if one.action == "answer.sent"]
