"""Where the WhatsApp channel is off, no page leads there."""

from aiohttp.test_utils import TestClient

from tests.web.clinic_site import bearer


async def test_nothing_speaks_of_it(client: TestClient) -> None:
    page = await (await client.post("/ask", data={"text": "is it permanent?"})).text()
    for path in ("/", "/faq", "/learn"):
        page += await (await client.get(path)).text()
    assert "wa.me" not in page
    assert "/ask/whatsapp" not in page
    words = await (await client.get("/widget/words.json")).json()
    assert words["whatsapp"] == ""


async def test_who_asks_all_the_same_is_told_in_the_clinics_words(client: TestClient) -> None:
    begun = await client.post("/api/messages", json={"text": "is it permanent?"})
    token = (await begun.json())["conversation"]
    response = await client.post("/api/conversation/whatsapp", headers=bearer(token))
    assert response.status == 404
    assert (await response.json())["error"]["code"] == "no_whatsapp"
    for page in (
        await client.get("/ask/whatsapp"),
        await client.post("/ask/whatsapp"),
        await client.post("/ask/whatsapp", data={"conversation": token}),
    ):
        assert page.status == 404
        assert "We can&#39;t be reached on WhatsApp just now." in await page.text()
