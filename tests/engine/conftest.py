"""What the engine's tests share: the project's root, the reader and the encoder, each made once."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from engine.lexicon import make_reader, read, read_lexicon
from engine.naming import find_entities
from engine.sentences import Encoder, shared_encoder

ROOT = Path(__file__).parents[2]
SUNDAY = date(2026, 11, 22)


@pytest.fixture(scope="session")
def entities() -> Callable[[str], list[dict[str, Any]]]:
    names = read_lexicon(ROOT / "data" / "lexicon")
    nlp = make_reader(names)
    return lambda text: find_entities(read(nlp, text), names, SUNDAY)


@pytest.fixture(scope="session")
def encoder() -> Encoder:
    return shared_encoder()
