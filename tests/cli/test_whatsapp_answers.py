"""`candor whatsapp check`: whatever Meta answers, a line says how it is and what to do."""

from typing import Any

import pytest

from tests.cli.conftest import Check, states
from tests.cli.small_graph import CALLBACK, GOOD_TEMPLATE, Meta


@pytest.mark.parametrize(
    ("code", "says"),
    [
        (190, "the token is wrong, expired or withdrawn (code 190); under Business settings"),
        (0, "the token is wrong"),
        (10, "lacks a permission (code 10); under Business settings > System users give"),
        (200, "lacks a permission (code 200)"),
        (299, "lacks a permission (code 299)"),
        (3, "lacks a permission"),
        (100, "compare CANDOR_WHATSAPP_NUMBER_ID with the phone number ID"),
        (33, "compare CANDOR_WHATSAPP_NUMBER_ID"),
        (4, "try again in an hour"),
        (80007, "try again in an hour"),
        (368, "restricted or locked"),
        (131031, "restricted or locked"),
        (2500, "CANDOR_WHATSAPP_GRAPH_VERSION"),
        (131000, "Meta has trouble of its own"),
        (424242, "Meta refuses with code 424242"),
        ((502, "<html>Bad gateway"), "Meta can't be asked (HTTP 502, and not in Graph's words)"),
        ((302, ""), "Meta can't be asked (HTTP 302"),
        ("[]", "CANDOR_WHATSAPP_GRAPH_URL is right"),
        ('{"error": {"code": "190"}', "Meta can't be asked"),
    ],
)
def test_a_refusal_is_explained_and_nothing_else_is_asked(
    check: Check, meta: Meta, code: object, says: str
) -> None:
    meta.failing["number"] = code
    done, lines = check(meta.url)
    assert done == 1
    (line,) = states(lines, "wrong")
    assert line.startswith("wrong  number: ")
    assert says in line
    assert len(meta.asked) == 1


def test_nobody_at_the_address_is_told(check: Check, unused_tcp_port: int) -> None:
    code, lines = check(f"http://127.0.0.1:{unused_tcp_port}")
    assert code == 1
    assert "number: Meta can't be asked (ClientConnectorError); " in states(lines, "wrong")[0]


@pytest.mark.parametrize(
    ("changes", "state", "says"),
    [
        ({"status": "PENDING"}, "wrong", "number: is PENDING, so it neither sends nor gets"),
        ({"status": "BANNED"}, "wrong", "number: is BANNED"),
        ({"status": "FLAGGED"}, "note", "number: its quality is low"),
        ({"quality_rating": "RED"}, "note", "number: its quality is low"),
        ({"code_verification_status": "NOT_VERIFIED"}, "wrong", "number: is not verified"),
        ({"name_status": "DECLINED"}, "wrong", "its display name is DECLINED"),
        ({"display_phone_number": "+44 7700 900143"}, "wrong", "clinic.yml: whatsapp is another"),
    ],
)
def test_the_state_of_the_number_is_told(
    check: Check, meta: Meta, changes: dict[str, str], state: str, says: str
) -> None:
    meta.number |= changes
    code, lines = check(meta.url)
    assert code == (1 if state == "wrong" else 0)
    assert len(states(lines, "wrong")) == code
    assert [line for line in states(lines, state) if says in line]


@pytest.mark.parametrize("quiet", [{"code_verification_status": "EXPIRED"}, {"status": None}])
def test_what_does_no_harm_is_not_complained_of(
    check: Check, meta: Meta, quiet: dict[str, str | None]
) -> None:
    meta.number |= quiet
    assert check(meta.url)[0] == 0


def test_an_app_secret_of_another_app_is_found(check: Check, meta: Meta) -> None:
    meta.secret = "another"
    code, lines = check(meta.url)
    assert code == 1
    assert "app secret: is not the one of the token's app" in states(lines, "wrong")[0]


@pytest.mark.parametrize(
    ("callbacks", "says"),
    [
        ({}, f"webhook: Meta has no address yet; enter {CALLBACK}"),
        (None, "webhook: Meta has no address yet"),
        ({"application": "https://old.example/w"}, "webhook: Meta delivers to https://old.example"),
        (
            {"application": CALLBACK, "phone_number": "https://other.example/w"},
            "Meta delivers to https://other.example/w; it should be",
        ),
    ],
)
def test_where_meta_delivers_is_compared(
    check: Check, meta: Meta, callbacks: dict[str, str] | None, says: str
) -> None:
    meta.callbacks = callbacks
    code, lines = check(meta.url)
    assert code == 1
    assert says in states(lines, "wrong")[0]


@pytest.mark.parametrize(("what", "label"), [("proof", "app secret"), ("callback", "webhook")])
def test_what_meta_does_not_tell_is_no_mistake(
    check: Check, meta: Meta, what: str, label: str
) -> None:
    meta.failing[what] = 2
    code, lines = check(meta.url)
    assert code == 0
    assert [line for line in states(lines, "note") if f"{label}: Meta doesn't tell" in line]


def test_an_account_without_an_app_gets_nothing(check: Check, meta: Meta) -> None:
    meta.apps = []
    code, lines = check(meta.url)
    assert code == 1
    assert "account: no app is subscribed" in states(lines, "wrong")[0]


@pytest.mark.parametrize("what", ["apps", "template"])
def test_an_account_that_is_refused_is_explained(check: Check, meta: Meta, what: str) -> None:
    meta.failing[what] = 100
    code, lines = check(meta.url)
    assert code == 1
    assert "account: " in states(lines, "wrong")[0]
    assert "compare CANDOR_WHATSAPP_ACCOUNT_ID" in states(lines, "wrong")[0]


BLANK = [{"type": "BODY", "text": "Dear {{1}}"}]


@pytest.mark.parametrize(
    ("changes", "state", "says"),
    [
        ({"name": "answer_ready_2"}, "wrong", "has none of this name in this language"),
        ({"language": "en_US"}, "wrong", "has none of this name in this language"),
        ({"status": "PENDING"}, "wrong", "is PENDING; Meta is looking at it"),
        ({"status": "REJECTED"}, "wrong", "was rejected"),
        ({"status": "PAUSED"}, "wrong", "is PAUSED, because people block or report it"),
        ({"status": "DISABLED"}, "wrong", "is DISABLED"),
        ({"status": "ARCHIVED"}, "wrong", "is ARCHIVED, so it can't be sent"),
        ({"status": None}, "wrong", "is of unknown state"),
        ({"category": "MARKETING"}, "note", "is of category MARKETING"),
        ({"components": BLANK}, "wrong", "has blanks to fill in"),
        ({"components": BLANK}, "note", "has no quick-reply button"),
        ({"components": "none"}, "note", "has no quick-reply button"),
    ],
)
def test_the_state_of_the_template_is_told(
    check: Check, meta: Meta, changes: dict[str, Any], state: str, says: str
) -> None:
    meta.templates = [GOOD_TEMPLATE | changes]
    code, lines = check(meta.url)
    assert code == bool(states(lines, "wrong"))
    assert [line for line in states(lines, state) if says in line]
