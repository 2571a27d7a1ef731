"""A session lasts as long as it is used, and never longer than a working day."""

import asyncio
import tempfile
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.desk import own_account, sessions
from bot.desk.gate import ABSOLUTE, IDLE, SEEN_EVERY, Gate
from bot.desk.keys import digest_of
from bot.store.database import open_database
from bot.store.desk import DeskStore
from tests.databases import url_of
from tests.desk.conftest import Clock
from tests.desk.desk_client import add
from tests.web.clinic_site import quick_passwords


@pytest.mark.slow
@given(st.lists(st.integers(1, 35 * 60), min_size=1, max_size=40))
@settings(deadline=None, max_examples=25)
def test_it_ends_after_half_an_hour_unused_and_twelve_hours_at_most(pauses: list[int]) -> None:
    async def live(folder: str) -> None:
        clock = Clock()
        database = await open_database(url_of(Path(folder)))
        gate = Gate(DeskStore(database), quick_passwords(), "s" * 40, clock)
        secret = await sessions.begin(gate, await add(gate, "anna"))
        begun = used = clock()
        for pause in pauses:
            clock.pass_by(seconds=pause)
            is_in = await sessions.find(gate, secret) is not None
            idle, age = clock() - used, clock() - begun
            if idle >= IDLE or age >= ABSOLUTE:
                assert not is_in
                break
            # What was used within the last half minute may not be noted.
            assert is_in or idle >= IDLE - SEEN_EVERY
            if not is_in:
                break
            used = clock()
        await database.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(live(folder))


async def test_what_a_page_asks_for_by_itself_keeps_no_session_alive(
    gate: Gate, clock: Clock
) -> None:
    secret = await sessions.begin(gate, await add(gate, "anna"))
    for _ in range(29):
        clock.pass_by(minutes=1)
        assert await sessions.find(gate, secret, quiet=True)
    clock.pass_by(minutes=1)
    assert await sessions.find(gate, secret) is None


async def test_the_database_holds_no_secret_of_a_session(gate: Gate, tmp_path: Path) -> None:
    secret = await sessions.begin(gate, await add(gate, "anna"))
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())  # noqa: ASYNC240
    assert digest_of(secret).encode() in files
    assert secret.encode() not in files


async def test_a_changed_password_ends_the_others_and_renews_this_one(gate: Gate) -> None:
    anna = await add(gate, "anna")
    other, own = [await sessions.begin(gate, anna) for _ in range(2)]
    signed = await sessions.find(gate, own)
    assert signed is not None
    new = await own_account.change_password(gate, signed, "another row of words")
    assert [await sessions.find(gate, one) for one in (other, own)] == [None, None]
    found = await sessions.find(gate, new)
    assert found is not None
    # No more time than it had.
    assert found.session.expires_at == signed.session.expires_at
    assert found.csrf != signed.csrf


async def test_a_secret_is_bound_to_its_key(gate: Gate) -> None:
    secret = await sessions.begin(gate, await add(gate, "anna"))
    found = await sessions.find(gate, secret)
    elsewhere = await sessions.find(replace(gate, secret="t" * 40), secret)
    assert found is not None
    assert elsewhere is not None
    assert found.csrf != elsewhere.csrf
    for wrong in (None, "", secret[:-1], digest_of(secret), secret.swapcase()):
        assert await sessions.find(gate, wrong) is None


async def test_all_or_one_of_the_sessions_can_be_ended(gate: Gate) -> None:
    anna, ben = await add(gate, "anna"), await add(gate, "ben")
    first, second, third = [await sessions.begin(gate, anna) for _ in range(3)]
    foreign = await sessions.begin(gate, ben)
    signed = await sessions.find(gate, first)
    assert signed is not None
    assert len(await sessions.own(gate, signed)) == 3
    assert await sessions.end_other(gate, signed, digest_of(second))
    # Nobody ends the session of somebody else.
    assert not await sessions.end_other(gate, signed, digest_of(foreign))
    assert await sessions.find(gate, foreign)
    await sessions.sign_out_everywhere(gate, signed)
    assert await sessions.find(gate, first) is None
    assert await sessions.find(gate, third) is None
