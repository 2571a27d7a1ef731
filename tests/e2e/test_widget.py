"""A patient in a browser: asks, reads, checks the source, books."""

from urllib.parse import urlsplit

import pytest
from playwright.async_api import Page, expect

from tests.e2e.steps import LAUNCHER, ask, choose, open_widget
from tests.staff import person
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
    button = page.get_by_role("log").get_by_role("listitem").get_by_role("button").first
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


async def test_nothing_is_kept_or_connected_before_it_is_opened(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(urlsplit(request.url).path))
    page.on("websocket", lambda socket: asked.append("a socket"))
    await page.goto("/")
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    files = ("/static/", "/widget.js", "/widget/")
    assert [path for path in asked if path != "/" and not path.startswith(files)] == []
    assert not any("chat.js" in path for path in asked)
    assert await page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert await page.context.cookies() == []


async def test_it_says_what_it_is_before_the_first_message(page: Page) -> None:
    await open_widget(page)
    dialog = page.get_by_role("dialog")
    for words in ("not a person", "not medical advice", "kept for 30 days", "ring 999"):
        await expect(dialog).to_contain_text(words)
    assert await page.evaluate("sessionStorage.length + localStorage.length") == 0
    assert await page.context.cookies() == []


async def test_a_person_is_always_within_reach(page: Page, site: ClinicSite) -> None:
    await open_widget(page)
    talk = page.get_by_text("Talk to the clinic")
    await expect(talk.locator("..")).to_contain_text("until")
    await talk.click()
    call = page.get_by_role("dialog").get_by_role("link", name="Ring the clinic")
    await expect(call).to_have_attribute("href", site.settings.clinic.phone_link)
    await page.get_by_role("button", name="Ask here for a person").click()
    await expect(page.get_by_role("log")).to_contain_text("our front desk", ignore_case=True)
    await expect(page.get_by_role("dialog")).to_contain_text("you asked for a person")


@pytest.mark.parametrize(
    ("open_now", "words"), [(True, "open until 18:00"), (False, "closed until Monday 08:30")]
)
async def test_it_says_whether_somebody_is_at_the_desk(
    page: Page, site: ClinicSite, open_now: bool, words: str
) -> None:
    until = "2026-11-27T18:00:00+00:00" if open_now else "2026-11-30T08:30:00+00:00"
    site.desk |= {"open": open_now, "until": until}
    await open_widget(page)
    await expect(page.locator("summary", has_text="Talk to the clinic")).to_contain_text(words)


async def test_staff_write_under_their_name(page: Page, site: ClinicSite) -> None:
    await open_widget(page)
    await ask(page, "person")
    await expect(page.locator(".line.reply")).to_have_count(1)
    [conversation] = site.assistant.conversations
    await site.conversations.speak(
        conversation, person("Mara Lind"), "Good morning. How can I help?"
    )
    await expect(page.locator(".line.staff")).to_contain_text("Mara Lind, Aldermere Joint Clinic")
    await expect(page.locator(".head")).to_contain_text("Mara Lind from the clinic is here")
    await page.reload()
    await expect(page.locator(".line.staff")).to_contain_text("Mara Lind")


async def test_no_dots_promise_an_answer_where_a_person_may_take_their_time(
    page: Page, site: ClinicSite
) -> None:
    await open_widget(page)
    await ask(page, "slow, please")
    await expect(page.locator(".typing")).to_be_visible()
    site.assistant.pause.set()
    await expect(page.locator(".line.reply")).to_have_count(1)
    [conversation] = site.assistant.conversations
    await site.conversations.speak(
        conversation, person("Mara Lind"), "Good morning. How can I help?"
    )
    await expect(page.locator(".line.staff")).to_be_visible()
    await ask(page, "slow, please")
    await expect(page.locator(".line.patient:not(.sending)")).to_have_count(2)
    await expect(page.locator(".typing")).to_be_hidden()


async def test_a_page_may_take_it_away_and_put_it_back(page: Page) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)
    await page.evaluate("window.taken = document.querySelector('candor-widget'); taken.remove()")
    await expect(page.get_by_role("dialog")).to_have_count(0)
    await page.evaluate("document.body.append(window.taken)")
    # It was open, so it is again.
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(page.locator(".line.reply")).to_have_count(1)
    await page.evaluate("document.querySelector('main').append(window.taken)")
    await expect(page.locator(".line.reply")).to_have_count(1)
    assert await page.locator(".launcher").count() == 1


async def test_an_answer_can_be_rated_with_a_reason(page: Page, site: ClinicSite) -> None:
    await open_widget(page)
    await ask(page, "is it permanent?")
    rating = page.get_by_role("group", name="Was this helpful?")
    await rating.get_by_role("button", name="No").click()
    await rating.get_by_role("button", name="It says too little").click()
    await expect(rating).to_contain_text("Thank you")
    await page.reload()
    await expect(rating).to_contain_text("Thank you")
    assert await site.conversations.feedback_counts() == {True: 0, False: 1}


async def test_the_conversation_can_be_copied_printed_and_downloaded(page: Page) -> None:
    await page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await open_widget(page)
    await ask(page, "is it permanent?")
    await expect(page.locator(".line.reply")).to_have_count(1)

    await choose(page, "Options", "Copy the conversation")
    await expect(page.get_by_text("The conversation is copied.")).to_be_visible()
    copied = await page.evaluate("navigator.clipboard.readText()")
    assert "is it permanent?" in copied
    assert "it isn't always permanent" in copied
    assert "/learn/permanence" in copied

    async with page.expect_download() as download:
        await choose(page, "Options", "Download it")
    path = await (await download.value).path()
    assert path.read_text() == copied

    printed = "() => document.querySelector('candor-widget').shadowRoot.querySelector('pre')"
    await page.evaluate(
        "window.print = () => { window.seen = document.querySelector('candor-widget')"
        ".shadowRoot.querySelector('pre').textContent; dispatchEvent(new Event('afterprint')); }"
    )
    await choose(page, "Options", "Print it")
    # The page's policy forbids to wait for a condition within it.
    while not (seen := await page.evaluate("window.seen ?? ''")):
        await page.wait_for_timeout(50)
    assert seen == copied
    assert await page.evaluate(f"({printed})().textContent") == ""


async def test_markup_is_shown_as_text(page: Page) -> None:
    await open_widget(page)
    attack = "<img src=x onerror=alert(1)><b>bold</b>"
    await ask(page, attack)
    await expect(page.locator(".line.patient")).to_contain_text(attack)
    assert await page.locator(".line.patient img, .line.patient b").count() == 0


async def test_a_question_of_the_page_opens_the_chat_and_is_asked(page: Page) -> None:
    await page.goto("/")
    # Without the widget, or before it is there, the link leads to the plain page.
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    await page.get_by_role("link", name="Is it permanent?", exact=True).click()
    await expect(page.get_by_role("log")).to_contain_text("it isn't always permanent")


async def test_a_refused_message_says_why_and_can_be_mended(page: Page) -> None:
    await open_widget(page)
    field = page.get_by_label("Your question")
    await field.evaluate("(field) => field.removeAttribute('maxlength')")
    await ask(page, "x" * 3000)
    await expect(page.locator(".why")).to_contain_text("2,000")
    await expect(field).to_have_value("x" * 3000)
