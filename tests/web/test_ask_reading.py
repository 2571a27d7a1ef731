"""The plain form's conversation: what comes late, from a person, or at length."""

import asyncio
import re
from collections.abc import AsyncIterator
from itertools import pairwise
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.conversation import Holder
from bot.conversation.tokens import sign, verify
from bot.web import Limits
from tests.staff import ADA
from tests.web.clinic_site import ClinicSite, clinic_site
from tests.web.plain_form import KEY, QUESTION, asked, latest, post, token_of


@pytest.fixture
async def slow_site(tmp_path: Path) -> AsyncIterator[ClinicSite]:
    hasty = Limits(turn_seconds=0.2)
    async with clinic_site(tmp_path, "http://clinic.test", limits=hasty) as built:
        yield built


async def test_a_late_answer_is_shown_on_demand(
    slow_site: ClinicSite, aiohttp_client: AiohttpClient
) -> None:
    client = await aiohttp_client(slow_site.app)
    page = await post(client, status=202, text="slow: is it permanent?", key=KEY)
    assert "Your message is kept" in latest(page)
    assert "Show the answer" in latest(page)
    assert "slow" not in page.partition("<textarea")[2]
    look_again = {"conversation": token_of(page)}
    assert "Show the answer" in await post(client, status=202, **look_again)
    slow_site.assistant.pause.set()
    for _ in range(500):
        response = await client.post("/ask", data=look_again)
        if response.status != 202:
            break
        await asyncio.sleep(0.02)
    page = await response.text()
    assert "always permanent" in latest(page)
    assert "Show the answer" not in page
    assert asked(page) == 1


@pytest.mark.parametrize(
    ("holder", "words"), [("staff", "Ada has taken over"), ("waiting", "writes to you")]
)
async def test_while_staff_have_it_new_messages_can_be_looked_for(
    client: TestClient, site: ClinicSite, holder: Holder, words: str
) -> None:
    token = token_of(await post(client, text=QUESTION))
    conversation = verify(site.settings.secret, "conversation", token)
    if holder == "staff":
        await site.conversations.take(conversation, ADA)
    else:
        await site.conversations.wait(conversation, "asked")
    page = await post(client, text="hello?", conversation=token)
    assert words in page
    assert "Show new messages" in page
    assert "Show the answer" not in page
    assert ("Ada answers here now" in page) is (holder == "staff")
    assert ("answers here, not a person" in page) is (holder != "staff")
    assert "leave out names" not in page, "they will be asked for"


async def test_the_reader_goes_on_at_the_first_reply(client: TestClient) -> None:
    page = await post(client, text=QUESTION)
    shown = latest(page)
    assert "always permanent" in shown
    assert QUESTION not in shown


async def test_a_long_conversation_shows_its_newest_entries(
    client: TestClient, site: ClinicSite
) -> None:
    conversation = await site.conversations.start("widget")
    for number in range(30):
        turn = await site.conversations.receive(conversation, f"question number {number}.")
        await site.conversations.finished(turn, 10)
    token = sign(site.settings.secret, "conversation", conversation)
    page = await post(client, conversation=token)
    assert page.count('<li class="line ') == 50
    assert "newest 50 messages" in page
    assert "number 29." in page
    assert "number 5." in page
    assert "number 4." not in page


async def test_headings_go_down_one_step_at_a_time(client: TestClient) -> None:
    token = token_of(await post(client, text="I can't breathe"))
    page = await post(client, status=422, text=" ", conversation=token)
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]
    assert levels[0] == 1
    assert all(lower - upper <= 1 for upper, lower in pairwise(levels))
