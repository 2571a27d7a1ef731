"""No page breaks a rule of WCAG 2.2 A and AA that a program can check, in light and in dark."""

from typing import Literal

import pytest
from playwright.async_api import Page

from tests.e2e.axe import violations

pytestmark = pytest.mark.slow

PAGES = ("/", "/ask", "/learn", "/learn/permanence", "/demo/booking", "/demo/privacy")


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_pages_break_no_rule(page: Page, scheme: Literal["light", "dark"]) -> None:
    await page.emulate_media(color_scheme=scheme)
    found = {}
    for path in PAGES:
        await page.goto(path, wait_until="load")
        found[path] = await violations(page, exclude=["candor-widget"])
    assert not any(found.values()), found


async def test_a_broken_rule_is_named_in_shadow_roots_too(page: Page) -> None:
    await page.goto("/demo/privacy")
    await page.evaluate(
        "document.querySelector('main').appendChild(document.createElement('div'))"
        ".attachShadow({ mode: 'open' }).appendChild(document.createElement('button'))"
    )
    found = await violations(page, exclude=["candor-widget"])
    assert [line.split(":")[0] for line in found] == ["critical button-name"]
    assert ">>> button)" in found[0]
