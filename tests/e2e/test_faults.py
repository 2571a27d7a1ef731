"""The widget when things go wrong around it: faults, rubbish, hasty fingers, wrong clocks."""

import re

import pytest
from playwright.async_api import Page, WebSocket, expect

from bot.conversation import StoreUnavailable
from bot.conversation.tokens import sign
from tests.databases import fill
from tests.e2e.steps import LAUNCHER, ask, choose, expect_lines, open_widget, said
from tests.web.clinic_site import ClinicSite

pytestmark = pytest.mark.slow

PERMANENT = "it isn't always permanent"
KNEE = "Many patients notice their knee improving"
KEEP = "(kept) => localStorage.setItem('candor', kept)"


def sent_by(page: Page) -> list[str]:
    """Return what the widget sends over its socket, as it is sent."""
    frames: list[str] = []

    def follow(socket: WebSocket) -> None:
        socket.on("framesent", lambda frame: frames.append(str(frame)))

    page.on("websocket", follow)
    return frames


async def test_a_database_that_pauses_is_not_flooded_and_loses_nothing(
    page: Page, site: ClinicSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    frames = sent_by(page)

    async def unavailable(*_given: object, **_more: object) -> str:
        raise StoreUnavailable

    await open_widget(page)
    with monkeypatch.context() as broken:
        broken.setattr(site.conversations, "receive", unavailable)
        for text in ("is it permanent?", "when will my knee feel better"):
            await ask(page, text)
        await page.wait_for_timeout(7000)
        # Two messages, two greetings and two tries more.
        assert len(frames) <= 10
    await expect_lines(page, "is it permanent?", "when will my knee", PERMANENT, KNEE)


async def test_a_wrong_clock_asks_for_no_more_than_a_right_one(
    page: Page, site: ClinicSite
) -> None:
    frames = sent_by(page)
    site.desk |= {"open": True, "until": "2020-01-01T18:00:00+00:00"}
    await open_widget(page)
    await page.wait_for_timeout(2500)
    assert len(frames) == 1


@pytest.mark.parametrize(
    "kept",
    ["rubbish", "[]", "5", '{"unsent": [null]}', '{"unsent": "abc"}', '{"token": {}, "claim": 5}'],
)
async def test_rubbish_in_the_storage_shuts_nobody_out(page: Page, kept: str) -> None:
    await page.goto("/")
    await page.evaluate(KEEP, kept)
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)


async def test_without_any_storage_it_works_as_long_as_the_page(page: Page) -> None:
    forbid = "Object.defineProperty(window, '%s', { get() { throw new Error('no'); } });"
    await page.add_init_script(forbid % "localStorage" + forbid % "sessionStorage")
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    await ask(page, "when will my knee feel better")
    await expect_lines(page, "is it permanent?", PERMANENT, "when will my knee", KNEE)


async def test_hasty_presses_show_what_was_before_only_once(page: Page, site: ClinicSite) -> None:
    conversation = await site.conversations.start("widget")
    fill(site.store, conversation, 60)
    token = sign(site.settings.secret, "conversation", conversation)
    await page.goto("/")
    await page.evaluate(KEEP, f'{{"token": "{token}"}}')
    await open_widget(page)
    await expect(said(page)).to_have_count(50)
    press = "(button) => { button.focus(); button.click(); button.click(); }"
    await page.get_by_role("button", name="Show earlier messages").evaluate(press)
    await expect(said(page)).to_have_count(60)
    await page.wait_for_timeout(300)
    await expect(said(page)).to_have_count(60)
    inside = "document.querySelector('candor-widget').shadowRoot.activeElement?.className"
    assert await page.evaluate(inside) == "scroll"


async def test_what_is_deleted_before_its_answer_stays_deleted(
    page: Page, site: ClinicSite
) -> None:
    await page.route_web_socket("**/ws", lambda socket: socket.close())
    await open_widget(page)
    await ask(page, "slow, please")
    await expect(page.locator(".line.patient:not(.sending)")).to_have_count(1)
    await choose(page, "Options", "Delete it")
    await page.get_by_role("button", name="Delete it for good").click()
    await expect(page.get_by_text("The conversation is deleted.")).to_be_visible()
    site.assistant.pause.set()
    await page.wait_for_timeout(4000)
    await expect(said(page)).to_have_count(0)
    assert await page.evaluate("localStorage.length") == 0


async def test_without_sockets_a_red_flag_waits_for_no_other_answer(page: Page) -> None:
    await page.route_web_socket("**/ws", lambda socket: socket.close())
    await open_widget(page)
    await ask(page, "slow, please")
    await ask(page, "I can't breathe")
    await expect(page.locator(".line.patient:not(.sending)")).to_have_count(2, timeout=5000)


async def test_the_pages_shortcuts_take_nothing_from_what_is_written(page: Page) -> None:
    await page.goto("/")
    await page.evaluate(
        "document.addEventListener('keydown', (event) => {"
        " if (event.key === 'k') event.preventDefault(); })"
    )
    await page.get_by_role("button", name=LAUNCHER).click()
    await expect(page.get_by_label("Your question")).to_be_focused()
    await page.keyboard.type("knee ok")
    await expect(page.get_by_label("Your question")).to_have_value("knee ok")


async def test_it_covers_a_small_window_as_a_modal_and_leaves_a_large_one_alone(page: Page) -> None:
    await open_widget(page)
    dialog = page.get_by_role("dialog")
    modal = "(dialog) => dialog.matches(':modal')"
    assert not await dialog.evaluate(modal)
    await page.set_viewport_size({"width": 390, "height": 800})
    await expect(dialog).to_have_js_property("open", True)
    assert await dialog.evaluate(modal)
    await page.set_viewport_size({"width": 1280, "height": 800})
    assert not await dialog.evaluate(modal)
    await expect(dialog).to_be_visible()


async def test_a_reload_takes_the_focus_from_nobody(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    await page.reload()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await page.evaluate("document.activeElement === document.body")


async def test_every_line_is_put_in_once(page: Page) -> None:
    await open_widget(page)
    await page.evaluate(
        "window.added = []; new MutationObserver((changes) => changes.forEach((change) =>"
        " change.addedNodes.forEach((node) => window.added.push(node.textContent)))).observe("
        "document.querySelector('candor-widget').shadowRoot.querySelector('.lines'),"
        " { childList: true })"
    )
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)
    added = await page.evaluate("window.added")
    assert [re.sub(r":.*", "", text, flags=re.S) for text in added] == ["You", "Assistant"]


async def test_what_can_be_loaded_later_is_loaded_later(page: Page) -> None:
    await page.route("**/static/widget/chat.js", lambda route: route.abort(), times=1)
    await page.goto("/")
    await page.get_by_role("button", name=LAUNCHER).click()
    await expect(page.locator(".launcher")).to_contain_text("can't be reached")
    await page.reload()
    await page.get_by_role("button", name=LAUNCHER).click()
    await ask(page, "is it permanent?")
    await expect_lines(page, "is it permanent?", PERMANENT)


async def test_a_request_that_hangs_is_given_up_and_made_again(page: Page) -> None:
    await page.route_web_socket("**/ws", lambda socket: socket.close())
    await page.add_init_script(
        "{ let hanging = 2; const real = AbortSignal.timeout.bind(AbortSignal);"
        " AbortSignal.timeout = (time) => hanging-- > 0"
        " ? AbortSignal.abort(new DOMException('late', 'TimeoutError')) : real(time); }"
    )
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(said(page)).to_contain_text(["Not sent yet"])
    await expect_lines(page, "is it permanent?", PERMANENT)
