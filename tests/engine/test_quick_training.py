"""The quick ways of putting examples together give what Rasa's own ways give."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from rasa.engine.training.hooks import TrainingHook
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data import loading
from rasa.shared.nlu.training_data.formats import RasaYAMLReader
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from tarsafe import TarSafe

from engine.quick_training import use_quick_training

PATCHED = (
    (loading, "load_data"),
    (TrainingData, "merge"),
    (TrainingData, "sanitize_examples"),
    (TrainingData, "validate"),
    (RasaYAMLReader, "validate"),
    (Message, "fingerprint"),
    (TrainingHook, "on_before_node"),
    (TrainingHook, "on_after_node"),
)


@pytest.fixture
def quick() -> Iterator[None]:
    kept = [(owner, name, vars(owner)[name]) for owner, name in PATCHED]
    use_quick_training()
    yield
    for owner, name, value in kept:
        setattr(owner, name, value)
    del TarSafe.gzopen  # it had none of its own


def examples() -> list[Message]:
    texts = [("is it safe", " safe "), ("does it hurt", "hurts"), ("is it safe", "safe")]
    return [Message.build(text, intent) for text, intent in texts]


def merged() -> list[tuple[str, str]]:
    one = TrainingData(examples(), entity_synonyms={"jab": "injection"})
    both = one.merge(TrainingData(examples()[1:]), None, TrainingData(responses={"a": []}))
    assert (both.entity_synonyms, both.responses) == ({"jab": "injection"}, {"a": []})
    return [(m.get(TEXT), m.get(INTENT)) for m in both.training_examples]


def test_rasas_own_way_is_the_measure() -> None:
    assert merged() == [("is it safe", "safe"), ("does it hurt", "hurts")]


def test_the_quick_way_gives_the_same(quick: None) -> None:
    assert merged() == [("is it safe", "safe"), ("does it hurt", "hurts")]


def test_what_is_changed_is_another_example(quick: None) -> None:
    one, other = Message.build("is it safe", "safe"), Message.build("is it safe", "safe")
    assert one == other
    other.set(INTENT, "hurts")
    assert one != other


def test_an_archive_is_written_and_read(quick: None, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("numbers")
    with TarSafe.open(tmp_path / "a.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "a.txt", "a.txt")
    with TarSafe.open(tmp_path / "a.tar.gz") as archive:
        assert archive.extractfile("a.txt").read() == b"numbers"
