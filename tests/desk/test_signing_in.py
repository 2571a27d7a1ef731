"""Who is let in, who isn't, and that nobody learns from it which logins there are."""

from dataclasses import replace
from unittest.mock import patch

import pyotp
import pytest
from argon2 import PasswordHasher

from bot.desk import own_account, sessions, staffing
from bot.desk.gate import Gate
from bot.desk.passwords import Passwords
from bot.desk.sessions import Signed
from bot.desk.signing_in import Entered, Refusal, confirm, give_code, sign_in
from bot.store.desk import Staff
from tests.desk.conftest import Clock
from tests.desk.desk_client import PASSWORD, add

HOME = "192.0.2.1"


async def enter(gate: Gate, login: str, password: str = PASSWORD, at: str = HOME) -> Entered:
    entered = await sign_in(gate, login, password, at, None)
    assert isinstance(entered, Entered), entered
    return entered


async def signed(gate: Gate, login: str) -> Signed:
    found = await sessions.find(gate, (await enter(gate, login)).secret)
    assert found is not None
    return found


async def with_second_factor(gate: Gate, clock: Clock, login: str) -> pyotp.TOTP:
    await own_account.offer_second_factor(gate, await signed(gate, login))
    found = await signed_again(gate, login)
    totp = pyotp.TOTP(found.session.new_totp or "")
    await own_account.prove_second_factor(gate, found, totp.at(clock()))
    clock.pass_by(seconds=30)
    return totp


async def signed_again(gate: Gate, login: str) -> Signed:
    person = await staffing.find(gate, login)
    now = gate.now()
    for session in await gate.store.sessions(person.id, now, now.replace(year=2000)):
        found = await gate.store.session(session.key)
        if found and found[0].new_totp:
            return Signed(*found, "")
    raise AssertionError("no second factor was offered")


async def actions(gate: Gate) -> list[tuple[str, str, str | None]]:
    found = [one.entry for one in await gate.store.audited(None, 99)]
    return [(one.login, one.action, one.detail) for one in reversed(found)]


@pytest.mark.parametrize("typed", ["anna", "Anna", "  ANNA "])
async def test_the_right_password_lets_in(gate: Gate, typed: str) -> None:
    await add(gate, "anna")
    entered = await enter(gate, typed)
    assert entered.staff.login == "anna"
    assert not entered.waits_for_code
    assert len(entered.secret) >= 43
    assert ("anna", "sign_in", None) in await actions(gate)


@pytest.mark.parametrize("who", ["anna", "nobody", "locked"])
async def test_every_refusal_looks_and_lasts_the_same(gate: Gate, clock: Clock, who: str) -> None:
    await add(gate, "anna")
    await staffing.lock(gate, None, await add(gate, "locked"))
    told, counts = [], []
    for number in range(12):
        with patch.object(
            Passwords, "_verify", autospec=True, side_effect=Passwords._verify
        ) as one:
            password = PASSWORD if who == "locked" else "wrong"
            told.append(await sign_in(gate, who, password, f"192.0.2.{number}", None))
        counts.append(one.call_count)
    until = clock().replace(minute=15)
    tries = [Refusal("wrong", left, None) for left in (4, 3, 2, 1)]
    assert told == [*tries, Refusal("wrong", 0, until), *[Refusal("locked", 0, until)] * 7]
    # A lock is told without a look at the password, whether there is such a login or not.
    assert counts == [1] * 5 + [0] * 7


async def test_a_lock_ends_by_itself_and_by_a_manager(gate: Gate, clock: Clock) -> None:
    anna = await add(gate, "anna")
    for _ in range(5):
        await sign_in(gate, "anna", "wrong", HOME, None)
    assert isinstance(await sign_in(gate, "anna", PASSWORD, HOME, None), Refusal)
    clock.pass_by(minutes=15)
    at_work = await enter(gate, "anna")
    for _ in range(5):
        await sign_in(gate, "anna", "wrong", HOME, None)
    await staffing.unlock(gate, None, anna)
    await enter(gate, "anna")
    # Whoever guesses at a login doesn't put its owner out, nor does whoever helps.
    assert await sessions.find(gate, at_work.secret)


async def test_one_success_does_not_clear_an_address_for_other_logins(gate: Gate) -> None:
    await add(gate, "anna")
    told = []
    for number in range(25):
        told.append(await sign_in(gate, f"guess{number}", "wrong", HOME, None))
        if number % 4 == 0:
            told.append(await sign_in(gate, "anna", PASSWORD, HOME, None))
    wrong = [one for one in told if isinstance(one, Refusal) and one.why == "wrong"]
    assert len(wrong) == 20


async def test_the_code_is_asked_for_and_works_once(gate: Gate, clock: Clock) -> None:
    await add(gate, "anna")
    totp = await with_second_factor(gate, clock, "anna")
    for good in (True, False):
        entered = await enter(gate, "anna")
        assert entered.waits_for_code
        half = await sessions.find(gate, entered.secret)
        assert half is not None
        given = await give_code(gate, half, totp.at(clock()), HOME)
        assert isinstance(given, Entered) is good
        # The secret of half-way opens nothing once the code was right.
        assert (await sessions.find(gate, entered.secret) is None) is good


async def test_a_known_password_gives_no_endless_guesses_at_the_code(
    gate: Gate, clock: Clock
) -> None:
    await add(gate, "anna")
    await with_second_factor(gate, clock, "anna")
    guesses = 0
    for _ in range(30):
        entered = await sign_in(gate, "anna", PASSWORD, HOME, None)
        if isinstance(entered, Refusal):
            break
        half = await sessions.find(gate, entered.secret)
        assert half is not None
        await give_code(gate, half, "000000", HOME)
        guesses += 1
    assert guesses == 5


async def test_half_way_is_over_after_five_minutes(gate: Gate, clock: Clock) -> None:
    await add(gate, "anna")
    await with_second_factor(gate, clock, "anna")
    entered = await enter(gate, "anna")
    clock.pass_by(minutes=5)
    assert await sessions.find(gate, entered.secret) is None


async def test_guesses_for_a_change_count_as_well(gate: Gate) -> None:
    anna = await add(gate, "anna")
    assert await confirm(gate, anna, PASSWORD, HOME) is None
    for _ in range(5):
        assert await confirm(gate, anna, "wrong", HOME) is not None
    assert await confirm(gate, anna, PASSWORD, HOME) is not None


async def test_an_old_digest_is_renewed_at_the_next_sign_in(gate: Gate) -> None:
    await add(gate, "anna")
    newer = Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1))
    await enter(replace(gate, passwords=newer), "anna")
    assert not newer.is_old((await staffing.find(gate, "anna")).password)
    await enter(replace(gate, passwords=newer), "anna")


async def test_the_audit_knows_no_login_that_does_not_exist(gate: Gate) -> None:
    await add(gate, "anna")
    await sign_in(gate, "my secret password", "anna", HOME, None)
    await sign_in(gate, "anna", "wrong", HOME, None)
    *_, unknown, known = await actions(gate)
    assert unknown[0].startswith("unknown ")
    assert "secret" not in str(unknown)
    assert known == ("anna", "sign_in.failed", "password")


@pytest.mark.parametrize("change", ["lock", "reset", "role", "second factor"])
async def test_whoever_is_changed_is_out_at_once(gate: Gate, change: str) -> None:
    await add(gate, "boss", "manager")
    anna = await add(gate, "anna")
    secrets = [(await enter(gate, "anna")).secret for _ in range(2)]

    async def changed(person: Staff) -> None:
        if change == "lock":
            await staffing.lock(gate, None, person)
        elif change == "reset":
            await staffing.reset(gate, None, person)
        elif change == "role":
            await staffing.give_role(gate, None, person, "manager")
        else:
            await staffing.drop_second_factor(gate, None, person)

    await changed(anna)
    assert [await sessions.find(gate, secret) for secret in secrets] == [None, None]
