"""One conversation in the console: who may write, who is told what, and what is never lost."""

import re
from dataclasses import dataclass, replace
from datetime import timedelta
from unittest.mock import AsyncMock

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.conversation import Person
from bot.desk.console import CONSOLE
from bot.desk.reach import Reach
from bot.store.whatsapp import WhatsAppStore
from tests.desk.desk_client import Browser, add, signed_in
from tests.store.whatsapp_kept import talking
from tests.web.clinic_site import ClinicSite

SEEN = re.compile(r'name="seen" value="([^"]+)"')
KEY = re.compile(r'name="key" value="(desk:[0-9a-f]{32})"')


@dataclass
class Room:
    """A conversation that waits for a person, and two of staff who look at it."""

    site: ClinicSite
    conversation: str
    anna: Browser
    ben: Browser

    @property
    def path(self) -> str:
        return f"/desk/conversations/{self.conversation}"

    async def page(self, browser: Browser) -> str:
        answer = await browser.get(self.path)
        assert answer.status == 200
        return await answer.text()

    async def do(self, browser: Browser, what: str, **form: str) -> tuple[int, str]:
        answer = await browser.fill(self.path, f"{self.path}/{what}", **form)
        return answer.status, await answer.text()

    async def said(self) -> list[str]:
        entries = await self.site.conversations.transcript(self.conversation)
        return [entry.message.text for entry in entries if entry.author == "staff"]

    async def holder(self) -> tuple[str, str | None]:
        held = (await self.site.conversations.state(self.conversation)).holding
        return held.holder, held.person and held.person.name


@pytest.fixture
async def room(site: ClinicSite, client: TestClient) -> Room:
    await add(site.gate, "anna")
    await add(site.gate, "ben")
    conversation = await site.conversations.start("widget")
    turn = await site.conversations.receive(conversation, "How long <b>does</b> it last?")
    await site.conversations.finished(turn, 5)
    await site.conversations.wait(conversation, "asked")
    return Room(site, conversation, await signed_in(client, "anna"), await signed_in(client, "ben"))


async def test_whoever_takes_it_has_it_and_the_other_is_told_who(room: Room) -> None:
    assert (await room.do(room.anna, "take"))[0] == 303
    status, page = await room.do(room.ben, "take")
    assert status == 409
    assert "Anna has this conversation, and was faster." in page
    assert await room.holder() == ("staff", "Anna")
    status, page = await room.do(room.ben, "reply", text="Good morning, it is Ben.", key="desk:1")
    assert status in (409, 422)
    assert "Good morning, it is Ben." in page
    assert await room.said() == []


async def test_a_reply_is_said_once_however_often_it_is_sent(room: Room) -> None:
    key = KEY.findall(await room.page(room.anna))[0]
    for _ in range(2):
        status, _ = await room.do(room.anna, "reply", text="It depends; shall I ring?", key=key)
        assert status == 303
    assert await room.said() == ["It depends; shall I ring?"]
    done = [one.entry.action for one in await room.site.gate.store.audited(None, 50)]
    assert done.count("reply.sent") == 1
    assert await room.holder() == ("staff", "Anna")


@pytest.mark.parametrize(
    ("text", "words"), [(" \n", "Write something first."), ("a" * 2001, "longer than 2,000")]
)
async def test_what_cant_be_sent_is_shown_again(room: Room, text: str, words: str) -> None:
    status, page = await room.do(room.anna, "reply", text=text, key="desk:1")
    assert (status, await room.said()) == (422, [])
    assert words in page
    assert text.strip() in page


async def test_a_conversation_that_went_on_is_not_handed_back(room: Room) -> None:
    status, page = await room.do(room.anna, "hand-back")
    assert status == 409
    assert "don't have this conversation any more" in page.replace("&#39;", "'")


async def test_handed_back_and_closed_the_patient_is_told_by_whom(room: Room) -> None:
    await room.do(room.anna, "take")
    assert (await room.do(room.anna, "hand-back"))[0] == 303
    assert await room.holder() == ("bot", None)
    await room.do(room.ben, "take")
    assert (await room.do(room.ben, "close"))[0] == 303
    entries = await room.site.conversations.transcript(room.conversation)
    told = [entry.message.intent for entry in entries if entry.message.kind == "notice"]
    assert told == ["desk/handed_back", "desk/closed"]


async def test_the_quick_ones_are_sent_as_staff(room: Room) -> None:
    await room.do(room.anna, "booking", key="desk:b")
    await room.do(room.anna, "details", key="desk:d")
    link, details = await room.said()
    assert re.search(r"/book/\S+$", link)
    assert "full name" in details


async def test_notes_are_for_colleagues_alone(room: Room) -> None:
    assert (await room.do(room.anna, "note", note="Prefers <i>mornings</i>."))[0] == 303
    page = await room.page(room.ben)
    assert "Prefers &lt;i&gt;mornings&lt;/i&gt;." in page
    entries = await room.site.conversations.transcript(room.conversation)
    assert "mornings" not in str([entry.to_dict() for entry in entries])


async def test_an_emergency_stands_until_it_is_looked_after(room: Room) -> None:
    turn = await room.site.conversations.receive(room.conversation, "I can't breathe")
    await room.site.conversations.finished(turn, 5)
    assert "Emergency." in await room.page(room.anna)
    assert "Urgent" in await (await room.anna.get("/desk")).text()
    seen = SEEN.findall(await room.page(room.anna))[0]
    assert (await room.do(room.anna, "seen-to"))[0] == 422
    newer = await room.site.conversations.receive(room.conversation, "I can't breathe at all")
    await room.site.conversations.finished(newer, 5)
    # What came since the page was shown was not looked after.
    assert (await room.do(room.anna, "seen-to", seen=seen))[0] == 303
    assert "Emergency." in await room.page(room.anna)
    seen = SEEN.findall(await room.page(room.anna))[0]
    assert (await room.do(room.anna, "seen-to", seen=seen))[0] == 303
    assert "Emergency." not in await room.page(room.anna)


async def test_what_a_patient_wrote_is_text_and_nothing_else(room: Room) -> None:
    assert "How long &lt;b&gt;does&lt;/b&gt; it last?" in await room.page(room.anna)
    inbox = await (await room.anna.get("/desk")).text()
    assert "How long &lt;b&gt;does&lt;/b&gt; it last?" in inbox


async def test_an_open_page_gets_what_is_new_and_how_it_stands(room: Room) -> None:
    await room.site.conversations.take(room.conversation, Person("x", "Cleo"))
    news = await (await room.anna.get(f"{room.path}/news?after=1")).text()
    assert "How long" not in news
    assert "Cleo has it" in news
    assert 'data-seq="2"' in news
    assert "How long" in await (await room.anna.get(f"{room.path}/news?after=nonsense")).text()


async def test_signs_of_the_holder_put_off_the_end_and_others_cant(room: Room) -> None:
    await room.do(room.anna, "take")
    before = (await room.site.conversations.state(room.conversation)).holding.until
    assert (await room.do(room.anna, "renew"))[0] == 204
    after = (await room.site.conversations.state(room.conversation)).holding.until
    assert before is not None
    assert after is not None
    assert after > before
    assert (await room.do(room.ben, "renew"))[0] == 409


async def test_a_part_of_a_page_never_becomes_the_entrance(room: Room) -> None:
    room.anna.cookies.clear()
    answer = await room.anna.client.get(f"{room.path}/news", headers={"HX-Request": "true"})
    assert (answer.status, answer.headers["HX-Refresh"]) == (401, "true")


@pytest.mark.parametrize(("left", "status"), [(0, 303), (9, 409)])
async def test_nobody_is_asked_to_write_who_just_wrote(
    site: ClinicSite, aiohttp_client: AiohttpClient, left: int, status: int
) -> None:
    kept, asked = WhatsAppStore(site.store.database), AsyncMock(return_value=True)
    reach = Reach(lambda *_: timedelta(hours=left), asked, has_template=True)
    site.app[CONSOLE] = replace(site.app[CONSOLE], reach=reach, whatsapp=kept)
    await add(site.gate, "anna")
    anna = await signed_in(await aiohttp_client(site.app), "anna")
    path = f"/desk/conversations/{(await talking(kept)).conversation_id}"
    assert (await anna.fill(path, f"{path}/ask-to-write")).status == status
    assert asked.await_count == (status == 303)


async def test_what_is_not_there_is_not_found(room: Room) -> None:
    for path in ("0" * 32, "0" * 32 + "/news"):
        assert (await room.anna.get(f"/desk/conversations/{path}")).status == 404


async def test_what_was_done_stands_in_the_audit_without_a_word_of_it(room: Room) -> None:
    await room.do(room.anna, "reply", text="Secret words.", key="desk:1")
    await room.anna.get("/desk")
    rows = [
        one for one in await room.site.gate.store.audited(None, 50) if one.entry.login == "anna"
    ]
    assert {"inbox.read", "conversation.read", "reply.sent"} <= {one.entry.action for one in rows}
    assert "Secret" not in str(rows)
