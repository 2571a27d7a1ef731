"""The passages that speak about the question come first; a missing file says what to do."""

import json
from pathlib import Path

import pytest

from engine.gates import Topic
from engine.passages import (
    PassagesError,
    learn_passages,
    passages_from_arrays,
    read_passages,
    read_topics,
    topics_from_array,
    topics_to_array,
)
from engine.sentences import Encoder

PASSAGES = [
    ("a#last/1", "a#last", "How long it lasts", "Results last one to three years for many."),
    ("a#safe/1", "a#safe", "Safety", "It is considered safe when it is done properly."),
    ("a#safe/2", "a#safe", "Safety", "Infections are rare under sterile conditions."),
]


def write(path: Path, passages: object) -> Path:
    path.write_text(json.dumps({"passages": passages}))
    return path


def test_the_passage_that_answers_comes_first(encoder: Encoder, tmp_path: Path) -> None:
    names = ("id", "section", "heading", "text")
    path = write(
        tmp_path / "p.json", [dict(zip(names, passage, strict=True)) for passage in PASSAGES]
    )
    passages = learn_passages(read_passages(path), encoder.encode)
    restored = passages_from_arrays(passages.to_arrays())
    found = restored.nearest(encoder.encode_one("for how many years does it work"))
    assert found.keys() == {"a#last", "a#safe"}
    assert found["a#last"] > found["a#safe"]


def test_a_missing_file_says_to_train(tmp_path: Path) -> None:
    with pytest.raises(PassagesError, match=r"passages\.json is missing: run `make train`"):
        read_passages(tmp_path / "passages.json")


@pytest.mark.parametrize("content", ["", "[]", '{"passages": [{"id": "x"}]}', '{"passages": 3}'])
def test_a_broken_file_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / "passages.json").write_text(content)
    with pytest.raises(PassagesError, match=r"passages\.json does not hold the passages"):
        read_passages(tmp_path / "passages.json")


def test_what_answers_cite_first_is_read_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text('{"passages": [], "answers": {"safe": {"section": "a#safe", "strict": true}}}')
    topics = read_topics(path)
    assert topics == {"safe": Topic("a#safe", strict=True)}
    assert topics_from_array(topics_to_array(topics)) == topics


def test_no_passage_at_all_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(PassagesError, match="no passage"):
        read_passages(write(tmp_path / "passages.json", []))
