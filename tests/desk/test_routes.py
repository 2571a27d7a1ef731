"""Every address of the console: who gets in, and what a form needs."""

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp import AiohttpClient

from bot.conversation.tokens import sign
from bot.desk import sessions, staffing
from bot.desk.guard import Guarded, Open
from bot.desk.routes import MANAGERS, ROUTES
from bot.desk.visit import Visit
from tests.desk.desk_client import PASSWORD, Browser, add, ask, csrf_of, path_of, signed_in
from tests.web.clinic_site import ClinicSite, bearer

GUARDED = [route for route in ROUTES if isinstance(route, Guarded)]
POSTED = [route for route in GUARDED if route.method == "POST"]
ENTRANCE = {"/desk/sign-in", "/desk/code"}


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
        # A line that stays open has no end to wait for.
        text = "" if answer.content_type == "text/event-stream" else await answer.text()
        if route.role == "manager" and login == "anna":
            assert answer.status == 403, route
            last = (await site.gate.store.audited(None, 1))[0].entry
            assert (last.login, last.action, last.detail) == ("anna", "refused", route.path)
        else:
            assert answer.status in (200, 204, 303, 403, 404, 409, 422), route
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
        return visit.page("refused.html")

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


async def test_a_patients_token_opens_nothing(client: TestClient, site: ClinicSite) -> None:
    conversation = await site.conversations.start("widget")
    token = sign(site.settings.secret, "conversation", conversation)
    for browser in (Browser(client, {"desk": token}), Browser(client)):
        for route in GUARDED:
            form = None if route.method == "GET" else {"csrf": token}
            answer = await client.request(
                route.method,
                path_of(route).replace("0" * 32, conversation),
                data=form,
                headers=bearer(token) | {"Cookie": f"desk={browser.cookies.get('desk', '')}"},
                allow_redirects=False,
            )
            assert answer.status == 303, route
            assert answer.headers["Location"].startswith("/desk/sign-in"), route
