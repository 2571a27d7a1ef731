"""Charts are drawn elsewhere, once, and can be read without colour or sight."""

import ast
import asyncio
import re
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bot.desk.reports import drawing
from bot.desk.reports.drawing import CannotDraw, Drawings

ROOT = Path(__file__).parents[2]
SVG = "{http://www.w3.org/2000/svg}"
NASTY = '<b>"Is it & permanent?"</b>'
PLANS = {
    "columns": {
        "kind": "columns", "title": NASTY, "about": NASTY, "width": 9.4, "height": 2.5,
        "labels": ["1 Nov", "2 Nov"], "values": [3, 0], "before": [1, 2], "name": "this period",
        "before_name": "the period before",
    },
    "numbers": {
        "kind": "columns", "title": "t", "about": "a", "width": 3.5, "height": 2.1, "name": "n",
        "labels": ["<1"], "values": [1234], "numbers": True,
    },
    "parts": {
        "kind": "parts", "title": "t", "about": "a", "width": 4.7,
        "rows": [["Answered", 30], ["Asked back", 5], ["Declined", 0], ["Urgent", 1]],
    },
    "nothing": {
        "kind": "parts", "title": "t", "about": "a", "width": 4.7,
        "rows": [["Answered", 0], ["Asked back", 0]],
    },
    "bars": {"kind": "bars", "title": "t", "about": "a", "width": 4.7, "rows": [[NASTY, 12]]},
    "none": {"kind": "bars", "title": "t", "about": "a", "width": 4.7, "rows": []},
}  # fmt: skip


@pytest.mark.slow
async def test_every_chart_is_a_picture_with_words() -> None:
    drawings = Drawings()
    drawn, again = await asyncio.gather(drawings.of(PLANS), drawings.of(dict(PLANS)))
    assert drawn is again
    assert drawn.keys() == PLANS.keys()
    for name, svg in drawn.items():
        tree = ElementTree.fromstring(svg)  # noqa: S314 - our own
        assert tree.findtext(f"{SVG}title") == PLANS[name]["title"]
        assert tree.findtext(f"{SVG}desc") == PLANS[name]["about"]
        # Every colour is a name that the page's style gives a meaning to, light and dark.
        assert not re.search(r"#[0-9a-f]{6}", svg.replace("#000000", "")), name
    words = {name: "".join(ElementTree.fromstring(svg).itertext()) for name, svg in drawn.items()}  # noqa: S314
    assert "2 Nov" in words["columns"]
    assert "the period before" in words["columns"]
    assert "1,234" in words["numbers"]
    assert "83%" in words["parts"]
    assert "Is it & permanent" in words["bars"]
    assert drawn["parts"].count("<pattern") >= 2


async def test_what_cannot_be_drawn_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    drawings, broken, good = Drawings(), tmp_path / "broken.py", tmp_path / "good.py"
    broken.write_text("raise SystemExit('no room left')")
    good.write_text("print('{}')")
    monkeypatch.setattr(drawing, "SCRIPT", broken)
    with pytest.raises(CannotDraw):
        await drawings.of({})
    assert "no room left" in caplog.text
    monkeypatch.setattr(drawing, "SCRIPT", good)
    assert await drawings.of({}) == {}


@pytest.mark.slow
def test_the_site_never_loads_what_draws() -> None:
    for path in sorted((ROOT / "bot").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom | ast.Import):
                assert "reports.charts" not in ast.unparse(node), path
