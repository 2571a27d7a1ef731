"""Every address of the console: who gets in, what a form needs, and what leaves no trace."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.desk import sessions, staffing
from bot.desk.guard import Guarded, Open
from bot.desk.keys import digest_of, keyed
from bot.desk.navigation import own_path
from bot.desk.routes import MANAGERS, ROUTES
from bot.desk.visit import Visit
from tests.desk.desk_client import CSRF, PASSWORD, Browser, add, signed_in
from tests.web.clinic_site import ROOT, ClinicSite, clinic_site

GUARDED = [route for route in ROUTES if isinstance(route, Guarded)]
POSTED = [route for route in GUARDED if route.method == "POST"]
ENTRANCE = {"/desk/sign-in", "/desk/code"}


def path_of(route: Guarded | Open) -> str:
    return route.path.replace("{login}", "ben")


async def ask(browser: Browser, route: Guarded, **form: str) -> ClientResponse:
    if route.method == "GET":
        return await browser.get(path_of(route))
    return await browser.send(path_of(route), **form)


def csrf_of(site: ClinicSite, browser: Browser) -> str:
    session = sessions.Session(digest_of(browser.cookies["desk"]), *[None] * 4)  # type: ignore[arg-type]
    return site.gate.csrf_of(session)


def test_only_the_entrance_is_open() -> None:
    assert {route.path for route in ROUTES if isinstance(route, Open)} == ENTRANCE
    assert {route.role for route in MANAGERS} == {"manager"}


async def test_a_stranger_is_led_to_the_entrance(client: TestClient, site: ClinicSite) -> None:
    await add(site.gate, "ben")
    stranger = Browser(client)
    for route in GUARDED:
        answer = await ask(stranger, route, csrf="0" * 64)
        assert answer.status == 303, route
        where, _, wanted = answer.headers["Location"].partition("?next=")
        assert where == "/desk/sign-in"
        back = wanted.replace("%2F", "/") or "/desk"
        assert back == (path_of(route) if route.method == "GET" else "/desk")
    assert (await staffing.find(site.gate, "ben")).active


@pytest.mark.parametrize("login", ["anna", "boss"])
async def test_a_route_opens_to_its_role_and_those_above(
    client: TestClient, site: ClinicSite, login: str
) -> None:
    await add(site.gate, "anna")
    await add(site.gate, "ben")
    await add(site.gate, "boss", "manager")
    for route in GUARDED:
        browser = await signed_in(client, login)
        answer = await ask(browser, route, csrf=csrf_of(site, browser))
        text = await answer.text()
        if route.role == "manager" and login == "anna":
            assert answer.status == 403, route
            last = (await site.gate.store.audited(None, 1))[0].entry
            assert (last.login, last.action, last.detail) == ("anna", "refused", route.path)
        else:
            assert answer.status in (200, 303, 403, 422), route
            assert "Your role" not in text
            assert "out of date" not in text


async def test_a_form_without_its_token_does_nothing(client: TestClient, site: ClinicSite) -> None:
    await add(site.gate, "ben")
    await add(site.gate, "boss", "manager")
    browser, other = [await signed_in(client, "boss") for _ in range(2)]
    foreign, own = csrf_of(site, other), csrf_of(site, browser)
    before = len(await site.gate.store.audited(None, 99))
    for route in POSTED:
        for form in ({}, {"csrf": ""}, {"csrf": foreign}, {"csrf": own[:-1]}):
            answer = await browser.send(path_of(route), role="manager", login="x", name="X", **form)
            assert answer.status == 403, route
            assert "out of date" in await answer.text()
    assert len(await site.gate.store.audited(None, 99)) == before


async def test_another_site_can_post_nothing(client: TestClient) -> None:
    for path in [path_of(route) for route in ROUTES if route.method == "POST"]:
        for origin in ("https://evil.example", "null"):
            answer = await client.post(path, headers={"Origin": origin}, allow_redirects=False)
            assert answer.status == 403, path


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


async def test_a_first_password_opens_nothing_but_its_change(
    client: TestClient, site: ClinicSite
) -> None:
    await add(site.gate, "boss", "manager", fresh=True)
    await add(site.gate, "ben")
    browser = await signed_in(client, "boss")
    for route in GUARDED:
        if not route.before_change:
            answer = await ask(browser, route, csrf=csrf_of(site, browser))
            assert (answer.status, answer.headers["Location"]) == (303, "/desk/password")
    before = browser.cookies["desk"]
    for new, again, status in (
        ("short", "short", 422),
        ("words that are", "words that aren't", 422),
        (PASSWORD, PASSWORD, 422),
        ("words that nobody has", "words that nobody has", 303),
    ):
        answer = await browser.fill("/desk/password", "/desk/password", new=new, again=again)
        assert answer.status == status
    assert browser.cookies["desk"] != before
    assert (await browser.get("/desk")).status == 200


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


async def test_half_way_opens_nothing(client: TestClient, site: ClinicSite) -> None:
    anna = await add(site.gate, "boss", "manager")
    secret = await sessions.begin(site.gate, anna, waits_for_code=True)
    browser = Browser(client, {"desk": secret})
    for route in GUARDED:
        answer = await ask(browser, route, csrf=csrf_of(site, browser))
        assert answer.headers["Location"].startswith("/desk/sign-in")
    assert (await browser.get("/desk/code")).status == 200


@pytest.mark.parametrize("role", ["", "patient", None, "Manager"])
def test_a_route_without_a_role_is_no_route(role: object) -> None:
    async def page(visit: Visit) -> web.Response:
        return visit.page("start.html")

    with pytest.raises(ValueError, match="/desk/new: name the role"):
        Guarded("GET", "/desk/new", page, role)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        Guarded("GET", "/desk/new", page)  # type: ignore[call-arg]
    for method, path in (("GET", "/other"), ("DELETE", "/desk/new"), ("GET", "/deskside")):
        with pytest.raises(ValueError, match="under /desk"):
            Guarded(method, path, page, "manager")


async def test_what_was_not_declared_stays_shut(
    site: ClinicSite, aiohttp_client: AiohttpClient
) -> None:
    async def leak(_: web.Request) -> web.Response:
        return web.Response(text="a leak")

    site.app.router.add_get("/desk/forgotten", leak)
    client = await aiohttp_client(site.app)
    await add(site.gate, "boss", "manager")
    for browser, status in ((Browser(client), 303), (await signed_in(client, "boss"), 404)):
        for path in ("/desk/forgotten", "/desk/nowhere", "/desk/"):
            answer = await browser.get(path)
            assert answer.status == status
            assert "a leak" not in await answer.text()


async def test_pages_are_kept_by_no_cache_and_told_to_no_other_site(
    client: TestClient, site: ClinicSite
) -> None:
    await add(site.gate, "boss", "manager")
    browser = await signed_in(client, "boss")
    for path in ("/desk", "/desk/staff", "/desk/nowhere", "/desk/sign-out"):
        headers = (await browser.get(path)).headers
        assert headers["Cache-Control"] == "no-store"
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
    assert (await browser.get("/desk")).headers["Referrer-Policy"] == "same-origin"


def forms() -> Iterator[tuple[Path, str]]:
    templates = ROOT / "bot" / "web" / "templates"
    for path in (templates / "desk.html", *sorted((templates / "desk").glob("*.html"))):
        for form in path.read_text(encoding="utf-8").split("<form")[1:]:
            yield path, form.partition("</form>")[0]


def test_every_form_carries_the_token_and_no_style() -> None:
    found = list(forms())
    assert len(found) > 10
    for path, form in found:
        assert 'method="post"' in form, path
        assert "desk.token(csrf)" in form, path
        assert "style=" not in path.read_text(encoding="utf-8")


async def test_no_secret_is_logged_or_audited(
    client: TestClient, site: ClinicSite, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    await add(site.gate, "boss", "manager")
    browser = await signed_in(client, "boss")
    await Browser(client).sign_in("hidden-login", "hidden-password")
    await browser.fill("/desk/account", "/desk/account/second-factor", password=PASSWORD)
    made = await (await browser.get("/desk/account/second-factor")).text()
    key = made.partition('class="key">')[2].partition("<")[0].replace(" ", "")
    assert len(key) == 32
    added = await browser.fill(
        "/desk/staff-new", "/desk/staff-new", login="ben", name="Ben", role="front_desk"
    )
    first = (await added.text()).partition('class="key large">')[2].partition("<")[0]
    assert len(first) == 19
    entries = [str(one) for one in await site.gate.store.audited(None, 99)]
    told = caplog.text + "".join(entries)
    for secret in (PASSWORD, key, first, "hidden", browser.cookies["desk"], "argon2"):
        assert secret not in told
    person = await staffing.find(site.gate, "ben")
    assert person.password not in repr(person)
    assert site.gate.secret not in repr(site.gate)
