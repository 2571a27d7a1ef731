"""What a browser without JavaScript does with /ask, and what its reader sees."""

import re

from aiohttp.test_utils import TestClient

KEY, OTHER_KEY = "0" * 32, "f" * 32
QUESTION = "is it permanent?"


async def post(client: TestClient, *, status: int = 200, **form: str) -> str:
    response = await client.post("/ask", data=form)
    assert response.status == status
    return await response.text()


def hidden(page: str, name: str) -> list[str]:
    values = re.findall(rf'name="{name}" value="([^"]+)"', page)
    assert values
    return values


def token_of(page: str) -> str:
    return hidden(page, "conversation")[0]


def asked(page: str) -> int:
    """Return how many messages of the patient the page shows."""
    return page.count('class="line patient')


def latest(page: str) -> str:
    """Return the page from the place where the reader goes on after sending."""
    assert page.count('id="latest"') == 1
    return page.partition('id="latest"')[2]
