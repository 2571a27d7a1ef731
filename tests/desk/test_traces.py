"""What the console leaves in caches, logs and the audit; and what every form carries."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient

from bot.desk import staffing
from tests.desk.desk_client import PASSWORD, Browser, add, signed_in
from tests.web.clinic_site import ROOT, ClinicSite


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
        if 'method="get"' in form:
            # It only asks; a token would stand in its address.
            assert "csrf" not in form, path
            continue
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
