"""Asking without JavaScript."""

import re

import pytest
from aiohttp.test_utils import TestClient


def hidden_token(page: str) -> str:
    match = re.search(r'name="conversation" value="([^"]+)"', page)
    assert match
    return match[1]


async def test_a_question_is_answered_with_source_booking_and_next_questions(
    client: TestClient,
) -> None:
    page = await (await client.post("/ask", data={"text": "is it permanent?"})).text()
    assert "isn&#39;t always permanent" in page
    assert "/learn/permanence?mark=" in page
    assert "/book/" in page
    assert 'value="ask:' in page


async def test_the_conversation_goes_on(client: TestClient) -> None:
    page = await (await client.post("/ask", data={"text": "is it permanent?"})).text()
    more = {"text": "and my knee?", "conversation": hidden_token(page)}
    page = await (await client.post("/ask", data=more)).text()
    assert "is it permanent?" in page
    assert "and my knee?" in page
    assert "timeline.svg" in page


async def test_an_urgent_answer_has_a_number_to_tap_and_no_booking(client: TestClient) -> None:
    page = await (await client.post("/ask", data={"text": "I can't breathe"})).text()
    assert 'class="button urgent-call" href="tel:999"' in page
    assert "Urgent: please read this now" in page.partition('id="latest"')[2]
    assert "/book/" not in page


async def test_it_says_first_that_no_person_answers(client: TestClient) -> None:
    page = await (await client.get("/ask")).text()
    assert "not a person" in page
    assert "not medical advice" in page


@pytest.mark.parametrize(
    ("form", "status", "words"),
    [
        ({"text": "  "}, 422, "The message is empty"),
        ({}, 422, "The message is empty"),
        ({"text": "x" * 3000}, 422, "2,000"),
        ({"text": "hello", "conversation": "forged"}, 404, "not known here"),
    ],
)
async def test_what_is_wrong_is_said_and_what_was_written_stays(
    client: TestClient, form: dict[str, str], status: int, words: str
) -> None:
    response = await client.post("/ask", data=form)
    page = await response.text()
    assert response.status == status
    assert words in page
    assert form.get("text", "").strip() in page


async def test_markup_is_shown_as_text(client: TestClient) -> None:
    attack = '"><script>alert(1)</script>'
    for response in (
        await client.post("/ask", data={"text": attack}),
        await client.get("/ask", params={"text": attack}),
    ):
        page = await response.text()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert(1)" in page


@pytest.mark.parametrize(
    "kind",
    ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded; charset=nonsense"],
)
async def test_a_broken_form_is_refused(client: TestClient, kind: str) -> None:
    response = await client.post("/ask", data=b"text=a", headers={"Content-Type": kind})
    assert response.status in (400, 422)
