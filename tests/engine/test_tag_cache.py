"""What the examples name is found once, and again when what finds it has changed."""

from pathlib import Path

from engine.tag_cache import tags_cached


def test_only_new_texts_are_looked_at(tmp_path: Path) -> None:
    path, seen = tmp_path / "tags.json", []

    def find(text: str) -> frozenset[str]:
        seen.append(text)
        return frozenset(text.split())

    assert tags_cached(["a b", "c"], find, "one", path) == [frozenset("ab"), frozenset("c")]
    assert tags_cached(["c", "d", "a b"], find, "one", path)[1:] == [
        frozenset("d"),
        frozenset("ab"),
    ]
    assert seen == ["a b", "c", "d"]
    tags_cached(["c"], find, "two", path)
    assert seen[3:] == ["c"]


def test_the_file_holds_no_text_and_survives_damage(tmp_path: Path) -> None:
    path = tmp_path / "tags.json"
    tags_cached(["my old knee"], lambda _: frozenset({"age:covered"}), "one", path)
    assert "knee" not in path.read_text()
    path.write_text(path.read_text()[:30])
    again = tags_cached(["my old knee"], lambda _: frozenset({"new"}), "one", path)
    assert again == [frozenset({"new"})]
