"""The widget over reloads, tabs, gaps and networks that let no socket through."""

import pytest
from playwright.async_api import Page, Route, expect

from bot.conversation.tokens import sign
from tests.databases import fill
from tests.e2e.steps import LAUNCHER, ask, choose, expect_lines, open_widget, said
from tests.staff import person
from tests.web.clinic_site import ClinicSite

pytestmark = pytest.mark.slow

PERMANENT = "it isn't always permanent"
KNEE = "Many patients notice their knee improving"
GONE = "The connection is gone"


async def test_a_reload_keeps_the_conversation(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    await page.reload()
    await expect_lines(page, "is it permanent?", PERMANENT)
    await ask(page, "when will my knee feel better")
    await expect_lines(page, "is it permanent?", PERMANENT, "when will my knee", KNEE)


async def test_who_comes_back_another_day_finds_the_conversation(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    later = await page.context.new_page()
    await page.close()
    await later.goto("/")
    # Nothing is asked of the clinic before it is opened.
    await expect(later.get_by_role("dialog")).to_be_hidden()
    await later.get_by_role("button", name=LAUNCHER).click()
    await expect_lines(later, "is it permanent?", PERMANENT)


async def test_two_tabs_show_the_same_conversation(page: Page) -> None:
    other = await page.context.new_page()
    await open_widget(page)
    await open_widget(other)
    await ask(page, "is it permanent?")
    await expect_lines(other, "is it permanent?", PERMANENT)
    await ask(other, "when will my knee feel better")
    for tab in (page, other):
        await expect_lines(tab, "is it permanent?", PERMANENT, "when will my knee", KNEE)


async def test_two_tabs_that_begin_at_once_share_one_conversation(page: Page) -> None:
    other = await page.context.new_page()
    for tab in (page, other):
        await tab.context.set_offline(False)
        await open_widget(tab)
    await page.context.set_offline(True)
    await ask(page, "is it permanent?")
    await ask(other, "when will my knee feel better")
    await page.context.set_offline(False)
    for tab in (page, other):
        await expect(said(tab)).to_have_count(4, timeout=20_000)
    assert await said(page).all_inner_texts() == await said(other).all_inner_texts()


async def test_without_sockets_it_works_over_plain_requests(page: Page, site: ClinicSite) -> None:
    await page.route_web_socket("**/ws", lambda socket: socket.close())
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    await ask(page, "when will my knee feel better")
    await expect_lines(page, "is it permanent?", PERMANENT, "when will my knee", KNEE)
    # What staff say comes by itself, too.
    [conversation] = site.assistant.conversations
    await site.conversations.speak(conversation, person("Mara Lind"), "Good morning, this is Mara.")
    await expect(said(page).last).to_contain_text("Good morning, this is Mara.", timeout=5000)


async def test_what_is_written_without_a_network_goes_out_when_it_is_back(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    await page.context.set_offline(True)
    await ask(page, "when will my knee feel better")
    await expect(page.get_by_text(GONE)).to_be_visible()
    await expect(said(page).last).to_contain_text("Not sent yet")
    await page.context.set_offline(False)
    await expect_lines(page, "is it permanent?", PERMANENT, "when will my knee", KNEE)
    await expect(page.get_by_text(GONE)).to_be_hidden()
    await expect(page.get_by_text("Not sent yet")).to_have_count(0)


async def test_what_was_not_sent_outlives_a_reload(page: Page) -> None:
    await page.route_web_socket("**/ws", lambda socket: socket.close())
    await page.route("**/api/**", lambda route: route.abort())
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(said(page)).to_contain_text("Not sent yet")
    await page.unroute("**/api/**")
    await page.reload()
    await expect_lines(page, "is it permanent?", PERMANENT)


async def test_an_answer_that_got_lost_begins_no_second_conversation(
    page: Page, site: ClinicSite
) -> None:
    await page.route_web_socket("**/ws", lambda socket: socket.close())

    async def lose(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await page.route("**/api/messages", lose, times=1)
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    assert len(site.assistant.conversations) == 1


async def test_a_long_conversation_opens_with_its_end_and_gives_the_rest(
    page: Page, site: ClinicSite
) -> None:
    await page.emulate_media(reduced_motion="reduce")
    conversation = await site.conversations.start("widget")
    fill(site.store, conversation, 5000)
    token = sign(site.settings.secret, "conversation", conversation)
    await page.goto("/")
    kept = "(token) => localStorage.setItem('candor', JSON.stringify({ token }))"
    await page.evaluate(kept, token)
    await open_widget(page)
    await expect(said(page)).to_have_count(50)
    await expect(said(page).last).to_have_text("Assistant: Line 5000")
    await expect(said(page).last).to_be_in_viewport()
    earlier = page.get_by_role("button", name="Show earlier messages")
    await earlier.click()
    await expect(said(page)).to_have_count(100)
    await expect(said(page).first).to_have_text("Assistant: Line 4901")
    # The reader stays where they were.
    await expect(said(page).nth(50)).to_be_in_viewport()
    await ask(page, "is it permanent?")
    await expect(said(page).last).to_contain_text(PERMANENT)
    await expect(said(page)).to_have_count(102)


async def test_a_deleted_conversation_is_gone_in_every_tab(page: Page, site: ClinicSite) -> None:
    other = await page.context.new_page()
    await open_widget(page)
    await open_widget(other)
    await ask(page, "is it permanent?")
    await expect_lines(other, "is it permanent?", PERMANENT)
    await choose(page, "Options", "Delete it")
    await page.get_by_role("button", name="Delete it for good").click()
    for tab in (page, other):
        await expect(tab.get_by_text("The conversation is deleted.")).to_be_visible()
        await expect(said(tab)).to_have_count(0)
        assert await tab.evaluate("localStorage.length") == 0
    await ask(other, "when will my knee feel better")
    await expect_lines(page, "when will my knee", KNEE)


async def test_a_conversation_that_is_no_longer_kept_is_said_to_be_gone(
    page: Page, site: ClinicSite
) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    token = "(token) => localStorage.setItem('candor', JSON.stringify({ token }))"
    await page.evaluate(token, "forged.token")
    await page.reload()
    await expect(page.get_by_text("no longer kept")).to_be_visible()
    await ask(page, "when will my knee feel better")
    await expect_lines(page, "when will my knee", KNEE)


async def test_what_was_begun_here_does_not_vanish_for_what_was_begun_elsewhere(
    page: Page, site: ClinicSite
) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    other = await page.context.new_page()
    await other.goto("/")
    conversation = await site.conversations.start("widget")
    token = sign(site.settings.secret, "conversation", conversation)
    await other.evaluate(
        "(token) => localStorage.setItem('candor', JSON.stringify({ token }))", token
    )
    await page.wait_for_timeout(500)
    await ask(page, "when will my knee feel better")
    await expect_lines(page, "is it permanent?", PERMANENT, "when will my knee", KNEE)
