"""Two of staff and a patient, each in a browser of their own: who speaks, and that all see it."""

import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.conversation import Change
from bot.desk import staffing
from bot.store.desk import inbox
from tests.desk.desk_client import PASSWORD, add
from tests.e2e.conftest import Serve
from tests.e2e.steps import ask, open_widget, said
from tests.e2e.test_desk import SIZES, check, sign_in
from tests.web.clinic_site import ClinicSite, clinic_site

pytestmark = pytest.mark.slow

# A page that nobody looks at, and that notes how it calls.
LISTENING = """
  window.told = [];
  window.sounds = 0;
  window.Notification = class {
    static requestPermission() { return Promise.resolve("granted"); }
    constructor(words) { told.push(words); }
  };
  const Real = AudioContext;
  window.AudioContext = class extends Real { constructor() { super(); sounds += 1; } };
  Object.defineProperty(document, "hidden", { get: () => true });
"""
STAFF = "Good morning, this is Anna. How can I help?"


@dataclass
class Room:
    """A patient with the widget open, and Anna and Ben at the console."""

    site: ClinicSite
    patient: Page
    anna: Page
    ben: Page
    conversation: str

    @property
    def path(self) -> str:
        return f"/desk/conversations/{self.conversation}"


@asynccontextmanager
async def page_of(browser: Browser, site: ClinicSite, **options: object) -> AsyncIterator[Page]:
    context = await browser.new_context(
        base_url=site.settings.public_url, reduced_motion="reduce", **options
    )
    yield await context.new_page()
    await context.close()


async def at_desk(page: Page, login: str) -> None:
    await page.goto("/desk")
    await sign_in(page, login, PASSWORD)
    await expect(page.get_by_role("heading", name="Inbox")).to_be_visible()


@asynccontextmanager
async def people_at(browser: Browser, site: ClinicSite) -> AsyncIterator[Room]:
    """Let a patient write on a site that is served, and two of staff sign in."""
    await add(site.gate, "anna", "manager")
    await add(site.gate, "ben")
    async with AsyncExitStack() as stack:
        patient, anna, ben = [
            await stack.enter_async_context(page_of(browser, site, viewport=SIZES[size]))
            for size in ("phone", "desktop", "desktop")
        ]
        await at_desk(anna, "anna")
        await at_desk(ben, "ben")
        await open_widget(patient)
        await ask(patient, "is it permanent?")
        await expect(said(patient)).to_have_count(2)
        [row] = await inbox.with_assistant(site.store.database)
        yield Room(site, patient, anna, ben, row.id)


@pytest_asyncio.fixture(loop_scope="session")
async def room(browser: Browser, server: TestServer, site: ClinicSite) -> AsyncIterator[Room]:
    async with people_at(browser, site) as people:
        yield people


async def test_a_patient_is_handed_over_served_and_handed_back(room: Room) -> None:
    await room.site.conversations.wait(room.conversation, "asked")
    # The inbox is live: nobody loads it again.
    await expect(room.anna.get_by_role("heading", name="Waiting for a person")).to_be_visible()
    await expect(room.anna).to_have_title(re.compile(r"^\(1\)"))
    await check(room.anna, "handover-1-inbox")
    await room.anna.locator(".row-link").first.click()
    await room.anna.get_by_role("button", name="Take over").click()
    await expect(room.anna.get_by_role("status").first).to_contain_text("assistant is silent")
    await expect(room.patient.get_by_role("dialog")).to_contain_text("Anna")
    # Its keys work once the page's script is there.
    await room.anna.wait_for_load_state()
    await room.anna.get_by_label("Your reply, as Anna").fill(STAFF)
    await room.anna.keyboard.press("Control+Enter")
    await expect(room.anna.locator("#log")).to_contain_text(STAFF)
    await expect(room.patient.get_by_role("dialog")).to_contain_text(STAFF)
    await ask(room.patient, "Thank you, on Friday?")
    await expect(room.anna.locator("#log")).to_contain_text("Thank you, on Friday?")
    await check(room.anna, "handover-2-conversation")
    await room.anna.get_by_role("button", name="Hand back to the assistant").click()
    await expect(room.patient.get_by_role("dialog")).to_contain_text("handed this chat back")
    await ask(room.patient, "is it permanent?")
    await expect(said(room.patient)).to_have_count(7)


async def test_of_two_who_take_it_at_once_one_has_it_and_the_other_learns_who(room: Room) -> None:
    for page in (room.anna, room.ben):
        await page.goto(room.path)
        await expect(page.get_by_role("button", name="Take over")).to_be_visible()
    # Ben's page doesn't hear of it before he presses.
    await room.ben.route("**/news?*", lambda route: route.abort())
    await room.anna.get_by_role("button", name="Take over").click()
    await expect(room.anna.locator("#standing")).to_contain_text("You have this conversation")
    await room.ben.get_by_role("button", name="Take over").click()
    await expect(room.ben.get_by_role("alert")).to_contain_text("Anna has this conversation")
    await expect(room.ben.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    await check(room.ben, "handover-3-lost-race")


async def test_whoever_is_locked_out_sees_nothing_more(room: Room) -> None:
    await room.ben.goto(room.path)
    await expect(room.ben.locator("#log")).to_contain_text("is it permanent?")
    gate = room.site.gate
    await staffing.lock(gate, None, await staffing.find(gate, "ben"))
    # The line ends at what happens next; then the browser takes 3 seconds, and the page as many.
    await room.site.conversations.wait(room.conversation, "asked")
    await expect(room.ben.get_by_label("Password")).to_be_visible(timeout=15_000)


async def test_somebody_elses_page_sees_it_at_once_and_keeps_the_draft(room: Room) -> None:
    await room.ben.goto(room.path)
    await room.ben.get_by_label("Your reply, as Ben").fill("I was about to say")
    await room.anna.goto(room.path)
    await room.anna.get_by_role("button", name="Take over").click()
    await expect(room.ben.locator("#standing")).to_contain_text("Anna has it")
    await expect(room.ben.get_by_role("button", name="Send", exact=True)).to_be_disabled()
    await expect(room.ben.get_by_label("Your reply, as Ben")).to_have_value("I was about to say")


async def test_a_session_that_is_over_in_mid_reply_keeps_the_draft(room: Room) -> None:
    await room.anna.goto(room.path)
    text = room.anna.get_by_label("Your reply, as Anna")
    await text.fill("A long and careful reply.")
    [session] = [one for one in await room.anna.context.cookies() if "desk" in str(one["name"])]
    await room.anna.context.clear_cookies(name=session["name"])
    await room.anna.get_by_role("button", name="Send", exact=True).click()
    await expect(room.anna.get_by_role("heading", name="Sign in")).to_be_visible()
    await sign_in(room.anna, "anna", PASSWORD)
    await room.anna.goto(room.path)
    await expect(text).to_have_value("A long and careful reply.")


async def test_after_a_lost_line_nothing_is_missing(room: Room) -> None:
    await room.anna.goto(room.path)
    await room.anna.context.set_offline(True)
    turn = await room.site.conversations.receive(room.conversation, "Are you still there?")
    await room.site.conversations.finished(turn, 5)
    await room.anna.context.set_offline(False)
    await expect(room.anna.locator("#log")).to_contain_text("Are you still there?")
    assert await room.anna.locator("#log > li").count() == len(
        await room.site.conversations.transcript(room.conversation)
    )


async def test_after_a_restart_of_the_site_both_go_on(
    browser: Browser, serve: Serve, tmp_path: Path, unused_tcp_port: int
) -> None:
    address = f"http://127.0.0.1:{unused_tcp_port}"
    async with AsyncExitStack() as stack:
        first = await stack.enter_async_context(clinic_site(tmp_path, address))
        server = await serve(first.app, unused_tcp_port)
        room = await stack.enter_async_context(people_at(browser, first))
        await room.anna.goto(room.path)
        await room.anna.get_by_role("button", name="Take over").click()
        await expect(room.anna.locator("#standing")).to_contain_text("You have this conversation")
        # Words are there before the scripts are; a page without its scripts can't tell.
        await room.anna.wait_for_load_state("load")
        await server.close()
        await expect(room.anna.get_by_text("No connection.")).to_be_visible()
        again = await stack.enter_async_context(clinic_site(tmp_path, address))
        await serve(again.app, unused_tcp_port)
        await expect(room.anna.get_by_text("No connection.")).to_be_hidden()
        await room.anna.get_by_label("Your reply, as Anna").fill("Here I am again.")
        await room.anna.get_by_role("button", name="Send", exact=True).click()
        await expect(room.patient.get_by_role("dialog")).to_contain_text("Here I am again.")


async def test_who_is_gone_leaves_the_patient_neither_waiting_nor_in_the_dark(room: Room) -> None:
    await room.anna.goto(room.path)
    await room.anna.get_by_role("button", name="Take over").click()
    await expect(room.anna.locator("#standing")).to_contain_text("You have this conversation")
    await room.anna.close()
    await ask(room.patient, "And on Saturday?")
    over = datetime.now(UTC) - timedelta(seconds=1)
    await room.site.store.change(room.conversation, lambda now, _: Change(replace(now, until=over)))
    await room.site.conversations.look_after()
    await expect(room.patient.get_by_role("dialog")).to_contain_text("had to leave this chat")
    await room.ben.goto("/desk")
    await expect(room.ben.get_by_role("heading", name="Waiting for a person")).to_be_visible()
    await room.ben.locator(".row-link").first.click()
    await expect(room.ben.locator("#standing")).to_contain_text("had to leave before")


async def test_whoever_looks_elsewhere_is_called_without_a_patients_words(room: Room) -> None:
    await room.anna.add_init_script(LISTENING)
    await room.anna.goto("/desk")
    for way in ("Sound", "Notifications"):
        button = room.anna.get_by_role("button", name=way)
        await button.click()
        await expect(button).to_have_attribute("aria-pressed", "true")
    await room.site.conversations.wait(room.conversation, "asked")
    await expect(room.anna.locator("#told")).to_have_text("A patient needs somebody")
    # One sound tries the button, the other calls.
    assert await room.anna.evaluate("[told, sounds]") == [["A patient needs somebody"], 2]
