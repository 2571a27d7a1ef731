"""Patients' data at the desk: looked for by what they can name, handed over, erased."""

import json
import logging
import re
from dataclasses import dataclass

import pytest
from aiohttp.test_utils import TestClient

from bot.conversation.codes import code_key
from bot.conversation.references import reference_of
from bot.conversation.tokens import sign, sign_ids
from bot.desk.pages.patients import PATIENTS
from bot.desk.rights.asking import number_forms
from bot.store.whatsapp import Incoming, WhatsAppStore, Who
from tests.databases import press
from tests.desk.desk_client import Browser, add, csrf_of, signed_in
from tests.staff import person
from tests.web.clinic_site import ClinicSite

SECRET = "s" * 40
CODE = "2345-ABCD-EFGH-9999"


@dataclass
class Pat:
    """Somebody who wrote on the website and on WhatsApp."""

    website: str
    whatsapp: str
    contact: str
    message: str


@pytest.fixture
async def pat(site: ClinicSite) -> Pat:
    kept = WhatsAppStore(site.store.database)
    website = await site.conversations.start("widget")
    turn = await site.conversations.receive(website, "Zanzibar: is it permanent?")
    [answer] = await site.conversations.finished(turn, 5)
    await site.conversations.rate(website, answer.message.id, False, "Kneeland")
    await site.conversations.speak(website, person("Ada Umbra"), "I'll ring you.")
    who = Who("GB.1", "447700900123", "Philippa Quill")
    come = Incoming("k", who, site.gate.now(), {"raw": "Waiting words"}, True)
    [contact] = (await kept.take([come], [])).wrote
    whatsapp = await kept.converse(contact)
    await kept.allow_carry(website, code_key(SECRET, CODE))
    return Pat(website, whatsapp, contact, answer.message.id)


@pytest.fixture
async def boss(client: TestClient, site: ClinicSite) -> Browser:
    await add(site.gate, "boss", "manager")
    return await signed_in(client, "boss")


async def look(browser: Browser, kind: str, what: str) -> str:
    answer = await browser.fill(PATIENTS, f"{PATIENTS}/find", kind=kind, what=what)
    assert answer.status == 200, await answer.text()
    return await answer.text()


async def test_a_patient_is_found_by_whatever_they_can_name(boss: Browser, pat: Pat) -> None:
    token = sign(SECRET, "conversation", pat.website)
    booking = sign_ids(SECRET, "booking", pat.website, pat.message)
    reference = reference_of(pat.website)
    for kind, what, found in (
        ("number", "07700 900123", pat.whatsapp),
        ("number", "+44 7700 900 123", pat.whatsapp),
        ("reference", reference.lower().replace("-", " "), pat.website),
        ("reference", reference_of(pat.contact), pat.whatsapp),
        ("link", token, pat.website),
        ("link", f"https://clinic.test/book/{booking}", pat.website),
        ("link", f"https://wa.me/447700900142?text=Here%3A%20{CODE}", pat.website),
    ):
        page = await look(boss, kind, what)
        assert "1 record found" in page, kind
        assert reference_of(found) in page, kind
        assert "Deleted by itself" in page
        assert not re.search("Zanzibar|Quill|Umbra|Waiting words", page), "no content"
    page = await look(boss, "number", "01632 960999")
    assert "Nobody found" in page


@pytest.mark.parametrize(
    ("kind", "what", "words"),
    [
        ("number", "twelve", "That is not a telephone number. Write it like"),
        ("number", "", "Type a telephone number, a reference, or a link."),
        ("reference", "07700 900123", "That is not a reference. It has eight letters and digits"),
        ("link", "https://clinic.test/book/AAAA", "That is none of our links."),
        ("link", "é.é", "That is none of our links."),
    ],
)
async def test_what_cannot_be_looked_for_is_told_plainly(
    boss: Browser, kind: str, what: str, words: str
) -> None:
    answer = await boss.fill(PATIENTS, f"{PATIENTS}/find", kind=kind, what=what)
    page = await answer.text()
    assert answer.status == 422
    assert words in page
    assert 'href="#what"' in page


async def test_nothing_that_was_looked_for_is_logged_or_audited(
    boss: Browser, site: ClinicSite, pat: Pat, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    token = sign(SECRET, "conversation", pat.website)
    for kind, what in (("number", "07700 900123"), ("number", "01632 960999"), ("link", token)):
        await look(boss, kind, what)
    entries = [one.entry for one in await site.gate.store.audited(None, 3)]
    assert [(one.action, one.about) for one in reversed(entries)] == [
        ("patient.found", pat.whatsapp),
        ("patient.searched", None),
        ("patient.found", pat.website),
    ]
    told = caplog.text + str(entries)
    assert not re.search(f"7700|900123|960999|{re.escape(token)}", told)


async def test_all_is_handed_over_as_a_file_and_as_a_page(
    boss: Browser, site: ClinicSite, pat: Pat
) -> None:
    await press(site.store, pat.website, pat.message)
    form = {"record": pat.website}
    answer = await boss.fill(PATIENTS, f"{PATIENTS}/export-file", **form)
    assert answer.headers["Cache-Control"] == "no-store"
    reference = reference_of(pat.website)
    assert (
        answer.headers["Content-Disposition"] == f'attachment; filename="patient-{reference}.json"'
    )
    data = json.loads(await answer.text())
    assert (data["format"], data["version"]) == ("candor-patient-data", 1)
    assert data["reference"] == reference
    [talk] = data["conversations"]
    said, answered, spoken = talk["messages"]
    assert (said["author"], said["text"]) == ("patient", "Zanzibar: is it permanent?")
    assert answered["feedback"]["reason"] == "Kneeland"
    assert answered["extras"]["citations"]
    assert spoken["name"] == "Ada Umbra"
    assert {"turns", "booking_clicks", "whatsapp_carries"} <= data["also_kept"].keys()
    assert data["looked_at"][-1]["who"] == "boss"
    page = await (await boss.fill(PATIENTS, f"{PATIENTS}/export", **form)).text()
    for words in ("Zanzibar: is it permanent?", "Kneeland", "Ada Umbra", reference, "boss"):
        assert words in page, words
    entry = (await site.gate.store.audited(None, 1))[0].entry
    assert (entry.action, entry.about) == ("patient.exported", pat.website)
    whatsapp = await boss.fill(PATIENTS, f"{PATIENTS}/export-file", record=pat.whatsapp)
    kept = json.loads(await whatsapp.text())["also_kept"]
    assert kept["whatsapp_contacts"][0]["phone"] == "447700900123"
    assert kept["whatsapp_updates"][0]["content"] == {"raw": "Waiting words"}


async def test_erasing_asks_for_the_reference_and_gives_a_receipt(
    boss: Browser, site: ClinicSite, pat: Pat
) -> None:
    form = {"record": pat.whatsapp}
    reference = reference_of(pat.whatsapp)
    asked = await (await boss.fill(PATIENTS, f"{PATIENTS}/erase", **form)).text()
    assert "WhatsApp contact, with name and number" in asked
    for typed in ("", "yes", reference_of(pat.website)):
        answer = await boss.fill(PATIENTS, f"{PATIENTS}/erase-now", reference=typed, **form)
        assert answer.status == 422
        assert f"Type {reference} to confirm." in await answer.text()
    typed = reference.lower()
    done = await boss.fill(PATIENTS, f"{PATIENTS}/erase-now", reference=typed, **form)
    receipt = await done.text()
    assert done.status == 200
    for words in ("Receipt of erasure", reference, "Backups", "The audit", "Daily counts"):
        assert words in receipt, words
    assert "Nobody found" in await look(boss, "number", "07700 900123")
    assert "1 record found" in await look(boss, "reference", reference_of(pat.website))
    again = await boss.fill(PATIENTS, f"{PATIENTS}/erase-now", reference=typed, **form)
    assert again.status == 422
    assert "Nothing is kept under that any more" in await again.text()
    # Whoever writes from that number again begins anew.
    kept = WhatsAppStore(site.store.database)
    come = Incoming("again", Who("GB.1", "447700900123"), site.gate.now(), {"raw": "x"}, True)
    [contact] = (await kept.take([come], [])).wrote
    assert contact != pat.contact
    assert "1 record found" in await look(boss, "number", "07700 900123")


async def test_the_front_desk_finds_and_a_manager_does_the_rest(
    client: TestClient, site: ClinicSite, pat: Pat
) -> None:
    await add(site.gate, "anna")
    anna = await signed_in(client, "anna")
    page = await look(anna, "reference", reference_of(pat.website))
    assert "1 record found" in page
    assert pat.website not in page, "no id is handed to those who may not use it"
    for what in ("export", "export-file", "erase", "erase-now"):
        form = {"record": pat.website, "reference": reference_of(pat.website)}
        answer = await anna.send(f"{PATIENTS}/{what}", csrf=csrf_of(site, anna), **form)
        assert answer.status == 403
        stranger = await Browser(client).send(f"{PATIENTS}/{what}", **form)
        assert stranger.status == 303
    assert len(await site.conversations.transcript(pat.website)) == 3


def test_numbers_are_known_as_whatsapp_writes_them() -> None:
    assert number_forms("+447700900123") == ("+447700900123", "447700900123")
    assert "5215512345678" in number_forms("+525512345678")
    assert "551112345678" in number_forms("+5511912345678")
