"""What search engines are told of the site."""

from urllib.parse import urlsplit
from xml.etree import ElementTree

from aiohttp.test_utils import TestClient

from tests.web.clinic_site import knowledge


async def test_the_sitemap_names_pages_that_are_there(client: TestClient) -> None:
    response = await client.get("/sitemap.xml")
    assert response.content_type == "application/xml"
    name = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    root = ElementTree.fromstring(await response.text())  # noqa: S314
    pages = {url.findtext(f"{name}loc"): url.findtext(f"{name}lastmod") for url in root}
    documents = {
        f"http://clinic.test/learn/{slug}": str(document.reviewed)
        for slug, document in knowledge().documents.items()
    }
    plain_pages = dict.fromkeys(
        f"http://clinic.test{path}" for path in ("/", "/faq", "/ask", "/learn")
    )
    assert pages == plain_pages | documents
    for url in pages:
        assert (await client.get(urlsplit(url).path)).status == 200


async def test_crawlers_are_kept_out_of_conversations(client: TestClient) -> None:
    response = await client.get("/robots.txt")
    assert response.content_type == "text/plain"
    lines = (await response.text()).splitlines()
    assert lines[0] == "User-agent: *"
    assert {"Disallow: /api/", "Disallow: /ws", "Disallow: /book/"} <= set(lines)
    assert lines[-1] == "Sitemap: http://clinic.test/sitemap.xml"
