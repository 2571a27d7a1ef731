"""The widget on the clinic's other website: by the tag of the README, by a tag manager, and on
pages that forbid almost everything or have been tampered with."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, ConsoleMessage, Page, expect

from tests.e2e.conftest import Serve
from tests.e2e.other_pages import readme_tag, serve_page
from tests.e2e.steps import LAUNCHER, ask
from tests.web.clinic_site import clinic_site

pytestmark = pytest.mark.slow

STRICT = (
    "default-src 'none'; script-src {host}; connect-src {host} {socket}; img-src {host}; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
TAG_MANAGER = """<script>
  const script = document.createElement("script");
  script.src = "{host}/widget.js";
  script.dataset.greeting = "Good to see you.";
  document.head.append(script);
</script>"""
TAMPERED = """<script>
  Object.prototype.added = "to every object";
  Array.prototype.added = "to every list";
  window.el = window.texts = window.Chat = window.Conversation = "the page's own";
  window.WebSocket = undefined;
  window.name = "a page of many scripts";
  window.before = Object.keys(window).length;
</script>"""


Show = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def show(
    tmp_path: Path, browser: Browser, serve: Serve, unused_tcp_port: int
) -> AsyncIterator[Show]:
    """Show a page of the other website; what its console complains of stands in `complaints`."""
    host = f"http://127.0.0.1:{unused_tcp_port}"
    async with AsyncExitStack() as opened:

        async def show(html: str, policy: str = "", *, listed: bool = True) -> Page:
            headers = (
                {
                    "Content-Security-Policy": policy.format(
                        host=host, socket=host.replace("http", "ws")
                    )
                }
                if policy
                else {}
            )
            address = await serve_page(serve, html.replace("{host}", host), headers)
            websites = address if listed else ""
            site = await opened.enter_async_context(clinic_site(tmp_path, host, websites=websites))
            await serve(site.app, port=unused_tcp_port)
            context = await opened.enter_async_context(await browser.new_context())
            page = await context.new_page()
            page.on("pageerror", lambda error: _complaints(page).append(str(error)))
            page.on("console", lambda line: _note(page, line))
            await page.goto(address)
            return page

        yield show


def _complaints(page: Page) -> list[str]:
    return page.__dict__.setdefault("complaints", [])


def _note(page: Page, line: ConsoleMessage) -> None:
    if line.type == "error":
        _complaints(page).append(line.text)


async def _is_answered(page: Page) -> None:
    await page.get_by_role("button", name=LAUNCHER).click()
    await ask(page, "is it permanent?")
    log = page.get_by_role("log")
    await expect(log).to_contain_text("it isn't always permanent", timeout=15_000)


@pytest.mark.parametrize("socket", [True, False], ids=["over a socket", "over plain requests"])
async def test_the_tag_of_the_readme_is_enough(show: Show, socket: bool) -> None:
    page = await show("<body>" + readme_tag("{host}"))
    if not socket:
        await page.route_web_socket("**/ws", lambda route: route.close())
    await _is_answered(page)
    assert _complaints(page) == []


async def test_a_tag_manager_may_bring_it(show: Show) -> None:
    page = await show(f"<body>{TAG_MANAGER}")
    await _is_answered(page)
    await expect(page.get_by_text("Good to see you.")).to_be_attached()
    assert _complaints(page) == []


@pytest.mark.parametrize("socket", [True, False], ids=["with a socket", "without"])
async def test_it_works_where_the_page_forbids_almost_everything(show: Show, socket: bool) -> None:
    policy = STRICT if socket else STRICT.replace("{socket}", "")
    page = await show("<body>" + readme_tag("{host}"), policy)
    await page.get_by_role("button", name=LAUNCHER).click()
    await ask(page, "when will my knee feel better")
    figure = page.get_by_role("log").get_by_role("img")
    await expect(figure).to_be_visible(timeout=15_000)
    assert await figure.evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)")
    colour = "(button) => getComputedStyle(button).backgroundColor"
    assert await page.get_by_label("Send").evaluate(colour) == "rgb(15, 107, 107)"
    # What it tried without success was a socket, and nothing else.
    blocked = [text for text in _complaints(page) if not text.startswith("Connecting to 'ws:")]
    assert blocked == []
    assert bool(_complaints(page)) is not socket


async def test_a_page_that_is_not_listed_gets_no_word(show: Show) -> None:
    page = await show("<body>" + readme_tag("{host}"), listed=False)
    await page.get_by_role("button", name=LAUNCHER).click()
    await ask(page, "is it permanent?")
    await expect(page.get_by_text("Not sent yet")).to_be_visible()
    await page.wait_for_timeout(4000)
    assert await page.locator(".line.reply").count() == 0


async def test_a_page_that_redefines_everything_does_and_takes_no_harm(show: Show) -> None:
    page = await show(f"<body>{TAMPERED}" + readme_tag("{host}"))
    await _is_answered(page)
    after = "[Object.keys(window).length, window.Chat, document.body.children.length]"
    before = await page.evaluate("window.before")
    # The widget's element is all that there is more.
    assert await page.evaluate(after) == [before + 1, "the page's own", 3]
    assert _complaints(page) == []


async def test_attributes_and_properties_give_it_the_looks_of_the_page(show: Show) -> None:
    tag = readme_tag("{host}").replace(
        "<script",
        '<script data-accent="#7a1f5c" data-corner="start" data-scheme="dark" '
        'data-greeting="Welcome to our physiotherapy."',
    )
    style = (
        "<style>candor-widget { --inset-inline: 40px; --corner: 4px; --accent: #004400 }</style>"
    )
    page = await show(f"{style}<body>{tag}")
    launcher = page.get_by_role("button", name=LAUNCHER)
    box = await launcher.bounding_box()
    assert box is not None
    assert box["x"] == 40
    fill = "(button) => getComputedStyle(button).backgroundColor"
    assert await launcher.evaluate(fill) == "rgb(0, 68, 0)"
    await launcher.click()
    await expect(page.get_by_text("Welcome to our physiotherapy.")).to_be_visible()
    await expect(page.get_by_text("automatic assistant of")).to_be_visible()
    panel = page.get_by_role("dialog")
    assert await panel.evaluate("(box) => getComputedStyle(box).borderRadius") == "4px"
    assert (
        await panel.evaluate("(box) => getComputedStyle(box).backgroundColor") == "rgb(14, 20, 20)"
    )
