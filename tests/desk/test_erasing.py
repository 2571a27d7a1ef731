"""Whoever is erased is gone from every file, and stays gone whatever happens at that moment."""

import asyncio
import logging
from pathlib import Path

import pytest

from bot.conversation import UnknownConversation
from bot.conversation.references import reference_of
from bot.conversation.retention import KeepDays
from bot.desk.rights import rights
from bot.desk.rights.rights import Rights
from bot.store.rights import Ledger
from bot.store.whatsapp import WhatsAppStore
from tests.store.marked_people import in_files, marked_person
from tests.web.clinic_site import ClinicSite


def rights_of(site: ClinicSite) -> Rights:
    return Rights(
        site.store.database,
        site.settings.secret,
        "GB",
        KeepDays(30),
        conversations=site.conversations,
    )


async def test_no_word_of_an_erased_person_is_left_in_any_file(
    site: ClinicSite, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    ids, words = await marked_person(site.store.database, "Zanzibar")
    _, others = await marked_person(site.store.database, "Kneeland")
    assert len(words) > 20
    assert in_files(tmp_path, words + others) == words + others
    assert (tmp_path / "candor.db-wal").stat().st_size > 0
    ours = rights_of(site)
    receipt = await rights.erase_all(ours, None, ids["conversations"])
    assert receipt is not None
    assert receipt.erased.found.record.ids == tuple(ids.values())
    assert all(count >= 1 for count in receipt.erased.found.counts.values())
    assert in_files(tmp_path, words) == []
    assert in_files(tmp_path, others) == others
    assert "Zanzibar" not in caplog.text
    assert await rights.known(ours, ids["conversations"]) is None
    assert await rights.known(ours, ids["whatsapp_contacts"]) is None
    assert await rights.erase_all(ours, None, ids["conversations"]) is None


async def test_what_is_being_answered_brings_nothing_back(site: ClinicSite, tmp_path: Path) -> None:
    conversation = await site.conversations.start("widget")
    turn = await site.conversations.receive(conversation, "slow Zanzibar")
    follower = asyncio.create_task(_last(site, conversation))
    waiting = asyncio.create_task(site.conversations.finished(turn, 5))
    await asyncio.sleep(0.05)
    await rights.erase_all(rights_of(site), None, conversation)
    for left in (follower, waiting):
        with pytest.raises(UnknownConversation):
            await asyncio.wait_for(left, 2)
    site.assistant.pause.set()
    await asyncio.sleep(0.1)
    assert in_files(tmp_path, ["Zanzibar"]) == []
    with pytest.raises(UnknownConversation):
        await site.conversations.receive(conversation, "Zanzibar")


async def _last(site: ClinicSite, conversation: str) -> None:
    async for _ in site.conversations.follow(conversation, 0):
        pass


async def test_the_audit_and_the_ledger_know_of_it_and_no_more(
    site: ClinicSite, tmp_path: Path
) -> None:
    kept = WhatsAppStore(site.store.database)
    ids, _ = await marked_person(site.store.database, "Zanzibar")
    receipt = await rights.erase_all(rights_of(site), None, ids["whatsapp_contacts"])
    assert receipt is not None
    assert receipt.noted
    [entry] = [one.entry for one in await site.gate.store.audited(None, 9)]
    assert (entry.action, entry.login) == ("patient.erased", "(command line)")
    assert (entry.about, entry.detail) == (ids["conversations"], "1 conversation")
    assert reference_of(ids["conversations"]) == reference_of(receipt.erased.found.record.id)
    assert len((tmp_path / "candor.db.erasures").read_text().splitlines()) == 2
    assert await Ledger(site.store.database).erase_again() == 0
    assert await kept.left() == []


async def test_what_cannot_be_noted_is_told(site: ClinicSite, tmp_path: Path) -> None:
    (tmp_path / "candor.db.erasures").mkdir()
    conversation = await site.conversations.start("widget")
    receipt = await rights.erase_all(rights_of(site), None, conversation)
    assert receipt is not None
    assert not receipt.noted
