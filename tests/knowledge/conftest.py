"""A tiny clinic's files, to be broken one at a time."""

from pathlib import Path

import pytest

DOCUMENT = """---
title: Does it last?
language: en
reviewed: 2026-01-31
based_on: A guide
---

## Is it permanent? {#permanent}

It can last for years, but not always. Results depend on:

- age
- health

## How long? {#long}

One to three years.
"""

ANSWERS = """
topic: {title: "How long it lasts", place: 1}
is_it_permanent:
  question: Is it permanent?
  short: Permanent?
  says:
  - section: short#permanent
    quote: It can last for years, but not always.
  next: [how_long]
how_long:
  question: How long does it last?
  short: How long?
  says:
  - section: short#long
    quote: One to three years.
  - section: short#permanent
    quote: |-
      Results depend on:
      - age
      - health
  next: [is_it_permanent]
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Return the root of a project with one document and two answers."""
    (tmp_path / "data/documents").mkdir(parents=True)
    (tmp_path / "data/answers").mkdir()
    (tmp_path / "data/documents/short.md").write_text(DOCUMENT)
    (tmp_path / "data/answers/answers.yml").write_text(ANSWERS)
    return tmp_path
