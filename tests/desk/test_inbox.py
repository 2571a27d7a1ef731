"""The inbox: what wants somebody first, found again by what people know of it."""

import asyncio
import re
from datetime import timedelta

import pytest
from aiohttp.test_utils import TestClient

from bot.conversation.references import reference_of
from bot.desk import staffing, streaming
from bot.desk.waiting import in_words
from bot.store.desk import inbox
from bot.web.site import SITE
from tests.desk.desk_client import Browser, add, signed_in
from tests.staff import person
from tests.web.clinic_site import ClinicSite

HEADINGS = re.compile(r"<h2>([^<]+?)(?: <span|</h2>)")


@pytest.fixture
async def anna(site: ClinicSite, client: TestClient) -> Browser:
    await add(site.gate, "anna")
    return await signed_in(client, "anna")


async def begin(site: ClinicSite, words: str) -> str:
    conversation = await site.conversations.start("widget")
    await site.conversations.finished(await site.conversations.receive(conversation, words), 5)
    return conversation


async def test_each_conversation_stands_where_it_belongs(site: ClinicSite, anna: Browser) -> None:
    me = await site.gate.store.by_login("anna")
    assert me is not None
    await begin(site, "is it permanent?")
    urgent = await begin(site, "I can't breathe")
    waiting, mine, theirs, closed = [await begin(site, f"question {number}") for number in range(4)]
    await site.conversations.wait(waiting, "asked")
    await site.conversations.take(mine, person("Anna"))
    await site.conversations.take(theirs, person("Ben"))
    await site.conversations.end(closed, person("Ben"))
    page = await (await anna.get("/desk")).text()
    assert HEADINGS.findall(page) == ["Urgent", "Waiting for a person", "With colleagues"]
    assert page.index(urgent) < page.index(waiting) < page.index(mine)
    assert closed not in page
    assert closed in await (await anna.get("/desk?list=closed")).text()
    assistant = await (await anna.get("/desk?list=assistant")).text()
    assert "is it permanent?" in assistant
    assert waiting not in assistant
    await site.conversations.hand_back(mine, person("Anna"))
    await anna.fill(f"/desk/conversations/{mine}", f"/desk/conversations/{mine}/take")
    assert "With you" in HEADINGS.findall(await (await anna.get("/desk/inbox/rows")).text())


async def test_however_many_wait_an_emergency_is_listed(
    site: ClinicSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inbox, "MOST", 2)
    some = [await begin(site, words) for words in ("one", "two", "three", "I can't breathe")]
    for conversation in some:
        await site.conversations.wait(conversation, "asked")
    listed = {one.id for one in await inbox.wanted(site.store.database)}
    assert listed == {some[0], some[3]}


async def test_an_empty_inbox_says_that_nobody_waits(anna: Browser) -> None:
    assert "Nobody is waiting." in await (await anna.get("/desk")).text()


async def test_what_was_read_is_no_longer_unread(site: ClinicSite, anna: Browser) -> None:
    conversation = await begin(site, "is it permanent?")
    await site.conversations.wait(conversation, "asked")
    assert "unread" in await (await anna.get("/desk/inbox/rows")).text()
    await anna.get(f"/desk/conversations/{conversation}")
    assert "unread" not in await (await anna.get("/desk/inbox/rows")).text()


@pytest.mark.parametrize("words", ["100% sure", "SURE this", "reference", "lower reference"])
async def test_a_conversation_is_found_by_what_people_know_of_it(
    site: ClinicSite, anna: Browser, words: str
) -> None:
    conversation = await begin(site, "Am I 100% sure this lasts?")
    other = await begin(site, "Something else of 100 words")
    if "reference" in words:
        words = (
            reference_of(conversation).lower() if "lower" in words else reference_of(conversation)
        )
    page = await (await anna.fill("/desk", "/desk/inbox/search", words=words)).text()
    assert "1 conversation found" in page
    assert conversation in page
    assert other not in page


async def test_a_search_for_nothing_leads_back(anna: Browser) -> None:
    answer = await anna.fill("/desk", "/desk/inbox/search", words="  ")
    assert (answer.status, answer.headers["Location"]) == (303, "/desk")


async def test_an_open_page_is_told_of_changes_and_of_what_it_missed(
    site: ClinicSite, anna: Browser
) -> None:
    async def first(after: str) -> str:
        cookie = "; ".join(f"{name}={text}" for name, text in anna.cookies.items())
        async with anna.client.get(
            f"/desk/inbox/stream?after={after}", headers={"Cookie": cookie}
        ) as answer:
            assert answer.content_type == "text/event-stream"
            async with asyncio.timeout(5):
                line = await answer.content.readline()
                return line.decode().removeprefix("id: ").strip()

    seen = await first("")
    waits = asyncio.create_task(first(seen))
    await asyncio.sleep(0.05)
    assert not waits.done()
    await site.conversations.start("widget")
    conversation = await begin(site, "is it permanent?")
    now = await waits
    assert now != seen
    assert conversation
    assert await first(seen) != seen


@pytest.mark.parametrize("busy", [True, False])
async def test_whoever_is_locked_out_is_told_of_nothing_more(
    site: ClinicSite, anna: Browser, monkeypatch: pytest.MonkeyPatch, busy: bool
) -> None:
    monkeypatch.setattr(streaming, "PAUSE", 0.01)
    monkeypatch.setattr(streaming, "PING", 60.0 if busy else 0.01)
    took = site.app[SITE].metrics.total_seconds
    cookie = "; ".join(f"{name}={text}" for name, text in anna.cookies.items())
    async with anna.client.get("/desk/inbox/stream", headers={"Cookie": cookie}) as answer:
        assert (await answer.content.readline()).startswith(b"id: ")
        await staffing.lock(site.gate, None, await staffing.find(site.gate, "anna"))
        # So long, too, that it would count if it were taken for a slow answer.
        async with asyncio.timeout(5):
            while not answer.content.at_eof():
                if busy:
                    await begin(site, "is it permanent?")
                await asyncio.sleep(0.05)
                answer.content.read_nowait()
    assert site.app[SITE].metrics.total_seconds - took < 0.05


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "under a minute"),
        (60, "1 min"),
        (3599, "59 min"),
        (3600, "1 h"),
        (7800, "2 h 10 min"),
        (86400, "24 h"),
        (86400 * 3, "3 days"),
    ],
)
def test_a_span_is_told_as_a_list_shows_it(seconds: int, words: str) -> None:
    assert in_words(timedelta(seconds=seconds)) == words
