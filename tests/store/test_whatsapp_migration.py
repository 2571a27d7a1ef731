"""A database from before WhatsApp is brought up to date with all that is in it."""

import sqlite3
from pathlib import Path

import pytest

from bot.conversation import UnknownConversation
from bot.store import SqlStore, open_store
from bot.store.whatsapp import KEY, WhatsAppStore
from tests.databases import older, said
from tests.store.whatsapp_kept import met, of, turn

AT = "'2026-01-01 00:00:00.000000'"
BEFORE = f"""
INSERT INTO conversations (id, channel, holder, last_seq, started_at, changed_at, memory)
    VALUES ('c', 'widget', 'staff', 3, {AT}, {AT}, '{{"joint": "knee"}}');
INSERT INTO turns (id, conversation_id, seq, restarts, kept_at, finished_at, asked, note)
    VALUES ('t', 'c', 1, 0, {AT}, {AT}, NULL, NULL),
           ('u', 'c', 3, 2, {AT}, NULL, 'ask:it', 'Late.');
INSERT INTO messages (conversation_id, seq, turn_id, author, name, key, id, kind, text, extras, at)
    VALUES ('c', 1, 't', 'patient', NULL, 'k1', 'm1', 'patient', 'hello', '{{}}', {AT}),
           ('c', 2, 't', 'assistant', NULL, NULL, 'm2', 'smalltalk', 'Hi.', '{{}}', {AT}),
           ('c', 3, 'u', 'patient', NULL, 'k2', 'm3', 'patient', 'It?', '{{}}', {AT});
INSERT INTO feedback (conversation_id, message_id, helpful, reason, at)
    VALUES ('c', 'm2', 1, 'kind', {AT});
INSERT INTO booking_clicks (conversation_id, message_id, at) VALUES ('c', 'm2', {AT});
"""  # noqa: S608


async def _migrated(folder: Path) -> SqlStore:
    path = folder / "candor.db"
    older(path, "0004")
    with sqlite3.connect(path) as connection:
        connection.executescript(BEFORE)
    connection.close()
    return await open_store(f"sqlite:///{path}")


async def test_all_that_was_there_is_kept(tmp_path: Path) -> None:
    store = await _migrated(tmp_path)
    entries = await store.entries("c")
    assert [(one.key, one.message.text) for one in entries] == [
        ("k1", "hello"),
        (None, "Hi."),
        ("k2", "It?"),
    ]
    assert entries[1].feedback is not None
    assert (entries[1].feedback.helpful, entries[1].feedback.reason) == (True, "kind")
    waiting = await store.next_turn("c")
    assert waiting is not None
    assert (waiting.id, waiting.text, waiting.note, waiting.restarts) == ("u", "ask:it", "Late.", 2)
    assert waiting.memory == {"joint": "knee"}
    assert (await store.conversation("c")).holder == "waiting"
    assert await store.booking_clicks() == 1
    assert not (await store.keep("c", said("hello", "k1"))).new
    await store.close()


async def test_whoever_wrote_there_can_go_on_by_whatsapp(tmp_path: Path) -> None:
    store = await _migrated(tmp_path)
    kept = WhatsAppStore(store.database)
    assert await kept.conversations() == {}
    assert await kept.left() == []
    begun = await kept.converse((await met(kept)).id)
    await turn(store, begun, "Yes.", key=KEY)
    pat = await kept.contact_of(begun)
    assert pat is not None
    assert [one.message.text for one in await kept.unqueued(pat)] == ["Yes."]
    await store.forget("c")
    with pytest.raises(UnknownConversation):
        await store.conversation("c")
    assert (await of(kept, pat.id)).conversation_id == begun
    await store.close()
