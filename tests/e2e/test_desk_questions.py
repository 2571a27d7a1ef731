"""The page of questions in a real browser: pictured, held to WCAG, and worked by keys."""

from dataclasses import replace
from functools import partial

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from bot.conversation import Message
from bot.conversation.message import new_id
from bot.conversation.records import Reply
from bot.conversation.settling import settle_fixed
from bot.desk.questions.deciding import Choice, decide
from bot.store.desk import deciding, questions
from tests.databases import said
from tests.desk.desk_client import PASSWORD, add
from tests.e2e.test_desk import SIZES, check, sign_in, visit
from tests.web.clinic_site import ClinicSite

pytestmark = pytest.mark.slow

ASKED = (
    *(
        "How much does it cost?",
        "what's the price",
        "price for one knee",
        "how much is it",
        "cost?",
    ),
    *("Can I swim after it", "when can I swim again", "is swimming ok after the injection"),
    *("do you take Bupa", "is it covered by insurance"),
    "my name is Ada Hale, ring me on 01632 960142: can I fly to Lisbon two days after it, or should"
    " I wait until the swelling is gone? My surgeon Dr Wexcombe doesn't know either.",
    "is it halal",
    '<script>alert("x")</script> does it work for parrots',
)


async def tell(site: ClinicSite, words: str, reply: Message, channel: str = "widget") -> str:
    conversation = await site.store.start(channel)
    settle = partial(settle_fixed, Reply((reply,)))
    await site.store.keep(conversation, said(words), settle=settle)
    return conversation


async def fill(site: ClinicSite) -> None:
    for number, words in enumerate(ASKED):
        intent = "cost" if number < 5 else "off_topic"
        decline = Message(new_id(), "decline", "No.", intent, 0.8)
        await tell(site, words, decline, "whatsapp" if number % 3 == 2 else "widget")
    wrong = Message(new_id(), "answer", "Yes.", "is_it_safe", 0.9)
    conversation = await tell(site, "how safe is the car park", wrong)
    await site.store.rate(conversation, wrong.id, False, None)


async def enter(page: Page, path: str) -> None:
    await page.goto(path)
    await sign_in(page, "anna", PASSWORD)


@pytest.mark.parametrize(
    ("device", "scheme"), [("desktop", "light"), ("tablet", "dark"), ("phone", "light")]
)
async def test_questions_are_for_everyone(
    browser: Browser, server: TestServer, site: ClinicSite, device: str, scheme: str
) -> None:
    await add(site.gate, "anna")
    name = f"questions-{device}-{scheme}"
    async with visit(browser, site, viewport=SIZES[device], color_scheme=scheme) as page:
        await enter(page, "/desk/questions")
        await check(page, f"{name}-1-empty")
        await fill(site)
        await page.reload()
        await expect(page.locator(".group")).to_have_count(7)
        await check(page, f"{name}-2-list")
        await page.locator("main summary").first.click()
        await check(page, f"{name}-3-open")
        await page.get_by_role("button", name="Noise").first.click()
        await expect(page.locator(".settled")).to_contain_text("Noise")
        await check(page, f"{name}-4-settled")
        await page.locator(".group:not(.settled) summary").first.click()
        await page.get_by_role("link", name="Choose passages").first.click()
        await page.locator("main details summary").nth(2).click()
        await page.get_by_role("checkbox").nth(3).check()
        await check(page, f"{name}-5-passages")
        await page.get_by_role("button", name="This answers it").click()
        await expect(page.get_by_role("status").last).to_contain_text("This passage answers it")
        await check(page, f"{name}-6-kept")
        await page.get_by_role("link", name="Decided").click()
        await check(page, f"{name}-7-decided")


async def test_keys_move_and_decide_and_what_was_decided_is_undone(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    await add(site.gate, "anna")
    await fill(site)
    database = site.store.database
    async with visit(browser, site, viewport=SIZES["desktop"]) as page:
        await enter(page, "/desk/questions")
        # The keys work once the page's script is there.
        await page.wait_for_load_state()
        summaries = page.locator("main summary")
        await summaries.first.focus()
        await page.keyboard.press("j")
        await page.keyboard.press("ArrowDown")
        await page.keyboard.press("k")
        await expect(summaries.nth(1)).to_be_focused()
        await page.keyboard.press("4")
        await expect(page.locator(".settled")).to_contain_text("Noise for 3 questions")
        await expect(page.locator("#open-count")).to_contain_text("11 questions wait")
        await expect(page.locator("#told")).to_have_text("Noise")
        # On goes whoever works by keys, with the group that stood below.
        await expect(page.locator(".group").nth(2).locator("summary")).to_be_focused()
        await page.keyboard.press("1")
        field = page.locator(".group").nth(2).get_by_label("An existing answer")
        await expect(field).to_be_focused()
        await field.press_sequentially("4 jokes")
        await expect(page.locator(".settled")).to_have_count(1)
        await field.press("Enter")
        await expect(page.get_by_role("alert")).to_contain_text("Choose one of the answers")
        await page.get_by_role("button", name="Undo").click()
        await expect(page.locator(".settled")).to_have_count(0)
        await expect(page.locator("#open-count")).to_contain_text("14 questions wait")
        assert (await questions.counts(database)).decisions == 0


async def test_whoever_is_slower_sees_who_decided(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    anna = await add(site.gate, "anna")
    await fill(site)
    async with visit(browser, site, viewport=SIZES["phone"]) as page:
        await enter(page, "/desk/questions")
        await page.locator("main summary").first.click()
        ben = replace(anna, id="b" * 32, name="Ben")
        await decide(site.store.database, ben, Choice("not_ours", "cost"), range(1, 6))
        await page.get_by_role("button", name="Noise").first.click()
        await expect(page.locator(".settled")).to_contain_text("Ben was quicker.")
        await expect(page.locator(".settled")).to_contain_text("Not ours to answer: Cost")
        [one] = await deciding.newest_decisions(site.store.database, 0, 9)
        assert one.decision.staff_name == "Ben"


async def test_without_scripts_everything_goes_by_forms(
    browser: Browser, server: TestServer, site: ClinicSite
) -> None:
    await add(site.gate, "anna")
    await fill(site)
    async with visit(browser, site, java_script_enabled=False) as page:
        await enter(page, "/desk/questions")
        await page.locator("main summary").first.click()
        await page.get_by_role("button", name="Not ours: Cost").click()
        await expect(page.locator(".done")).to_contain_text("Not ours to answer: Cost")
        await page.get_by_role("button", name="Undo").click()
        await expect(page.locator(".done")).to_contain_text("open again")
