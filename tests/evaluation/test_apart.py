"""Questions that measure are written apart: none of them is an example that was learnt from."""

import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml

from bot.evaluation import read_labelled
from tests.web.clinic_site import knowledge

ROOT = Path(__file__).parents[2]
SETS = sorted(path.stem for path in (ROOT / "tests/evaluation").glob("*.jsonl"))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.casefold()))


@cache
def _examples() -> set[str]:
    files = (ROOT / "data/nlu").glob("*.yml")
    entries = (
        entry for path in files for entry in yaml.load(path.read_text(), yaml.CSafeLoader)["nlu"]
    )
    return {_words(line) for entry in entries for line in entry["examples"].splitlines()}


@pytest.mark.parametrize("name", SETS)
def test_no_question_was_learnt_from(name: str) -> None:
    lines = (ROOT / f"tests/evaluation/{name}.jsonl").read_text().splitlines()
    learnt = _examples()
    assert not [
        json.loads(line)["text"] for line in lines if _words(json.loads(line)["text"]) in learnt
    ]


@pytest.mark.parametrize("name", SETS)
def test_labels_name_sections_that_exist(name: str) -> None:
    questions = read_labelled((ROOT / f"tests/evaluation/{name}.jsonl").read_text().splitlines())
    assert len({question.id for question in questions}) == len(questions)
    sections = knowledge().sections.keys()
    assert all(question.sections <= sections for question in questions)
