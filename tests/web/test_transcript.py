"""A conversation over plain HTTP: read, waited for, kept as a text, rated, deleted."""

import re

import pytest
from aiohttp.test_utils import TestClient

from bot.conversation.references import reference_of
from bot.conversation.tokens import sign, verify
from tests.databases import fill
from tests.staff import person
from tests.web.clinic_site import ClinicSite, bearer

PATH = "/api/conversation"


async def begin(client: TestClient) -> str:
    response = await client.post("/api/messages", json={"text": "is it permanent?"})
    token: str = (await response.json())["conversation"]
    return token


async def read(client: TestClient, token: str, **place: int) -> dict:
    response = await client.get(PATH, headers=bearer(token), params=place)
    assert response.status == 200
    page: dict = await response.json()
    return page


async def test_it_can_be_read_page_by_page_backwards(client: TestClient, site: ClinicSite) -> None:
    conversation = await site.conversations.start("widget")
    for number in range(120):
        await site.conversations.speak(conversation, person("Mara Lind"), f"line {number}")
    token = sign(site.settings.secret, "conversation", conversation)
    seen: list[int] = []
    before = None
    while before != 1:
        page = await read(client, token, **({"before": before} if before else {}))
        numbers = [entry["seq"] for entry in page["entries"]]
        seen = numbers + seen
        before = numbers[0]
        assert page["earlier"] is (before > 1)
    assert seen == list(range(1, 121))


async def test_it_can_be_taken_away_as_a_text(client: TestClient) -> None:
    token = await begin(client)
    response = await client.get(f"{PATH}/text", headers=bearer(token))
    assert response.content_type == "text/plain"
    text = await response.text()
    assert text.startswith(
        f"Reference: {reference_of(verify('s' * 40, 'conversation', token))}\n\n"
    )
    for words in ("You", "is it permanent?", "it isn't always permanent", "/learn/permanence"):
        assert words in text


async def test_a_long_conversation_is_taken_away_whole(
    client: TestClient, site: ClinicSite
) -> None:
    conversation = await site.conversations.start("widget")
    fill(site.store, conversation, 450)
    token = sign(site.settings.secret, "conversation", conversation)
    text = await (await client.get(f"{PATH}/text", headers=bearer(token))).text()
    lines = re.findall(r"^Line (\d+)$", text, re.MULTILINE)
    assert lines == [str(number) for number in range(1, 451)]
    assert text.count("\n\n") == 450


async def test_a_rating_is_kept_with_the_answer(client: TestClient, site: ClinicSite) -> None:
    token = await begin(client)
    message = (await read(client, token))["entries"][1]["message"]["id"]
    for helpful, reason in ((False, None), (False, "too_little")):
        rating = {"message": message, "helpful": helpful, "reason": reason}
        response = await client.post(f"{PATH}/feedback", json=rating, headers=bearer(token))
        assert response.status == 204
    entry = (await read(client, token))["entries"][1]
    assert entry["feedback"] == {"helpful": False, "reason": "too_little"}
    assert await site.conversations.feedback_counts() == {True: 0, False: 1}


@pytest.mark.parametrize(
    ("rating", "status", "code"),
    [
        ({}, 422, "bad_feedback"),
        ({"message": "m", "helpful": "yes"}, 422, "bad_feedback"),
        ({"message": "m", "helpful": False, "reason": "my own words"}, 422, "bad_feedback"),
        ({"message": "m", "helpful": True}, 404, "unknown_message"),
    ],
)
async def test_a_wrong_rating_is_refused(
    client: TestClient, rating: dict, status: int, code: str
) -> None:
    token = await begin(client)
    response = await client.post(f"{PATH}/feedback", json=rating, headers=bearer(token))
    assert response.status == status
    assert (await response.json())["error"]["code"] == code


async def test_what_is_deleted_is_gone(client: TestClient) -> None:
    token = await begin(client)
    assert (await client.delete(PATH, headers=bearer(token))).status == 204
    for method in ("GET", "DELETE"):
        response = await client.request(method, PATH, headers=bearer(token))
        assert response.status == 404
        assert (await response.json())["error"]["code"] == "unknown_conversation"


@pytest.mark.parametrize("path", [PATH, f"{PATH}/text"])
async def test_without_its_token_nothing_is_told(client: TestClient, path: str) -> None:
    await begin(client)
    for headers, status in (
        ({}, 401),
        ({"Authorization": "Basic eA=="}, 401),
        (bearer("x.y"), 404),
    ):
        assert (await client.get(path, headers=headers)).status == status


async def test_a_broken_cursor_is_refused(client: TestClient) -> None:
    token = await begin(client)
    for cursor in ("-1", "x", "1.5", "9" * 30):
        for name in ("after", "before"):
            response = await client.get(PATH, headers=bearer(token), params={name: cursor})
            assert response.status == 422, cursor
