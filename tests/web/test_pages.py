"""What holds for every page: security headers, no inline code, clear errors."""

import logging
import re
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient

from bot.conversation.retention import KeepDays
from bot.runtime.texts import fixed_texts
from bot.web import app as web_app
from bot.web.templating import make_templates
from tests.web.clinic_site import ClinicSite

PAGES = (
    *("/", "/ask", "/faq", "/learn", "/learn/permanence", "/learn/knee-timeline"),
    *("/demo/booking", "/demo/privacy", "/nowhere"),
)
STATIC = Path(web_app.__file__).parent / "static"


async def test_a_page_allows_only_what_it_needs(client: TestClient) -> None:
    for path in PAGES:
        response = await client.get(path)
        policy = response.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe" not in policy, path
        assert response.headers["X-Content-Type-Options"] == "nosniff", path
        assert "Referrer-Policy" in response.headers, path
        assert response.headers["Server"] == "Candor", path
        page = await response.text()
        # A block of data is no code, and the policy lets it be.
        page = page.replace('<script type="application/ld+json">', "")
        code = r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*src=)|javascript:"
        assert not re.search(code, page), path


async def test_every_link_of_a_page_leads_somewhere(client: TestClient) -> None:
    targets: dict[str, str] = {}
    for path in PAGES:
        page = await (await client.get(path)).text()
        targets |= dict.fromkeys(re.findall(r'(?:href|src|action)="(/[^"#]*)"', page), path)
        for anchor in set(re.findall(r'href="#([^"]+)"', page)):
            assert f'id="{anchor}"' in page, (path, anchor)
    for target, path in targets.items():
        assert (await client.get(target)).status == 200, (path, target)


async def test_the_front_page_is_the_clinics(client: TestClient, site: ClinicSite) -> None:
    page = await (await client.get("/")).text()
    clinic = site.settings.clinic
    for words in (clinic.name, clinic.phone, clinic.email, *clinic.address.splitlines()):
        assert words in page
    assert "invented" in page
    assert 'src="/widget.js"' in page


async def test_hours_are_told_as_patients_read_them(client: TestClient) -> None:
    page = await (await client.get("/")).text()
    assert "<dt>Monday to Thursday</dt><dd>8.30 am to 6 pm</dd>" in page
    assert "<dt>Closed on Sundays and public holidays</dt></div>" in page


async def test_patients_are_told_how_long_a_conversation_is_kept(
    client: TestClient, site: ClinicSite
) -> None:
    told = f"for {site.settings.clinic.keep_days.widget} days after the last message"
    assert told in await (await client.get("/demo/privacy")).text()
    assert told in fixed_texts(site.settings)["chat.privacy"].text


def test_whoever_writes_on_whatsapp_is_told_how_long_that_is_kept(site: ClinicSite) -> None:
    clinic = replace(site.settings.clinic, keep_days=KeepDays(30, {"whatsapp": 90}))
    page = make_templates(clinic, "https://wa.me/447700900142").get_template("privacy.html")
    both = "for 30 days after the last message on this website and for 90 days after the last one"
    assert both in page.render()
    told = fixed_texts(replace(site.settings, clinic=clinic))["chat.privacy"].text
    assert "for 30 (on WhatsApp 90) days after the last message" in told


def test_no_script_turns_text_into_markup() -> None:
    for path in STATIC.rglob("*.js"):
        risky = re.search(
            r"innerHTML|outerHTML|insertAdjacent|document\.write|eval\(", path.read_text()
        )
        assert not risky, path.name


async def test_the_timeline_is_a_picture_with_words(client: TestClient) -> None:
    response = await client.get("/static/timeline.svg")
    svg = await response.text()
    assert response.content_type == "image/svg+xml"
    assert "<title" in svg
    assert "Weeks 3 to 6: Many people notice" in svg
    assert "unsafe" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("day", "phase"),
    [(0, "Days 1 to 3"), (20, "Weeks 3 to 6"), (100, "Months 3 to 6"), (365, "12")],
)
async def test_the_timeline_says_where_a_patient_is(
    client: TestClient, day: int, phase: str
) -> None:
    svg = await (await client.get(f"/static/timeline.svg?day={day}")).text()
    assert f"You are here: day {day}" in svg
    assert phase in svg[svg.index("You are here") :].partition("</desc>")[0]


@pytest.mark.parametrize("day", ["-1", "366", "x", "1.5", "", "٣", "99999999999"])
async def test_what_is_no_day_has_no_picture(client: TestClient, day: str) -> None:
    for kind in ("svg", "png"):
        response = await client.get(f"/static/timeline.{kind}", params={"day": day})
        assert response.status == 404


async def test_the_picture_is_there_for_channels_without_svg(client: TestClient) -> None:
    plain = await (await client.get("/static/timeline.png")).read()
    marked = await (await client.get("/static/timeline.png?day=20")).read()
    assert plain.startswith(b"\x89PNG")
    assert plain != marked
    assert len(plain) > 10_000  # a picture without its words is smaller


async def test_the_static_folder_gives_nothing_else(client: TestClient) -> None:
    for path in ("/static/", "/static/..%2fapp.py", "/static/../app.py", "/static/widget/"):
        assert (await client.get(path)).status in (403, 404), path


async def test_a_wrong_method_is_named(client: TestClient) -> None:
    response = await client.get("/api/messages")
    assert response.status == 405
    assert response.headers["Allow"] == "POST"
    assert (await response.json())["error"]["code"] == "wrong_method"


async def test_a_bug_shows_no_inside_and_logs_no_words(
    client: TestClient, site: ClinicSite, caplog: pytest.LogCaptureFixture
) -> None:
    async def broken(*_args: object, **_more: object) -> str:
        raise RuntimeError("my secret sore knee")

    site.conversations.receive = broken  # type: ignore[method-assign]
    with caplog.at_level(logging.DEBUG):
        response = await client.post("/api/messages", json={"text": "my secret sore knee"})
    assert response.status == 500
    assert (await response.json())["error"]["code"] == "broken"
    assert "RuntimeError" in caplog.text
    assert "sore knee" not in caplog.text
