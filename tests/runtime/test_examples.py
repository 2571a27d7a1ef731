"""A mistake in the examples is named with file and line, and shared wording with both intents."""

from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError
from bot.runtime.checks.examples import Example, read_examples
from bot.runtime.checks.overlap import duplicates, overlaps

HEAD = "nlu:\n- intent: answer/a\n  examples: |\n    - is it safe\n"


def write(folder: Path, text: str) -> Path:
    (folder / "safety.yml").write_text(text)
    return folder


def test_every_example_knows_its_place(tmp_path: Path) -> None:
    write(tmp_path, f"{HEAD}\n- intent: book\n  examples: |\n    - book me in\n")
    assert read_examples(tmp_path) == [
        Example("answer/a", "is it safe", "safety.yml, line 4"),
        Example("book", "book me in", "safety.yml, line 8"),
    ]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("    no dash", "line 5: write"),
        ("    - my [knee](body_part)", "line 5: leave out the brackets"),
        ("  example: |", "line 5"),
    ],
)
def test_a_line_that_is_no_example_is_named(tmp_path: Path, line: str, says: str) -> None:
    with pytest.raises(KnowledgeError, match=f"safety.yml.*{says}"):
        read_examples(write(tmp_path, f"{HEAD}{line}\n"))


def test_what_is_no_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match=r"safety\.yml: .*line 2"):
        read_examples(write(tmp_path, "nlu: ["))


def examples(*pairs: tuple[str, str]) -> list[Example]:
    return [Example(i, text, f"f, line {n}") for n, (i, text) in enumerate(pairs, start=1)]


def test_the_same_words_for_two_intents_are_a_problem() -> None:
    told = list(duplicates(examples(("a", "Is it  safe"), ("b", "is it safe"), ("b", "is it"))))
    assert len(told) == 1
    assert told[0].startswith("f, line 2: ")
    assert "f, line 1" in told[0]


def test_nearly_the_same_words_are_worth_a_look() -> None:
    near = ("how long does the effect last", "how long does the good effect last")
    (told,) = overlaps(examples(("a", near[0]), ("b", near[1]), ("c", "who does the injection")))
    assert told.startswith("a and b share wording, 1 in all")
    assert overlaps(examples(("a", near[0]), ("a", near[1]))) == []
