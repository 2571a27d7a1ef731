"""`candor whatsapp check`: what is set, missing or wrong here, and what to enter at Meta."""

import pytest

from bot.cli import main
from tests.cli.conftest import Check, states
from tests.cli.small_graph import ACCOUNT, CALLBACK, TOKEN, Meta


def test_all_is_well_and_what_to_enter_at_meta_is_said(check: Check, meta: Meta) -> None:
    code, lines = check(meta.url)
    assert (code, lines[-1]) == (0, "All is well.")
    assert not states(lines, "wrong")
    told = "\n".join(lines)
    assert "number: +44 7700 900142, shown as Aldermere Joint Clinic" in told
    assert "app secret: belongs to the token's app" in told
    assert f"Meta delivers to {CALLBACK}" in told
    assert "template answer_ready/en_GB: approved" in told
    assert f"the callback URL is {CALLBACK}" in told
    assert "the verify token is what CANDOR_WHATSAPP_VERIFY_TOKEN says" in told
    assert "the webhook field to subscribe is messages" in told


def test_offline_asks_nobody(check: Check, meta: Meta) -> None:
    code, lines = check(meta.url, "--offline")
    assert (code, lines[-1]) == (0, "All is well here; Meta was not asked.")
    assert meta.asked == []


@pytest.mark.usefixtures("check")
def test_nothing_set_says_how_to_begin(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["whatsapp", "check"]) == 1
    told = capsys.readouterr().out
    assert told.startswith("WhatsApp is off: none of its variables is set. docs/whatsapp.md")
    assert told.count("is missing; ") == 4


@pytest.mark.parametrize("name", ["TOKEN", "APP_SECRET", "VERIFY_TOKEN", "NUMBER_ID"])
def test_what_is_missing_is_named_and_meta_is_not_asked(
    check: Check, meta: Meta, name: str
) -> None:
    code, lines = check(meta.url, **{f"WHATSAPP_{name}": None})
    assert code == 1
    (line,) = states(lines, "wrong")
    assert line.startswith(f"wrong  CANDOR_WHATSAPP_{name}: is missing; ")
    assert meta.asked == []


def test_every_wrong_variable_is_told_at_once(check: Check, meta: Meta) -> None:
    wrong = {"NUMBER_ID": "+44 7700 900142", "LATE": "soon", "TOKEN": f"{TOKEN} "}
    code, lines = check(meta.url, **{f"WHATSAPP_{name}": text for name, text in wrong.items()})
    assert code == 1
    assert {line.split()[1] for line in states(lines, "wrong")} == {
        f"CANDOR_WHATSAPP_{name}" for name in wrong
    }
    assert meta.asked == []


@pytest.mark.parametrize(
    "url",
    [None, "http://ask.clinic.example", "https://localhost", "https://10.0.0.2", "https://[::1]"],
)
def test_meta_must_be_able_to_reach_the_site(check: Check, meta: Meta, url: str | None) -> None:
    code, lines = check(meta.url, "--offline", PUBLIC_URL=url)
    assert code == 1
    assert "CANDOR_PUBLIC_URL: Meta can't deliver to " in states(lines, "wrong")[0]


def test_a_template_needs_the_account_to_be_looked_up(check: Check, meta: Meta) -> None:
    code, lines = check(meta.url, WHATSAPP_ACCOUNT_ID=None)
    assert code == 0
    assert [line for line in states(lines, "note") if "template: not looked up" in line]


def test_without_a_template_it_is_said_what_that_costs(check: Check, meta: Meta) -> None:
    code, lines = check(meta.url, WHATSAPP_TEMPLATE=None)
    assert code == 0
    assert [line for line in states(lines, "note") if "no template: after 24 hours" in line]
    assert not [path for path in meta.asked if "message_templates" in path]


def test_the_accounts_id_in_the_numbers_place_is_found(check: Check, meta: Meta) -> None:
    code, lines = check(meta.url, "--offline", WHATSAPP_NUMBER_ID=ACCOUNT)
    assert code == 1
    assert "CANDOR_WHATSAPP_NUMBER_ID: is the account's" in states(lines, "wrong")[0]


def test_a_token_never_travels_readably(check: Check) -> None:
    code, lines = check("http://graph.example")
    assert code == 1
    (line,) = states(lines, "wrong")
    assert "the token would travel readably" in line


@pytest.mark.parametrize("arguments", [[], ["send"], ["check", "online"]])
def test_called_wrongly_gives_code_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as caught:
        main(["whatsapp", *arguments])
    assert caught.value.code == 2
