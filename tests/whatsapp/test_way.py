"""The way from the website to WhatsApp: link, code, picture, and who is given none."""

import re
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.whatsapp.carrying import carry_text, chat_link, words_beside
from bot.channels.whatsapp.qr import qr_svg
from bot.conversation.codes import ALPHABET, read_code
from tests.whatsapp import clinic_channel as harness
from tests.whatsapp.clinic_channel import clinic_channel
from tests.whatsapp.website import Visitor, visitor

pytestmark = pytest.mark.slow

PLAIN = "https://wa.me/447700900142"
WORDS = "I would like to go on with our conversation here: {code}"
CODES = st.text(ALPHABET, min_size=16, max_size=16).map(
    lambda marks: "-".join(marks[at : at + 4] for at in range(0, 16, 4))
)


@pytest.fixture
async def widget(tmp_path: Path) -> AsyncIterator[Visitor]:
    """A visitor who has asked something, where WhatsApp is there."""
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await widget.ask("is it permanent?")
        yield widget


@pytest.fixture
async def without(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Visitor]:
    """The same where clinic.yml names no number."""

    def settings(public_url: str) -> object:
        with_number = site_settings(public_url)
        return replace(with_number, clinic=replace(with_number.clinic, whatsapp=""))

    site_settings = harness.site_settings
    monkeypatch.setattr(harness, "site_settings", settings)
    async with clinic_channel(tmp_path) as clinic, visitor(clinic) as widget:
        await widget.ask("is it permanent?")
        yield widget


async def test_the_way_has_link_picture_and_code(widget: Visitor) -> None:
    status, way = await widget.way()
    assert status == 200
    assert way.keys() == {"url", "qr", "code", "good_for_seconds"}
    parts = urlsplit(way["url"])
    assert f"{parts.scheme}://{parts.netloc}{parts.path}" == PLAIN
    [text] = parse_qs(parts.query)["text"]
    assert text == WORDS.format(code=way["code"])
    assert way["qr"] == qr_svg(way["url"])
    assert way["good_for_seconds"] == 3600
    assert (await widget.way())[1]["code"] != way["code"]


async def test_only_the_conversations_own_token_gives_a_way(widget: Visitor) -> None:
    for token, status, code in (
        (None, 404, "unknown_conversation"),
        ("forged", 404, "unknown_conversation"),
    ):
        widget.token = token
        told, answer = await widget.way()
        assert (told, answer["error"]["code"]) == (status, code)
    async with widget.session.post(f"{widget.base}/api/conversation/whatsapp") as response:
        assert response.status == 401


async def test_a_deleted_conversation_is_taken_nowhere(widget: Visitor) -> None:
    await widget.delete()
    assert (await widget.way())[0] == 404
    status, page = await post(widget, conversation=widget.token or "")
    assert status == 404
    assert "not known here" in page


async def test_ways_are_limited(widget: Visitor) -> None:
    headers = {"X-Forwarded-For": "203.0.113.7"}
    form = {"conversation": widget.token or ""}
    told = []
    for _ in range(40):
        async with widget.session.post(
            f"{widget.base}/ask/whatsapp", data=form, headers=headers
        ) as response:
            told.append(response.status)
    assert (told[0], told[-1]) == (200, 429)
    headers |= {"Authorization": f"Bearer {widget.token}"}
    url = f"{widget.base}/api/conversation/whatsapp"
    async with widget.session.post(url, headers=headers) as response:
        assert response.status == 429


async def post(widget: Visitor, **form: str) -> tuple[int, str]:
    async with widget.session.post(f"{widget.base}/ask/whatsapp", data=form) as response:
        return response.status, await response.text()


async def test_the_page_shows_link_picture_and_code_and_what_happens(widget: Visitor) -> None:
    status, page = await post(widget, conversation=widget.token or "")
    assert status == 200
    [link] = re.findall(r'href="(https://wa.me/\d+\?text=[^"]+)" rel="noopener noreferrer"', page)
    code = read_code(unquote(link))
    assert code
    assert f'<b class="code">{code}</b>' in page
    assert qr_svg(link) in page
    for words in ("good once, and for an hour", "belongs to Meta", "goes on in WhatsApp", "999"):
        assert words in page


async def test_the_page_keeps_the_code_out_of_addresses_and_caches(widget: Visitor) -> None:
    async with widget.session.post(
        f"{widget.base}/ask/whatsapp", data={"conversation": widget.token or ""}
    ) as response:
        page, headers = await response.text(), response.headers
    code = read_code(page)
    assert code
    # No address that our pages load, and no page before this one, tells the code to anybody.
    ours = [url for url in re.findall(r'(?:src|href|action)="([^"]*)"', page) if "wa.me" not in url]
    assert ours
    assert not any(code in url for url in ours)
    assert headers["Cache-Control"] == "no-store"
    assert "style=" not in page
    assert "<script" not in page


@pytest.mark.parametrize("origin", ["null", "https://another.example", None])
async def test_the_page_opens_from_any_page_for_whoever_has_the_token(
    widget: Visitor, origin: str | None
) -> None:
    headers = {"Origin": origin} if origin else {}
    form = {"conversation": widget.token or ""}
    url = f"{widget.base}/ask/whatsapp"
    async with widget.session.post(url, data=form, headers=headers) as response:
        assert response.status == 200
        assert "Access-Control-Allow-Origin" not in response.headers
    url = f"{widget.base}/api/conversation/whatsapp"
    headers |= {"Authorization": f"Bearer {widget.token}"}
    async with widget.session.post(url, headers=headers) as response:
        assert response.status == (403 if origin else 200)


async def test_before_the_first_message_nothing_goes_along(widget: Visitor) -> None:
    async with widget.session.get(f"{widget.base}/ask/whatsapp") as response:
        shown = await response.text()
    for page in (shown, (await post(widget))[1], (await post(widget, conversation=""))[1]):
        assert f'href="{PLAIN}" rel="noopener noreferrer">Open WhatsApp' in page
        assert qr_svg(PLAIN) in page
        assert read_code(page) is None
        assert "The code" not in page


async def get(widget: Visitor, path: str) -> str:
    async with widget.session.get(f"{widget.base}{path}") as response:
        assert response.status == 200
        return await response.text()


async def test_the_pages_lead_there(widget: Visitor) -> None:
    for path in ("/", "/faq", "/ask", "/learn"):
        assert f'<a href="{PLAIN}" rel="noopener">Write to us on WhatsApp</a>' in await get(
            widget, path
        )
    words = await get(widget, "/widget/words.json")
    assert '"whatsapp": "https://clinic.example/ask/whatsapp"' in words
    form = {"text": "is it permanent?"}
    async with widget.session.post(f"{widget.base}/ask", data=form) as response:
        page = await response.text()
    assert re.search(r'action="/ask/whatsapp">\s*<input type="hidden" name="conversation"', page)


async def test_where_there_is_no_number_nothing_speaks_of_it(without: Visitor) -> None:
    status, answer = await without.way()
    assert (status, answer["error"]["code"]) == (404, "no_whatsapp")
    assert answer["error"]["message"].startswith("We can't be reached on WhatsApp just now.")
    status, page = await post(without, conversation=without.token or "")
    assert status == 404
    assert "or ring 01632 960 142" in page
    for path in ("/", "/faq", "/ask"):
        assert "wa.me" not in await get(without, path)
    assert '"whatsapp": ""' in await get(without, "/widget/words.json")


@pytest.mark.parametrize(
    ("number", "text", "link"),
    [
        ("+44 7700 900 142", "", PLAIN),
        ("+44-7700-900142", "a b&c=é", f"{PLAIN}?text=a%20b%26c%3D%C3%A9"),
    ],
)
def test_a_link_has_the_digits_alone_and_the_text_as_it_is(
    number: str, text: str, link: str
) -> None:
    assert chat_link(number, text) == link


def test_a_picture_brings_its_own_white_and_no_style() -> None:
    picture = qr_svg(PLAIN)
    assert '<path fill="#fff"' in picture
    assert "style" not in picture
    assert picture != qr_svg(f"{PLAIN}?text=a")


@given(CODES, st.booleans())
def test_our_own_words_around_a_code_are_nothing_beside_it(code: str, low: bool) -> None:
    sent = carry_text(WORDS, code)
    sent = sent.lower() if low else sent
    assert read_code(sent) == code
    assert words_beside(carry_text(WORDS, code.lower()), WORDS) == ""


@pytest.mark.parametrize("words", [WORDS, "{code} please", "Our own words without a blank:"])
@pytest.mark.parametrize(
    ("written", "beside"),
    [
        ("{ours}", ""),
        ("{ours}.", ""),
        ("  {ours}\n\n", ""),
        ("{ours}\nand is it permanent?", "and is it permanent?"),
        ("Good morning. {ours}", "Good morning."),
    ],
)
def test_what_is_written_beside_our_words_is_read(words: str, written: str, beside: str) -> None:
    text = written.format(ours=carry_text(words, "ABCD-EFGH-JKMN-PQRS"))
    assert words_beside(text, words) == beside


@pytest.mark.parametrize(
    "text",
    [
        "ABCD-EFGH-JKMN-PQRS-TVWX",
        "XABCD-EFGH-JKMN-PQRS",
        "ABCD EFGH JKMN PQRS",
        "ABCD-EFGH-JKMN-PQR0",
        "ABCD-EFGH-JKMN",
    ],
)
def test_what_only_looks_like_a_code_is_none(text: str) -> None:
    assert read_code(text) is None
