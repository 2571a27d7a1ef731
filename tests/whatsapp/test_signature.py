"""Only what Meta signed comes in."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.channels.whatsapp.signature import is_signed
from tests.whatsapp.deliveries import body_of, delivery, envelope, signature, text

SECRET = "s3cret-of-the-app"


def test_a_published_example_verifies() -> None:
    digest = "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    assert is_signed("Jefe", b"what do ya want for nothing?", f"sha256={digest}")


def test_the_bytes_on_the_wire_count_not_what_they_mean() -> None:
    meant = envelope(text("Ça gonfle à nouveau 🦵"))
    escaped, plain = body_of(meant), body_of(meant, escaped=False)
    assert b"\\ud83e" in escaped
    assert is_signed(SECRET, escaped, signature(SECRET, escaped))
    assert is_signed(SECRET, plain, signature(SECRET, plain))
    assert not is_signed(SECRET, plain, signature(SECRET, escaped))


@pytest.mark.parametrize(
    "change",
    [
        lambda header: None,
        lambda header: "",
        lambda header: "sha256=",
        lambda header: header.removeprefix("sha256="),
        lambda header: header.upper(),
        lambda header: header.replace("sha256", "sha1"),
        lambda header: header[:-1],
        lambda header: header + "0",
        lambda header: header + "\n",
        lambda header: f"{header},{header}",
        lambda header: header[:-1] + "é",
        lambda header: header[:-1] + "\udcff",
    ],
)
def test_an_odd_header_signs_nothing(change: Callable[[str], str | None]) -> None:
    body = delivery(text("Hello"))
    assert not is_signed(SECRET, body, change(signature(SECRET, body)))


@pytest.mark.parametrize("secret", ["", " ", "\t\n"])
def test_nothing_is_signed_under_a_blank_secret(secret: str) -> None:
    assert not is_signed(secret, b"{}", signature(secret, b"{}"))


def test_another_secret_signs_nothing() -> None:
    assert not is_signed(SECRET, b"{}", signature(SECRET + "x", b"{}"))


@given(st.text(min_size=1).filter(str.strip), st.binary())
def test_whatever_was_signed_verifies(secret: str, body: bytes) -> None:
    assert is_signed(secret, body, signature(secret, body))


@given(st.data())
def test_one_flipped_bit_is_noticed(data: st.DataObject) -> None:
    body = delivery(text("Is swelling normal?"))
    header = signature(SECRET, body)
    place = data.draw(st.integers(0, 8 * (len(body) + len(header)) - 1))
    both = bytearray(body + header.encode())
    both[place // 8] ^= 1 << place % 8
    changed, sign = bytes(both[: len(body)]), both[len(body) :].decode("latin-1")
    assert not is_signed(SECRET, changed, sign)


ODD = st.text(st.characters(codec=None))


@example("\ud800", b"{}", "sha256=\ud800")
@given(ODD, st.binary(), st.none() | ODD)
def test_no_header_and_no_secret_raise(secret: str, body: bytes, header: str | None) -> None:
    assert not is_signed(secret, body, header)
