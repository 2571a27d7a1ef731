"""The widget's files as a page gets them: small, the same after trimming, renewed when changed."""

import gzip
import json
import shutil
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient

from bot.knowledge.problems import KnowledgeError
from bot.web.files import widget_scripts
from bot.web.words import LANGUAGES, best_language, load_languages
from tests.web.clinic_site import ClinicSite

MOST_BYTES = 15_000


async def test_the_whole_widget_weighs_at_most_15_kb(client: TestClient) -> None:
    paths = [f"/static/widget/{name}" for name in widget_scripts() if name != "widget.js"]
    weight = 0
    for path in ("/widget.js", "/widget/styles.css", *paths):
        response = await client.get(path, headers={"Accept-Encoding": "gzip"})
        assert response.headers["Content-Encoding"] == "gzip"
        weight += int(response.headers["Content-Length"])
    assert weight <= MOST_BYTES


async def test_a_browser_that_has_a_file_is_told_so(client: TestClient) -> None:
    first = await client.get("/widget.js")
    again = await client.get("/widget.js", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    assert await again.read() == b""
    for tag, status in (('"another"', 200), (f'"a", {first.headers["ETag"]}', 304), ("*", 304)):
        response = await client.get("/widget.js", headers={"If-None-Match": tag})
        assert response.status == status, tag


async def test_who_takes_no_compression_gets_the_plain_file(client: TestClient) -> None:
    for accepted in ("identity", "gzip;q=0", "br, gzip; q=0.0"):
        plain = await client.get("/widget.js", headers={"Accept-Encoding": accepted})
        assert "Content-Encoding" not in plain.headers, accepted
    weighed = await client.get("/widget.js", headers={"Accept-Encoding": "br, gzip;q=0.5"})
    assert weighed.headers["Content-Encoding"] == "gzip"
    assert (await plain.read()) == gzip.decompress(widget_scripts()["widget.js"].compressed)


@pytest.mark.parametrize("name", ["types.d.ts", "nothing.js", "..%2Fbase.css", "widget.js.map"])
async def test_nothing_else_is_given(client: TestClient, name: str) -> None:
    assert (await client.get(f"/static/widget/{name}")).status == 404


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("?accent=%237a1f5c", 200),
        ("?scheme=dark", 200),
        ("", 200),
        ("?accent=red", 404),
        ("?accent=%23fff;}", 404),
        ("?scheme=blue", 404),
    ],
)
async def test_a_page_may_choose_a_colour_but_write_no_styles(
    client: TestClient, query: str, status: int
) -> None:
    response = await client.get(f"/widget/styles.css{query}")
    assert response.status == status
    if status == 200:
        css = await response.text()
        assert ("prefers-color-scheme" in css) is ("scheme=" not in query)


async def test_the_words_name_the_clinic_and_the_language(
    client: TestClient, site: ClinicSite
) -> None:
    clinic = site.settings.clinic
    for wish in ("en", "en-GB", "xx", ""):
        words = await (await client.get("/widget/words.json", params={"lang": wish})).json()
        assert words["language"] == "en"
        assert clinic.phone in words["words"]["ring_clinic"]
        assert f"{clinic.keep_days.widget} days" in words["words"]["kept"]
        assert {"label", "payload"} == words["starters"][0].keys()


def test_a_language_is_a_file(tmp_path: Path, site: ClinicSite) -> None:
    shutil.copy(LANGUAGES / "en.json", tmp_path)
    (tmp_path / "ar.json").write_text(json.dumps({"dir": "rtl", "send": "إرسال"}))
    languages = load_languages(site.settings.clinic.facts(), tmp_path)
    assert best_language(languages, "ar-EG") == "ar"
    assert languages["ar"]["send"] == "إرسال"
    # What isn't translated yet is said in English.
    assert languages["ar"]["close"] == "Close the chat"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("{", "can't be read"),
        ("[]", "must be names with texts"),
        ('{"send": 5}', "must be names with texts"),
        ('{"sned": "x"}', "sned is not a text of the widget"),
        ('{"send": "{phnoe}"}', "{phnoe}, which can't be filled in"),
        ('{"desk_open": "offen"}', "must have {time}"),
        ('{"dir": "up"}', "dir must be ltr or rtl"),
    ],
)
def test_a_mistake_in_a_language_is_named(
    tmp_path: Path, site: ClinicSite, content: str, words: str
) -> None:
    shutil.copy(LANGUAGES / "en.json", tmp_path)
    (tmp_path / "de.json").write_text(content)
    with pytest.raises(KnowledgeError) as error:
        load_languages(site.settings.clinic.facts(), tmp_path)
    assert "de.json" in str(error.value)
    assert words in str(error.value)
