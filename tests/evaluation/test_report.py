"""The report says how sure its figures are, and what each wrong reply came from."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.conversation.message import Citation, Kind, Message
from bot.evaluation import Labelled, Scored, Tally, write_report
from bot.evaluation.curves import calibration_error, operating, reliability
from bot.evaluation.interval import interval
from bot.evaluation.released import drops, read_released, write_released

LASTS, SAFE = "permanence#how-long-it-lasts", "permanence#long-term-safety"
RIGHT, WRONG = "answerable: right section first", "any question: answered with a wrong passage"


def scored(id_: str, expect: str, kind: Kind, cited: str = "", confidence: float = 0.9) -> Scored:
    sections = frozenset({LASTS}) if expect == "answer" else frozenset()
    citations = (Citation("permanence", cited, "", "", ""),) if cited else ()
    message = Message("m", kind, "", confidence=confidence, citations=citations)
    return Scored(Labelled(id_, f"question {id_}", expect, frozenset(), sections), message)


SCORED = [
    scored("right", "answer", "answer", LASTS, 0.95),
    scored("wrong", "answer", "answer", SAFE, 0.7),
    scored("no", "decline", "decline", confidence=0.9),
    scored("slip", "decline", "answer", SAFE, 0.8),
]


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(46, 50, 0.812, 0.968), (0, 10, 0.0, 0.278), (10, 10, 0.722, 1.0), (0, 0, 0.0, 1.0)],
)
def test_the_interval_is_wilsons(hits: int, total: int, low: float, high: float) -> None:
    assert interval(hits, total) == pytest.approx((low, high), abs=0.001)


@given(st.integers(1, 500), st.data())
def test_the_share_lies_in_its_interval(total: int, data: st.DataObject) -> None:
    hits = data.draw(st.integers(0, total))
    low, high = interval(hits, total)
    assert 0 <= low <= hits / total + 1e-9
    assert hits / total - 1e-9 <= high <= 1


def test_a_stricter_gate_answers_less_and_slips_less() -> None:
    points = operating(SCORED)
    assert (points[0].answered, points[0].declined) == (0.5, 0.5)
    assert (points[-1].answered, points[-1].declined) == (0.0, 1.0)
    assert all(a.answered >= b.answered for a, b in itertools.pairwise(points))


def test_confidence_is_held_against_the_truth() -> None:
    bins = reliability(SCORED)
    assert sum(one.count for one in bins) == len(SCORED)
    assert bins[0].right == 0.0
    assert calibration_error(bins) == pytest.approx((0.7 + 0.8 + 0.1 + 0.05) / 4)


def test_the_page_explains_every_miss(tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    write_report(SCORED, "set.jsonl", page, {"wrong": "read as <this>", "slip": "because"})
    text = page.read_text()
    assert text.count("<svg") == 2
    assert "read as &lt;this&gt;" in text
    assert "because" in text
    assert "question right" not in text
    assert "95 % interval" in text


def test_a_figure_below_the_release_is_named(tmp_path: Path) -> None:
    path = tmp_path / "released.json"
    write_released(path, "one", [Tally(RIGHT, 90, 100), Tally(WRONG, 3, 100), Tally("none", 0, 0)])
    write_released(path, "two", [Tally(RIGHT, 5, 10)])
    released = read_released(path)
    assert released["two"] == {RIGHT: 5}
    assert drops(released["one"], [Tally(RIGHT, 88, 100), Tally(WRONG, 5, 100)]) == []
    worse = drops(released["one"], [Tally(RIGHT, 87, 100), Tally(WRONG, 6, 100)])
    assert [line.split(":")[0] for line in worse] == ["answerable", "any question"]
    assert len(drops(released["one"], [])) == 2
