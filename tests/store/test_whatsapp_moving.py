"""A person's conversation goes along to another number, whichever news of it comes first."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.store import SqlStore
from bot.store.whatsapp import Contact, NewDelivery, WhatsAppStore, Who
from tests.databases import said
from tests.store.whatsapp_kept import HELLO, NOW, PAT, met, of, talking, turn

OLD, NEW = "447700900001", "447700900002"


async def _move(kept: WhatsAppStore, pat: Contact, user_id: str | None, at: datetime) -> None:
    await kept.move(pat.id, NEW, user_id, at)


@pytest.mark.parametrize("told", [None, "GB.2"])
@pytest.mark.parametrize("who", [Who("GB.2", NEW), Who(None, NEW)])
async def test_a_new_number_keeps_the_conversation(
    kept: WhatsAppStore, told: str | None, who: Who
) -> None:
    pat = await talking(kept, Who("GB.1", OLD))
    await _move(kept, pat, told, NOW)
    after = await met(kept, who)
    assert (after.id, after.conversation_id) == (pat.id, pat.conversation_id)
    assert (after.user_id, after.phone) == (who.user_id or told, NEW)
    # Whoever has the number before is another person, as is the one with the user id before.
    assert (await met(kept, Who(None, OLD))).id != pat.id
    assert (await met(kept, Who("GB.1", None))).id != pat.id


@pytest.mark.parametrize("told", [None, "GB.2"])
@pytest.mark.parametrize("answered", [True, False])
async def test_so_it_does_when_the_first_message_from_there_comes_before_the_news(
    store: SqlStore, kept: WhatsAppStore, told: str | None, answered: bool
) -> None:
    pat = await talking(kept, Who("GB.1", OLD))
    changed = datetime.now(UTC)
    there = await met(kept, Who("GB.2", NEW), at=changed)
    if answered:
        there = await talking(kept, Who("GB.2", NEW))
        await turn(store, there.conversation_id, "Yes.")
        await kept.queue(there, [NewDelivery(HELLO, seq=2)], 2)
    waiting = [one.key for one in await kept.waiting(there.id)]
    assert bool(waiting) is not answered
    await _move(kept, pat, told, changed)
    after = await met(kept, Who("GB.2", NEW))
    assert (after.id, after.conversation_id) == (pat.id, pat.conversation_id)
    assert (after.user_id, after.phone) == ("GB.2", NEW)
    assert after.wrote_at == changed
    assert await kept.contact(there.id) is None
    # What came from there and what goes there is the contact's now.
    assert set(waiting) < {one.key for one in await kept.waiting(pat.id)}
    assert len(await kept.open_deliveries(pat.id)) == int(answered)


async def test_what_is_handed_over_is_not_emptied_by_whoever_worked_on_it_before(
    kept: WhatsAppStore,
) -> None:
    pat, changed = await talking(kept, Who("GB.1", OLD)), datetime.now(UTC)
    there = await met(kept, Who("GB.2", NEW), at=changed)
    [waiting] = await kept.waiting(there.id)
    await _move(kept, pat, None, changed)
    await kept.done([waiting.id], there.id)
    assert await kept.waiting(pat.id) == [waiting]
    await kept.done([waiting.id], pat.id)
    assert await kept.waiting(pat.id) == []


async def test_stop_goes_along_from_the_new_number(kept: WhatsAppStore) -> None:
    pat, changed = await talking(kept, Who("GB.1", OLD)), datetime.now(UTC)
    there = await talking(kept, Who("GB.2", NEW))
    await kept.change(there.id, stopped_at=NOW)
    await _move(kept, pat, None, changed)
    assert (await of(kept, pat.id)).stopped


async def test_who_had_the_number_long_before_stays_another_person(
    store: SqlStore, kept: WhatsAppStore
) -> None:
    pat = await talking(kept, Who("GB.1", OLD))
    before = await talking(kept, Who("GB.9", NEW))
    await _move(kept, pat, None, datetime.now(UTC) + timedelta(hours=1))
    assert (await of(kept, pat.id)).phone == NEW
    left = await of(kept, before.id)
    assert (left.user_id, left.phone) == ("GB.9", None)
    assert left.conversation_id == before.conversation_id


@pytest.mark.parametrize("asked", [True, False])
async def test_nobody_waits_in_vain_for_an_answer_that_is_under_way(
    store: SqlStore, kept: WhatsAppStore, asked: bool
) -> None:
    pat, changed = await talking(kept, Who("GB.1", OLD)), datetime.now(UTC)
    there = await talking(kept, Who("GB.2", NEW))
    if asked:
        await store.keep(str(there.conversation_id), said("hello"))
    else:
        await turn(store, there.conversation_id, "Not queued yet.")
    await _move(kept, pat, None, changed)
    assert (await of(kept, there.id)).conversation_id == there.conversation_id


async def test_a_new_user_id_alone_keeps_the_number(kept: WhatsAppStore) -> None:
    pat = await talking(kept, Who("GB.1", OLD))
    await kept.move(pat.id, None, "GB.2", NOW)
    pat = await of(kept, pat.id)
    assert (pat.user_id, pat.phone) == ("GB.2", OLD)


async def test_no_news_and_nobody_there_change_nothing(kept: WhatsAppStore) -> None:
    pat = await talking(kept)
    await kept.move(pat.id, None, None, NOW)
    await kept.move("nobody", PAT.phone, None, NOW)
    assert await of(kept, pat.id) == pat
