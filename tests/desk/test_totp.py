"""The second factor: codes of now and their neighbours, and a picture that the policy allows."""

from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import totp

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
NOW = datetime(2026, 3, 2, 9, 0, 10, tzinfo=UTC)


@pytest.mark.parametrize("steps", [-2, -1, 0, 1, 2])
def test_a_clock_may_be_half_a_minute_off(steps: int) -> None:
    code = pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=30 * steps))
    step = totp.step_of(SECRET, code, NOW)
    expected = int(NOW.timestamp()) // 30 + steps
    assert step == (expected if abs(steps) <= 1 else None)


def test_a_code_may_be_typed_with_a_blank() -> None:
    code = pyotp.TOTP(SECRET).at(NOW)
    assert totp.step_of(SECRET, f" {code[:3]} {code[3:]}\n", NOW) is not None


@given(st.text(max_size=12))
def test_what_is_no_code_fits_nothing(text: str) -> None:
    good = {pyotp.TOTP(SECRET).at(NOW + timedelta(seconds=30 * step)) for step in (-1, 0, 1)}
    typed = "".join(text.split())
    assert (totp.step_of(SECRET, text, NOW) is not None) == (typed in good)


def test_the_picture_has_nothing_that_the_policy_refuses() -> None:
    address = totp.address(SECRET, "anna", "Müller & <Sons>")
    svg = totp.qr_svg(address)
    assert svg.startswith("<svg")
    assert not any(word in svg for word in ("style", "script", "href", "http", "onload"))
    assert address.startswith("otpauth://totp/")
    assert "issuer=M%C3%BCller%20%26%20%3CSons%3E" in address
    assert len(totp.new_secret()) == 32
    assert totp.in_groups("ABCDEFGH") == "ABCD EFGH"
