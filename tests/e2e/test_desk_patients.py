"""Patients' data in a real browser: found, shown, erased, printed; pictured, and held to WCAG."""

import pytest
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from bot.conversation.references import reference_of
from bot.store.whatsapp import Incoming, WhatsAppStore, Who
from tests.databases import press
from tests.desk.desk_client import PASSWORD, add
from tests.e2e.test_desk import SIZES, check, sign_in, visit
from tests.staff import person
from tests.web.clinic_site import ClinicSite

pytestmark = pytest.mark.slow


async def patient(site: ClinicSite) -> str:
    """Somebody who wrote on the website; somebody else writes on WhatsApp."""
    kept = WhatsAppStore(site.store.database)
    conversation = await site.conversations.start("widget")
    turn = await site.conversations.receive(conversation, "Is it permanent? I worry about that.")
    [answer] = await site.conversations.finished(turn, 5)
    await site.conversations.rate(conversation, answer.message.id, False, "too_little")
    await site.conversations.speak(
        conversation, person("Anna Kerr"), "I'll ring you this afternoon."
    )
    await press(site.store, conversation, answer.message.id)
    who = Who("GB.1", "447700900123", "Philippa Quill")
    come = Incoming("k", who, site.gate.now(), {"raw": "Hello"}, True)
    [contact] = (await kept.take([come], [])).wrote
    talk = await kept.converse(contact)
    turn = await site.conversations.receive(talk, "How soon will my knee feel better?")
    await site.conversations.finished(turn, 5)
    return conversation


@pytest.mark.parametrize(
    ("device", "scheme"),
    [("desktop", "light"), ("tablet", "dark"), ("phone", "light"), ("phone", "dark")],
)
async def test_a_patient_is_found_shown_and_erased(
    browser: Browser, server: TestServer, site: ClinicSite, device: str, scheme: str
) -> None:
    await add(site.gate, "anna", "manager")
    conversation = await patient(site)
    reference, name = reference_of(conversation), f"{device}-{scheme}"
    async with visit(browser, site, viewport=SIZES[device], color_scheme=scheme) as page:
        await page.goto("/desk/patients")
        await sign_in(page, "anna", PASSWORD)
        await check(page, f"{name}-60-patients")
        look = page.get_by_role("button", name="Look")
        await page.get_by_label("What the patient gives you").fill("twelve")
        await look.click()
        await expect(page.get_by_role("alert")).to_contain_text("not a telephone number")
        await check(page, f"{name}-61-patients-refused")
        await page.get_by_label("What the patient gives you").fill("07700 900123")
        await look.click()
        await expect(page.get_by_role("status")).to_have_text("1 record found")
        await check(page, f"{name}-62-patients-number")
        await page.get_by_role("radio", name="Reference").check()
        await page.get_by_label("What the patient gives you").fill(reference.lower())
        await look.click()
        await expect(page.get_by_role("status")).to_have_text("1 record found")
        await page.get_by_role("button", name="Show all").click()
        await expect(page.get_by_text("I worry about that")).to_be_visible()
        await check(page, f"{name}-63-patient-data")
        await page.get_by_role("button", name="Erase").click()
        await check(page, f"{name}-64-patient-erase")
        await page.get_by_label("Type the reference").fill(reference)
        await page.get_by_role("button", name="Erase for good").click()
        await expect(page.get_by_role("heading", name="Receipt of erasure")).to_be_visible()
        await check(page, f"{name}-65-patient-erased")
        await page.emulate_media(media="print", color_scheme="light")
        await check(page, f"{name}-66-patient-printed")
