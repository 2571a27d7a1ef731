"""Who writes on WhatsApp is known by the user id first, and kept apart when in doubt."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.store import SqlStore
from bot.store.whatsapp import WhatsAppStore, Who
from tests.store.whatsapp_kept import HELLO, NOW, incoming, met, of, rows, talking

OLD, NEW = "447700900001", "447700900002"


async def test_who_has_a_conversation_is_known_after_a_restart(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept)
    await met(kept, Who("GB.2", None))
    assert await WhatsAppStore(store.database).conversations() == {pat.conversation_id: pat.id}


@pytest.mark.parametrize(
    ("first", "then", "known_as"),
    [
        (Who("GB.1", OLD), Who("GB.1", OLD), ("GB.1", OLD)),
        (Who("GB.1", OLD), Who("GB.1", None), ("GB.1", OLD)),
        (Who("GB.1", OLD), Who(None, OLD), ("GB.1", OLD)),
        (Who("GB.1", OLD), Who("GB.1", NEW), ("GB.1", NEW)),
        (Who("GB.1", None), Who("GB.1", OLD), ("GB.1", OLD)),
        (Who(None, OLD), Who("GB.1", OLD), ("GB.1", OLD)),
    ],
)
async def test_the_same_person(
    kept: WhatsAppStore, first: Who, then: Who, known_as: tuple[str, str]
) -> None:
    before, after = await talking(kept, first), await met(kept, then)
    assert after.id == before.id
    assert after.conversation_id == before.conversation_id
    assert (after.user_id, after.phone) == known_as


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (Who("GB.1", None), Who("GB.2", None)),
        (Who("GB.1", None), Who(None, OLD)),
        (Who(None, OLD), Who(None, NEW)),
        (Who(None, OLD), Who("GB.2", None)),
    ],
)
async def test_another_person(kept: WhatsAppStore, first: Who, then: Who) -> None:
    before, after = await talking(kept, first), await met(kept, then)
    assert after.id != before.id
    assert await of(kept, before.id) == before


async def test_a_number_that_comes_with_another_user_id_is_somebody_elses_now(
    kept: WhatsAppStore,
) -> None:
    before = await talking(kept, Who("GB.1", OLD))
    after = await met(kept, Who("GB.2", OLD))
    assert (after.id != before.id, after.conversation_id) == (True, None)
    assert (after.user_id, after.phone) == ("GB.2", OLD)
    before = await of(kept, before.id)
    assert (before.user_id, before.phone) == ("GB.1", None)


async def test_a_number_that_goes_to_somebody_known_leaves_the_other(kept: WhatsAppStore) -> None:
    ada, ben = await talking(kept, Who("GB.1", OLD)), await talking(kept, Who("GB.2", NEW))
    assert (await met(kept, Who("GB.1", NEW))).id == ada.id
    assert (await of(kept, ada.id)).phone == NEW
    assert (await of(kept, ben.id)).phone is None


async def test_the_window_only_opens_further(kept: WhatsAppStore) -> None:
    pat = await met(kept, at=NOW)
    await kept.take([incoming("earlier", at=NOW - timedelta(hours=1))], [])
    assert (await of(kept, pat.id)).wrote_at == NOW
    await kept.take([incoming("a reaction", at=NOW + timedelta(hours=1), opens=False)], [])
    assert (await of(kept, pat.id)).wrote_at == NOW


async def test_a_window_found_closed_opens_with_the_next_message(kept: WhatsAppStore) -> None:
    pat = await met(kept, at=NOW)
    await kept.take([incoming("meanwhile", at=NOW + timedelta(minutes=1))], [])
    await kept.close_window(pat)
    pat = await of(kept, pat.id)
    assert pat.wrote_at == NOW + timedelta(minutes=1)
    await kept.close_window(pat)
    assert (await of(kept, pat.id)).wrote_at is None
    await kept.take([incoming("next", at=NOW)], [])
    assert (await of(kept, pat.id)).wrote_at == NOW


async def test_whoever_nothing_is_kept_of_is_forgotten(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat, ben = await talking(kept), await met(kept, Who("GB.2", None))
    await kept.forget_done()
    assert {one["id"] for one in rows(store, "SELECT id FROM whatsapp_contacts")} == {
        pat.id,
        ben.id,
    }
    await store.forget(str(pat.conversation_id))
    await kept.forget_done()
    assert await kept.contact(pat.id) is None
    assert await kept.contact(ben.id) is not None
    await kept.done([one.id for one in await kept.waiting(ben.id)], ben.id)
    assert await kept.contact(ben.id) is None


async def test_a_farewell_keeps_somebody_until_it_is_sent(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept)
    await kept.queue_aside(pat.id, "farewell", HELLO)
    await store.forget(str(pat.conversation_id))
    await kept.forget_done()
    [farewell] = await kept.open_deliveries(pat.id)
    await kept.settle(farewell, "accepted", graph_id="w1")
    await kept.forget_done()
    assert await kept.contact(pat.id) is None
    assert rows(store, "SELECT id FROM whatsapp_deliveries") == []


async def test_one_that_cannot_be_sent_keeps_nobody_for_ever(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept)
    await kept.queue_aside(pat.id, "farewell", HELLO)
    await store.forget(str(pat.conversation_id))
    [farewell] = await kept.open_deliveries(pat.id)
    await kept.settle(farewell, "held")
    await kept.forget_older(NOW)
    assert await kept.contact(pat.id) is not None
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with store.database.writer.begin() as connection:
        sql = "UPDATE whatsapp_deliveries SET made_at = ?"
        connection.exec_driver_sql(sql, (f"{yesterday:%F %T.%f}",))
    await kept.forget_older(NOW)
    assert await kept.contact(pat.id) is None


async def test_many_are_forgotten_in_several_steps(store: SqlStore, kept: WhatsAppStore) -> None:
    with store.database.writer.begin() as connection:
        people = [(f"p{number}",) for number in range(1100)]
        connection.exec_driver_sql("INSERT INTO whatsapp_contacts (id) VALUES (?)", people)
    await kept.forget_done()
    assert rows(store, "SELECT id FROM whatsapp_contacts") == []


async def test_reset_leaves_nothing_but_where_to_reach_somebody(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await met(kept)
    await kept.take([incoming("advert", referral={"headline": "Sore knee?"})], [])
    await kept.change(pat.id, introduced=True, stopped_at=NOW, reminded=True)
    await kept.reset(pat.id)
    [row] = rows(store, "SELECT * FROM whatsapp_contacts")
    assert row["name"] is None
    assert "knee" not in str(dict(row))
    pat = await of(kept, pat.id)
    assert (pat.user_id, pat.phone, pat.wrote_at) == ("GB.1", OLD, NOW)
    assert (pat.introduced, pat.stopped, pat.reminded) == (False, False, False)
