"""A patient in a browser: asks, reads, checks the source, books."""

import pytest
from playwright.async_api import Page, expect

from tests.e2e.steps import ask, open_widget
from tests.web.clinic_site import ClinicSite

pytestmark = pytest.mark.slow


async def test_from_the_question_to_the_source_to_the_booking(page: Page, site: ClinicSite) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    log = page.get_by_role("log")
    await expect(log).to_contain_text("it isn't always permanent")
    await expect(log.get_by_role("listitem").first).to_be_visible()

    async with page.expect_popup() as popup:
        await log.get_by_role("link", name="Is the result permanent or temporary?").click()
    article = await popup.value
    mark = article.locator("mark").first
    await expect(mark).to_be_in_viewport()
    await expect(mark).to_contain_text("it isn't always permanent")

    async with page.expect_popup() as popup:
        await log.get_by_role("link", name="Book a free consultation").click()
    booking = await popup.value
    await expect(booking).to_have_url(site.settings.clinic.booking_url)
    assert len(site.clicks) == 1


async def test_a_next_question_is_one_tap(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    button = page.get_by_role("log").get_by_role("button").first
    label = await button.inner_text()
    await button.click()
    await expect(page.locator(".line.patient").last).to_contain_text(label)
    await expect(page.locator(".line.reply")).to_have_count(2)
    await expect(page.locator(".line.patient")).to_have_count(2)


async def test_the_knees_timeline_is_shown(page: Page) -> None:
    await open_widget(page)
    await ask(page, "when will my knee feel better")
    figure = page.get_by_role("img", name="The course after a knee treatment")
    await expect(figure).to_be_visible()
    assert await figure.evaluate("(picture) => picture.decode().then(() => picture.naturalWidth)")


async def test_an_urgent_answer_stands_out_with_a_number_to_tap(page: Page) -> None:
    await open_widget(page)
    await ask(page, "I can't breathe")
    call = page.get_by_role("log").get_by_role("link", name="Ring 999")
    await expect(call).to_have_attribute("href", "tel:999")
    await expect(page.locator(".booking")).to_have_count(0)


async def test_it_says_what_it_is_and_keeps_nothing_before_the_first_message(page: Page) -> None:
    await open_widget(page)
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_contain_text("automatic assistant, not a person")
    await expect(dialog).to_contain_text("not medical advice")
    assert await page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert await page.context.cookies() == []


async def test_a_person_is_always_within_reach(page: Page, site: ClinicSite) -> None:
    await open_widget(page)
    talk = page.get_by_role("button", name="Talk to the clinic")
    await talk.click()
    call = page.get_by_role("dialog").get_by_role("link", name="Ring the clinic")
    await expect(call).to_have_attribute("href", site.settings.clinic.phone_link)
    await page.get_by_role("button", name="Ask here for a person").click()
    await expect(page.get_by_role("log")).to_contain_text("our front desk", ignore_case=True)


async def test_markup_is_shown_as_text(page: Page) -> None:
    await open_widget(page)
    attack = "<img src=x onerror=alert(1)><b>bold</b>"
    await ask(page, attack)
    await expect(page.locator(".line.patient")).to_contain_text(attack)
    assert await page.locator(".line.patient img, .line.patient b").count() == 0


async def test_the_keyboard_is_enough(page: Page) -> None:
    await page.goto("/")
    launcher = page.get_by_role("button", name="Ask a question")
    await launcher.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Your question")).to_be_focused()
    await page.keyboard.type("is it permanent?")
    await page.keyboard.press("Enter")
    await expect(page.locator(".line.reply")).to_have_count(1)
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(launcher).to_be_focused()


async def test_a_question_of_the_page_opens_the_chat_and_is_asked(page: Page) -> None:
    await page.goto("/")
    await page.get_by_role("link", name="Is it permanent?", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("it isn't always permanent")


async def test_a_refused_message_says_why_and_can_be_mended(page: Page) -> None:
    await open_widget(page)
    field = page.get_by_label("Your question")
    await field.evaluate("(field) => field.removeAttribute('maxlength')")
    await ask(page, "x" * 3000)
    await expect(page.locator(".why")).to_contain_text("2,000")
    await expect(field).to_have_value("x" * 3000)
