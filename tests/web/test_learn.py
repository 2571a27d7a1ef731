"""The articles, and the passages that an answer's citation highlights in them."""

import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from aiohttp.test_utils import TestClient

from bot.knowledge.passages import plain
from bot.web.article import Span, render_section
from tests.web.clinic_site import ClinicSite, knowledge

SECTIONS = knowledge().sections


def words(html: str) -> str:
    """Return what a reader sees of some HTML, without list dashes."""
    return plain(unescape(re.sub(r"<[^>]+>", " ", html)))


def marked(html: str) -> str:
    return plain(" ".join(words(part) for part in re.findall(r"<mark>(.*?)</mark>", html, re.S)))


def squeezed(text: str) -> str:
    """Return the text's letters only, as markup and lists leave them."""
    text = re.sub(r"\[(.*?)\]\(.*?\)", r"\1", text)
    return re.sub(r"\s", "", re.sub(r"(?m)^- ", "", text))


@pytest.mark.parametrize("section", SECTIONS.values(), ids=lambda section: section.id)
def test_every_passage_is_highlighted_exactly(section) -> None:  # noqa: ANN001
    for passage in section.passages:
        html = str(render_section(section, [Span(passage.number, passage.number)]))
        assert squeezed(marked(html)) == squeezed(passage.text)
        assert squeezed(words(html)) == squeezed(section.markdown)
    whole = str(render_section(section, [Span(1, len(section.passages))]))
    assert squeezed(marked(whole)) == squeezed(section.markdown)


async def test_a_citation_leads_to_its_highlighted_words(
    client: TestClient, site: ClinicSite
) -> None:
    response = await client.post("/api/messages", json={"text": "is it permanent?"})
    for citation in (await response.json())["messages"][0]["citations"]:
        url = urlsplit(citation["url"])
        page = await (await client.get(f"{url.path}?{url.query}")).text()
        assert squeezed(marked(page)) == squeezed(citation["quote"])
        assert f'id="{url.fragment}"' in page
        assert "the assistant quoted" in page


@pytest.mark.parametrize(
    "mark",
    ["", "nowhere.1-2", "worth-it", "worth-it.0-0", "worth-it.99-100", "worth-it.3-1", "<b>"],
)
async def test_a_wrong_mark_shows_the_article_unmarked(client: TestClient, mark: str) -> None:
    response = await client.get("/learn/permanence", params={"mark": mark})
    page = await response.text()
    assert response.status == 200
    assert "<mark>" not in page
    assert "the assistant quoted" not in page


async def test_an_article_names_its_review_its_parts_and_its_studies(client: TestClient) -> None:
    page = await (await client.get("/learn/permanence")).text()
    document = knowledge().documents["permanence"]
    assert str(document.reviewed) in page
    for section in document.sections:
        assert f'href="#{section.anchor}"' in page
        assert f'id="{section.anchor}"' in page
    assert all(study.url in page for study in document.studies)


async def test_the_list_leads_to_every_article(client: TestClient) -> None:
    page = await (await client.get("/learn")).text()
    for slug in knowledge().documents:
        assert f'href="/learn/{slug}"' in page


@pytest.mark.parametrize("slug", ["nothing", "%2e%2e%2fsecret", "permanence.md"])
async def test_an_unknown_article_is_a_friendly_404(client: TestClient, slug: str) -> None:
    response = await client.get(f"/learn/{slug}")
    assert response.status == 404
    assert "There is no page" in await response.text()


def test_several_passages_of_a_section_are_highlighted_together() -> None:
    section = SECTIONS["permanence#permanent-or-temporary"]
    html = str(render_section(section, [Span(1, 1), Span(3, 3)]))
    first, _, third, *_ = (plain(passage.text) for passage in section.passages)
    assert marked(html) == f"{first} {third}"
