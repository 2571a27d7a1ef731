"""The way in: forms, cookies, where it leads, and what somebody planted beforehand."""

from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.desk import sessions, staffing
from bot.desk.keys import keyed
from bot.desk.navigation import own_path
from tests.desk.desk_client import CSRF, PASSWORD, Browser, add, signed_in
from tests.web.clinic_site import ClinicSite, clinic_site


async def test_the_sign_in_form_needs_its_own_token(client: TestClient, site: ClinicSite) -> None:
    await add(site.gate, "anna")
    browser, other = Browser(client), Browser(client)
    await browser.get("/desk/sign-in")
    found = CSRF.search(await (await other.get("/desk/sign-in")).text())
    assert found
    for form in ({}, {"csrf": found[1]}):
        answer = await browser.send("/desk/sign-in", login="anna", password=PASSWORD, **form)
        assert answer.status == 403
        assert "desk" not in browser.cookies
    assert (await browser.sign_in("anna")).status == 303


@pytest.mark.parametrize("planted", ["made up", "of an attacker"])
async def test_a_session_that_was_there_before_is_not_taken_over(
    client: TestClient, site: ClinicSite, planted: str
) -> None:
    await add(site.gate, "anna")
    await add(site.gate, "mallory")
    mallory = await signed_in(client, "mallory")
    secret = mallory.cookies["desk"] if planted == "of an attacker" else planted
    browser = Browser(client)
    await browser.get("/desk/sign-in")
    # It comes between the form and its sending, else whoever is in already would just go on.
    browser.cookies["desk"] = secret
    token = keyed(site.gate.secret, "sign-in form", browser.cookies["desk-form"])
    answer = await browser.send("/desk/sign-in", csrf=token, login="anna", password=PASSWORD)
    assert answer.status == 303
    assert browser.cookies["desk"] != secret
    assert await sessions.find(site.gate, secret) is None


@pytest.mark.parametrize(
    ("url", "prefix", "secure"),
    [("http://clinic.test", "", False), ("https://clinic.test", "__Host-", True)],
)
async def test_cookies_are_out_of_reach_of_scripts_and_other_sites(
    tmp_path: Path, aiohttp_client: AiohttpClient, url: str, prefix: str, secure: bool
) -> None:
    async with clinic_site(tmp_path, url) as site:
        await add(site.gate, "anna")
        browser = Browser(await aiohttp_client(site.app))
        shown = await browser.get("/desk/sign-in")
        answer = await browser.sign_in("anna")
        for response, name in ((shown, "desk-form"), (answer, "desk")):
            morsel = response.cookies[f"{prefix}{name}"]
            assert morsel["httponly"] is True
            assert morsel["samesite"] == "Strict"
            assert bool(morsel["secure"]) is secure
            assert (morsel["path"], morsel["domain"], morsel["max-age"]) == ("/", "", "")


@pytest.mark.parametrize(
    ("wanted", "led"),
    [
        ("/desk/staff?x=1", "/desk/staff?x=1"),
        ("/desk/audit?before=5", "/desk/audit?before=5"),
        *[
            (bad, "/desk")
            for bad in (
                *("https://evil.example", "//evil.example", "/\\evil.example", "/desk//evil"),
                *("/desk@evil.example", "/desk.evil.example", "javascript:alert(1)", "/"),
                *("/desk/../admin", "/desk\\evil", "/desk/x\r\nSet-Cookie: a=b", "/deskevil"),
                *("/desk/sign-in?next=/desk", "/desk/sign-out", "/desk#x", "desk", "", "/desk/\tx"),
                "/desk/" + "x" * 600,
            )
        ],
    ],
)
def test_signing_in_leads_only_to_pages_of_ours(wanted: str, led: str) -> None:
    assert own_path(wanted) == led


async def test_signing_in_leads_back_to_where_one_wanted_to_go(
    client: TestClient, site: ClinicSite
) -> None:
    await add(site.gate, "boss", "manager")
    browser = Browser(client)
    answer = await browser.get("/desk/audit?before=7")
    entrance = await (await browser.get(answer.headers["Location"])).text()
    assert 'name="next" value="/desk/audit?before=7"' in entrance
    answer = await browser.sign_in("boss", next="/desk/audit?before=7")
    assert answer.headers["Location"] == "/desk/audit?before=7"
    foreign = Browser(client)
    answer = await foreign.sign_in("boss", next="//evil.example")
    assert answer.headers["Location"] == "/desk"


async def test_whoever_was_signed_out_meanwhile_is_told(
    client: TestClient, site: ClinicSite
) -> None:
    anna = await add(site.gate, "anna")
    browser = await signed_in(client, "anna")
    await staffing.lock(site.gate, None, anna)
    for browser_out in (browser, Browser(client, {"desk": "made up"})):
        answer = await browser_out.get("/desk/account")
        assert answer.headers["Location"] == "/desk/sign-in?next=%2Fdesk%2Faccount&done=over"
        shown = await (await browser_out.get(answer.headers["Location"])).text()
        assert "the session is over" in shown
