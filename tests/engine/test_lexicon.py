"""What a message names, by its canonical name, and whether the documents speak about it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

from engine.lexicon import LexiconError, read_lexicon

Entities = Callable[[str], list[dict[str, Any]]]
KINDS = {
    "body_part", "condition", "treatment", "cell_source", "medicine", "habit", "place",
    "idiom",
}  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "hand over all that money",
        "may I put my feet up",
        "another band-aid",
        "it cost an arm and a leg",
        "I nearly had a heart attack when I saw the bill",
        "play it by ear",
    ],
)
def test_a_figure_of_speech_names_nothing(entities: Entities, text: str) -> None:
    assert {entity["entity"] for entity in entities(text)} == {"idiom"}


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("does it help your hands", "hand"),
        ("arthritis on my feet", "foot"),
        ("elbow to hand", "hand"),
    ],
)
def test_words_that_mean_a_part_of_the_body_name_it(
    entities: Entities, text: str, part: str
) -> None:
    assert part in [entity["value"] for entity in entities(text)]


@pytest.mark.parametrize(
    ("text", "entity", "value", "covered"),
    [
        ("both my KNEES ache", "body_part", "knee", True),
        ("my rotator cuff", "body_part", "shoulder", True),
        ("golfer\u2019s elbow", "condition", "tennis elbow", True),
        ("it's bone on bone", "condition", "end-stage arthritis", True),
        ("osteoarthiritis", "condition", "osteoarthritis", True),
        ("diabetics", "condition", "diabetes", True),
        ("my dad has Parkinson's disease", "condition", "parkinson's disease", False),
        ("PRP or this", "treatment", "prp", False),
        ("hyaluronic acid injections", "treatment", "hyaluronic acid", False),
        ("cortisone shots", "treatment", "steroid injection", True),
        ("my own cells", "cell_source", "own cells", True),
        ("a donor's", "cell_source", "donor cells", True),
        ("taken from adipose tissue", "cell_source", "fat", True),
        ("spare me a metal knee", "treatment", "joint replacement", True),
        ("will it help my metal knee", "condition", "metal implant", False),
        ("I smoke", "habit", "smoking", True),
        ("on Warfarin", "medicine", "warfarin", False),
        ("Nurofen ok?", "medicine", "ibuprofen", False),
        ("do you have a clinic in Delhi", "place", "delhi", False),
        ("flying in from the US", "place", "usa", False),
    ],
)
def test_named_things(
    entities: Entities, text: str, entity: str, value: str, covered: bool
) -> None:
    found = [(e["entity"], e["value"], e["covered"]) for e in entities(text)]
    assert (entity, value, covered) in found


@pytest.mark.parametrize("text", ["the pain came back", "call me back", "it helps us", "thank you"])
def test_everyday_words_name_nothing_else(entities: Entities, text: str) -> None:
    assert {e["entity"] for e in entities(text)} <= {"condition"}


def test_an_entity_tells_where_it_stands(entities: Entities) -> None:
    (found,) = entities("is my knee too far gone")
    assert "is my knee too far gone"[found["start"] : found["end"]] == "knee"


def test_every_file_holds_one_known_kind_and_no_alias_twice_in_it() -> None:
    names = read_lexicon(ROOT / "data" / "lexicon")
    assert {name.entity for name in names.values()} == KINDS
    assert len(names) > 1500


def test_a_broken_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.yml").write_text("covered: [knee]")
    with pytest.raises(LexiconError, match=r"broken\.yml"):
        read_lexicon(tmp_path)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("entity: x\ncovered:\n  knee: [kne]\n  hip:\n  - kne\n", r"a\.yml, line 5: 'kne' stands"),
        ("entity: x\ncovered:\n  knee: [\n", r"a\.yml, line \d"),
        ("entity: x\ncovered: [knee]\n", r"a\.yml is not a lexicon: it needs"),
        ("covered:\n  knee: [kne]\n", r"a\.yml is not a lexicon: it needs"),
    ],
)
def test_a_mistake_is_named_with_its_line(tmp_path: Path, content: str, says: str) -> None:
    (tmp_path / "a.yml").write_text(content)
    with pytest.raises(LexiconError, match=says):
        read_lexicon(tmp_path)


def test_the_longest_name_is_the_one_meant(entities: Entities) -> None:
    found = [(e["entity"], e["value"]) for e in entities("a hip replacement for my left hip")]
    assert found == [("treatment", "joint replacement"), ("body_part", "hip")]


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LexiconError, match="no lexicon"):
        read_lexicon(tmp_path)
