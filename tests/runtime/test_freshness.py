"""A model is used only when it is whole and made from the files as they are."""

import io
import json
import tarfile
from pathlib import Path

import pytest

from bot.runtime.freshness import file_digest, inputs_digest, is_fresh
from bot.runtime.paths import Paths
from bot.runtime.training import is_whole


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project whose model is fresh."""
    for name in (
        "config.yml",
        "domain.yml",
        "data/nlu/how-long.yml",
        "engine/components/rank.py",
        "engine/words.py",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    paths = Paths(tmp_path)
    paths.model.parent.mkdir()
    write_archive(paths.model)
    facts = {"inputs": inputs_digest(tmp_path), "archive": file_digest(paths.model)}
    paths.model_facts.write_text(json.dumps(facts))
    return tmp_path


def write_archive(path: Path) -> None:
    with tarfile.open(path, "w:gz") as archive:
        info = tarfile.TarInfo("components/train.bin")
        info.size = 200_000
        archive.addfile(info, io.BytesIO(bytes(range(256)) * 782))


def test_unchanged_is_fresh(root: Path) -> None:
    assert is_fresh(root)


@pytest.mark.parametrize(
    "name",
    [
        "config.yml",
        "domain.yml",
        "data/nlu/how-long.yml",
        "engine/components/rank.py",
        "engine/words.py",
    ],
)
def test_a_changed_input_makes_it_stale(root: Path, name: str) -> None:
    (root / name).write_text("changed")
    assert not is_fresh(root)


def test_a_new_or_renamed_input_makes_it_stale(root: Path) -> None:
    (root / "data/nlu/how-long.yml").rename(root / "data/nlu/duration.yml")
    assert not is_fresh(root)


def test_what_python_leaves_behind_changes_nothing(root: Path) -> None:
    cache = root / "engine/components/__pycache__"
    cache.mkdir()
    (cache / "rank.cpython-310.pyc").write_bytes(b"1")
    assert is_fresh(root)


def test_a_half_written_model_is_not_fresh(root: Path) -> None:
    model = Paths(root).model
    model.write_bytes(model.read_bytes()[:-20])
    assert not is_fresh(root)


@pytest.mark.parametrize("facts", ["", "[]", "{}", '{"archive": 1, "inputs": 2}', "\x00"])
def test_unreadable_facts_are_not_fresh(root: Path, facts: str) -> None:
    Paths(root).model_facts.write_text(facts)
    assert not is_fresh(root)


def test_no_model_is_not_fresh(root: Path) -> None:
    Paths(root).model.unlink()
    assert not is_fresh(root)


def test_only_an_archive_that_unpacks_is_whole(root: Path) -> None:
    model = Paths(root).model
    whole = model.read_bytes()
    assert is_whole(model)
    for damaged in (b"", b"no archive", whole[: len(whole) // 2], whole[:-8] + b"12345678"):
        model.write_bytes(damaged)
        assert not is_whole(model)
    model.unlink()
    assert not is_whole(model)
