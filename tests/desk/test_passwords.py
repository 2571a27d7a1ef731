"""Passwords: kept as slow digests, the worst refused, old digests known."""

import asyncio

import pytest
from argon2 import PasswordHasher
from hypothesis import given
from hypothesis import strategies as st

from bot.desk.passwords import SHORTEST, Passwords, first_password, password_problem
from tests.web.clinic_site import quick_passwords


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "at least 12"),
        ("elevenchars", "at least 12"),
        ("x" * 300, "at most 256"),
        ("PassWord1234", "first that anybody"),
        ("aaaaaaaaaaaaaaaa", "first that anybody"),
        ("abababababab", "first that anybody"),
        ("23456789:;<=>", "first that anybody"),
        ("zyxwvutsrqponm", "first that anybody"),
        ("Anna Kerr 1987!", "more than your name"),
        ("annakerrannakerr", "more than your name"),
        ("a.kerr-a.kerr-2026", "more than your name"),
    ],
)
def test_what_anybody_would_guess_is_refused(password: str, words: str) -> None:
    assert words in (password_problem(password, "a.kerr", "Anna Kerr") or "")


@pytest.mark.parametrize(
    "password",
    ["quiet lamps under water", "kerr quiet lamps under", "Ünïcödé wörds here", "fj3-kd9-q0x-wz7"],
)
def test_what_is_long_and_odd_is_taken(password: str) -> None:
    assert password_problem(password, "a.kerr", "Anna Kerr") is None


def test_a_first_password_is_good_enough_and_never_the_same() -> None:
    made = {first_password() for _ in range(200)}
    assert len(made) == 200
    assert all(password_problem(one, "anna", "Anna") is None for one in made)


@given(st.text(max_size=40))
def test_only_the_password_fits(password: str) -> None:
    passwords = quick_passwords()

    async def check() -> None:
        digest = await passwords.digest(password)
        assert digest.startswith("$argon2id$")
        assert await passwords.fits(digest, password)
        assert not await passwords.fits(digest, password + "x")
        assert not await passwords.fits(None, password)

    asyncio.run(check())


async def test_the_same_password_from_another_keyboard_fits() -> None:
    passwords = quick_passwords()
    assert await passwords.fits(await passwords.digest("cafe\u0301 au lait"), "caf\u00e9 au lait")


async def test_nothing_beyond_the_longest_is_left_out() -> None:
    passwords = quick_passwords()
    digest = await passwords.digest("a" * 256)
    assert await passwords.fits(digest, "a" * 256)
    assert not await passwords.fits(digest, "a" * 257)
    assert not await passwords.fits("no digest at all", "a" * SHORTEST)


async def test_a_digest_of_other_parameters_is_old() -> None:
    digest = await quick_passwords().digest("quiet lamps")
    assert not quick_passwords().is_old(digest)
    assert Passwords(PasswordHasher(time_cost=2, memory_cost=8, parallelism=1)).is_old(digest)


def test_real_digests_are_costly() -> None:
    hasher = Passwords().hasher
    assert hasher.type.name == "ID"
    assert hasher.memory_cost >= 19 * 1024
    assert hasher.time_cost >= 2
