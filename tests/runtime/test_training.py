"""What training needs is looked at before it begins."""

from pathlib import Path

import pytest

from bot.runtime.paths import Paths
from bot.runtime.steps import StepFailed
from bot.runtime.training import refuse_unusable


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    paths = Paths(tmp_path)
    paths.engine_python.parent.mkdir(parents=True)
    paths.engine_python.touch()
    for name in ("config.yml", "domain.yml"):
        (tmp_path / name).write_text("version: '3.1'\n")
    return paths


def test_what_is_there_passes(paths: Paths) -> None:
    refuse_unusable(paths)


@pytest.mark.parametrize("name", ["config.yml", "domain.yml"])
@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"pipeline: [\n", "not YAML at line 2"),
        (b"a: b: c", "not YAML at line 1"),
        (b"\xff\x00", "not YAML"),
        (b"", "no entries"),
        (b"- a", "no entries"),
    ],
)
def test_a_file_that_does_not_load_is_one_clear_line(
    paths: Paths, name: str, content: bytes, says: str
) -> None:
    (paths.root / name).write_bytes(content)
    with pytest.raises(StepFailed, match=f"{name} doesn't load: .*{says}") as caught:
        refuse_unusable(paths)
    assert "\n" not in str(caught.value)


def test_what_is_missing_is_named(paths: Paths) -> None:
    (paths.root / "domain.yml").unlink()
    with pytest.raises(StepFailed, match=r"domain\.yml is missing"):
        refuse_unusable(paths)
    paths.engine_python.unlink()
    with pytest.raises(StepFailed, match="make setup"):
        refuse_unusable(paths)
