"""Whoever was erased stays erased when a backup is restored that still has them."""

import logging
import shutil
from functools import partial
from pathlib import Path

import pytest

from bot.runtime.erasing import erase_again
from bot.store import SqlStore, open_store
from bot.store.erasures import mark
from bot.store.rights import Ledger
from bot.store.whatsapp import WhatsAppStore
from tests.databases import said, url_of
from tests.store.whatsapp_kept import incoming


async def _fill(store: SqlStore) -> tuple[str, str]:
    gone, stays = await store.start("widget"), await store.start("widget")
    for one in (gone, stays):
        await store.keep(one, said("Zanzibar"))
    return gone, stays


async def _restored(tmp_path: Path) -> tuple[str, str]:
    """Back a database up, erase somebody, and restore the backup."""
    store = await open_store(url_of(tmp_path))
    gone, stays = await _fill(store)
    await store.database.scrub()
    shutil.copy(tmp_path / "candor.db", tmp_path / "backup.db")
    await store.forget(gone)
    await Ledger(store.database).note()
    await store.close()
    shutil.copy(tmp_path / "backup.db", tmp_path / "candor.db")
    return gone, stays


async def test_a_restored_backup_is_erased_again_at_the_start(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone, stays = await _restored(tmp_path)
    store = await open_store(url_of(tmp_path))
    assert len(await store.entries(gone)) == 1, "the backup had it"
    await erase_again(store.database)
    assert "erased again after a backup was restored: 1" in caplog.text
    assert await store.reopen() == [stays]
    # Whoever comes back under the id that they had is somebody new.
    await store.start("widget", gone)
    assert await Ledger(store.database).erase_again() == 0
    assert (await store.conversation(gone)).id == gone
    await store.close()


async def test_the_file_is_only_ever_added_to(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    gone, _ = await _restored(tmp_path)
    file = tmp_path / "candor.db.erasures"
    assert gone not in file.read_text(), "an id isn't kept"
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text(file.read_text() + "2026-01-01T00:00:00+00:00 cut o")
    store = await open_store(url_of(tmp_path))
    with caplog.at_level(logging.ERROR):
        assert await Ledger(store.database).erase_again() == 1
    assert "line 2 can't be read" in caplog.text
    [another] = await store.reopen()
    await store.forget(another)
    for _ in range(2):
        await Ledger(store.database).note()
    assert len(file.read_text().splitlines()) == 3
    await store.close()


async def test_a_file_that_cannot_be_used_stops_nothing(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "candor.db.erasures").mkdir()
    store = await open_store(url_of(tmp_path))
    await erase_again(store.database)
    assert "`candor erased apply`: IsADirectoryError" in caplog.text
    await store.close()


async def test_people_of_whatsapp_are_erased_again_with_what_waits(
    tmp_path: Path,
) -> None:
    store = await open_store(url_of(tmp_path))
    kept = WhatsAppStore(store.database)
    [contact] = (await kept.take([incoming("k")], [])).wrote
    await store.database.write(partial(mark, ids=[contact]))
    assert await Ledger(store.database).erase_again() == 1
    assert await kept.contact(contact) is None
    assert await kept.left() == []
    await store.close()
