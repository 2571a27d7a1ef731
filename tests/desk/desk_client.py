"""A browser at the console, as far as cookies and forms go."""

import re
from dataclasses import dataclass, field

from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient

from bot.desk import sessions, staffing
from bot.desk.gate import Gate
from bot.desk.guard import Guarded, Open
from bot.desk.keys import digest_of
from bot.store.desk import AuditEntry, Role, Staff
from tests.web.clinic_site import ClinicSite

PASSWORD = "quiet lamps under water"
# What stands in a path for a test, by its place there.
NAMED = {
    "{login}": "ben",
    "{section}": "clinic",
    "{callback}": "0" * 32,
    "{name}": "decline.cost",
    "{conversation:[0-9a-f]{32}}": "0" * 32,
}
CSRF = re.compile(r'name="csrf" value="([0-9a-f]{64})"')


async def add(gate: Gate, login: str, role: Role = "front_desk", *, fresh: bool = False) -> Staff:
    """Add somebody with PASSWORD; with `fresh` they must change it at first."""
    person, _ = await staffing.add(gate, None, login, login.title(), role)
    values = {"password": await gate.passwords.digest(PASSWORD), "must_change": fresh}
    entry = AuditEntry(person.id, login, "password.changed")
    await gate.store.change(person.id, values, entry)
    return await staffing.find(gate, login)


@dataclass
class Browser:
    """Keeps the console's cookies by itself, because the jar knows nothing of `Secure` in tests."""

    client: TestClient
    cookies: dict[str, str] = field(default_factory=dict)

    async def get(self, path: str) -> ClientResponse:
        return await self._ask("GET", path, None)

    async def send(self, path: str, **form: str) -> ClientResponse:
        """Send a form without a token, but for one that is among the fields."""
        return await self._ask("POST", path, form)

    async def fill(self, page: str, to: str, **form: str) -> ClientResponse:
        """Load a page, and send a form of it with its token."""
        shown = await (await self.get(page)).text()
        found = CSRF.search(shown)
        assert found, shown
        return await self.send(to, csrf=found[1], **form)

    async def sign_in(
        self, login: str, password: str = PASSWORD, next: str = "/desk"
    ) -> ClientResponse:
        return await self.fill(
            "/desk/sign-in", "/desk/sign-in", login=login, password=password, next=next
        )

    async def _ask(self, method: str, path: str, form: dict[str, str] | None) -> ClientResponse:
        cookie = "; ".join(f"{name}={text}" for name, text in self.cookies.items())
        answer = await self.client.request(
            method,
            path,
            data=form,
            headers={"Cookie": cookie} if cookie else {},
            allow_redirects=False,
        )
        for name, morsel in answer.cookies.items():
            if morsel.value:
                self.cookies[name] = morsel.value
            else:
                self.cookies.pop(name, None)
        self.client.session.cookie_jar.clear()
        return answer


async def signed_in(client: TestClient, login: str) -> Browser:
    browser = Browser(client)
    answer = await browser.sign_in(login)
    assert answer.status == 303, await answer.text()
    return browser


def path_of(route: Guarded | Open) -> str:
    named = route.path
    for place, name in NAMED.items():
        named = named.replace(place, name)
    return named


async def ask(browser: Browser, route: Guarded, **form: str) -> ClientResponse:
    if route.method == "GET":
        return await browser.get(path_of(route))
    return await browser.send(path_of(route), **form)


def csrf_of(site: ClinicSite, browser: Browser) -> str:
    session = sessions.Session(digest_of(browser.cookies["desk"]), *[None] * 4)  # type: ignore[arg-type]
    return site.gate.csrf_of(session)
