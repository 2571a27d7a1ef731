"""E-mail is handed in at a real server, encrypted, and what goes wrong is one line."""

import logging
import ssl
from dataclasses import replace
from email.message import EmailMessage
from typing import Literal

import pytest

from bot.desk.mail import MailServer, NotSent, send
from tests.mail.post_office import PASSWORD, USER, PostOffice, odd_server, post_office, trusting

QUICK = 0.1  # seconds


def letter() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "Clinic <clinic@clinic.example>", "desk@clinic.example"
    message["Subject"], message["Message-ID"] = "Somebody wants ½ an hour", "<1@clinic.example>"
    message.set_content("Please look.")
    return message


def at(
    office: PostOffice, security: Literal["tls", "starttls", "none"] = "none", login: bool = False
) -> MailServer:
    who = (USER, PASSWORD) if login else (None, None)
    return MailServer("localhost", office.port, security, *who, trusting(), 5.0)


@pytest.mark.parametrize("security", ["tls", "starttls"])
async def test_it_is_handed_in_encrypted(security: Literal["tls", "starttls"]) -> None:
    way = {"tls": security == "tls", "starttls": security == "starttls"}
    async with post_office(**way, login=security == "starttls") as office:
        await send(at(office, security, login=security == "starttls"), letter())
    assert office.envelopes == [("clinic@clinic.example", ["desk@clinic.example"])]
    assert office.taken[0]["Subject"] == "Somebody wants ½ an hour"
    assert security == "tls" or office.encrypted == [True]
    assert office.logins == ([USER.encode()] if security == "starttls" else [])


async def test_a_server_on_this_machine_may_go_without() -> None:
    async with post_office() as office:
        await send(at(office), letter())
    assert len(office.taken) == 1


async def _fails(server: MailServer) -> str:
    with pytest.raises(NotSent) as caught:
        await send(server, letter())
    words = str(caught.value)
    assert "\n" not in words
    assert PASSWORD not in words + repr(server)
    return words


async def test_a_login_that_is_refused_is_named(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.CRITICAL, "mail.log")
    async with post_office(starttls=True, login=True) as office:
        words = await _fails(replace(at(office, "starttls", login=True), password="wrong"))
    assert "refuses the login (535); check user and password in CANDOR_SMTP_URL" in words
    assert not office.taken


async def test_nothing_is_said_where_it_would_be_read() -> None:
    async with post_office() as office:
        assert "offers no encryption" in await _fails(at(office, "starttls", login=True))
        assert "offers no encryption or no login" in await _fails(at(office, "none", login=True))
    assert not office.logins
    async with post_office(starttls=True) as office:
        strange = replace(at(office, "starttls"), trusted=ssl.create_default_context())
        assert "no certificate that is valid" in await _fails(strange)
        elsewhere = replace(at(office, "starttls"), host="127.0.0.1")
        assert "no certificate that is valid" in await _fails(elsewhere)
    assert not office.taken


async def test_a_server_that_refuses_is_told_apart() -> None:
    async with post_office() as office:
        office.answers = ["451 later", "554 no", "drop"]
        told = [await _fails(at(office)) for _ in range(3)]
        office.refused = "550 nobody of that name"
        told.append(await _fails(at(office)))
    ends = ["refuses the e-mail (451)", "refuses the e-mail (554)", "hung up"]
    ends.append("refuses the address in desk_email (550)")
    assert [words.partition(f"{office.port} ")[2] for words in told] == ends
    assert "can't be reached" in await _fails(at(office))


@pytest.mark.parametrize("hello", [(), (b"220 x\r\n",)])
async def test_a_server_that_hangs_is_left(hello: tuple[bytes, ...]) -> None:
    async with odd_server(*hello) as port:
        server = MailServer("127.0.0.1", port, "none", seconds=QUICK)
        assert "doesn't answer in time" in await _fails(server)


async def test_a_server_that_speaks_otherwise_is_no_mail_server() -> None:
    async with odd_server(b"421 not now\r\n") as port:
        words = await _fails(MailServer("127.0.0.1", port, "none", seconds=5.0))
        assert "takes no e-mail now (421)" in words
