"""What axe-core finds in a page that would keep people from using it."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page

AXE = Path(__file__).parents[1] / "node" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = (
    *("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"),
    "best-practice",
)
# Some rules are off until they are named, so each one is.
RUN = """async ([tags, exclude]) => {
  const rules = axe.getRules(tags).map(({ ruleId }) => [ruleId, { enabled: true }]);
  const found = await axe.run(
    { include: [document], exclude },
    {
      runOnly: { type: "tag", values: tags },
      rules: Object.fromEntries(rules),
      resultTypes: ["violations"],
    },
  );
  return found.violations;
}"""


@cache
def _source() -> str:
    if not AXE.is_file():
        pytest.fail("axe-core is missing; run `python3 -m scripts.web_tools` and try again")
    return AXE.read_text(encoding="utf-8")


async def violations(page: Page, exclude: Sequence[str] = ()) -> list[str]:
    """Return a line for each broken rule: "impact rule: help (where; where)".

    The whole document is looked at as it is now, with open shadow roots, but for the elements
    that the selectors in `exclude` name. Waits for nothing: let the page come to rest before.
    """
    # Through the debugger, which the page's policy for scripts doesn't bind.
    if not await page.evaluate("typeof axe === 'object'"):
        await page.evaluate(_source())
    found = await page.evaluate(RUN, [list(TAGS), list(exclude)])
    return [_line(violation) for violation in found]


def _line(violation: dict[str, Any]) -> str:
    places = "; ".join(_selector(node["target"]) for node in violation["nodes"])
    return f"{violation['impact']} {violation['id']}: {violation['help']} ({places})"


def _selector(target: list[str | list[str]]) -> str:
    """Return one selector; what lies in a shadow root comes as a list, host by host."""
    return " ".join(part if isinstance(part, str) else " >>> ".join(part) for part in target)
