"""Documents and answers are read whole, and everything wrong is named at once."""

import json
from pathlib import Path

import pytest

from bot.knowledge import KnowledgeError, compile_passages, load_knowledge


def test_quotes_are_found_as_passages(files: Path) -> None:
    knowledge = load_knowledge(files)
    said = knowledge.answers["how_long"].general.says
    assert [(one.section, one.first, one.last) for one in said] == [
        ("short#long", 1, 1),
        ("short#permanent", 2, 2),
    ]
    assert said[1].text == "Results depend on:\n- age\n- health"
    assert knowledge.answers["how_long"].general.sections == ("short#long", "short#permanent")


def test_compiled_file_has_every_passage(files: Path, tmp_path: Path) -> None:
    compile_passages(load_knowledge(files), tmp_path / "build/passages.json")
    passages = json.loads((tmp_path / "build/passages.json").read_text())["passages"]
    assert [one["id"] for one in passages] == [
        "short#permanent/1",
        "short#permanent/2",
        "short#long/1",
    ]


BROKEN_ANSWERS = [
    ("One to three years.", "One to four years.", "not word for word in short#long"),
    ("It can last for years, but not always.", "It can last for years", "quote whole sentences"),
    ("[how_long]", "[gone]", "names `gone`, which is no answer"),
    ("section: short#long", "section: short#gone", "needs a known `section`"),
    ("short: How long?", "short: How long does this last for", "1 to 20 characters"),
    ("question: How long does it last?", f"question: How long {'x' * 64}?", "more than 72 char"),
    ("short: How long?", "short: How?\n  booking: maybe", "`booking` must be one of"),
    ("  question: How long does it last?\n", "", "`question` is missing"),
    ("how_long:\n", "is_it_permanent:\n", "`is_it_permanent` is written twice"),
    ("how_long:\n", "how_long: [\n", "answers.yml:"),
    ('topic: {title: "How long it lasts", place: 1}\n', "", "answers.yml: `topic` is missing"),
    ('title: "How long it lasts", ', "", "answers.yml: `topic` needs a `title`"),
    ('"How long it lasts"', '" "', "answers.yml: `topic` needs a `title`"),
    ("{title", "{titel", "answers.yml: `topic` needs a `title`"),
    ('{title: "How long it lasts", place: 1}', "How long", "`topic` needs a `title`"),
    ("place: 1", "place: first", "the `place` of its `topic` must be a number"),
    (", place: 1", "", "the `place` of its `topic` must be a number"),
]


@pytest.mark.parametrize(("old", "new", "problem"), BROKEN_ANSWERS)
def test_a_broken_answer_is_named(files: Path, old: str, new: str, problem: str) -> None:
    _replace(files / "data/answers/answers.yml", old, new)
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(files)
    assert any(problem in line for line in caught.value.problems), caught.value.problems


BROKEN_DOCUMENTS = [
    ("---\ntitle", "title", "front matter"),
    ("reviewed: 2026-01-31\n", "", "lacks `reviewed`"),
    ("reviewed: 2026-01-31", "reviewed: lately", "must be a date"),
    ("{#long}", "{#permanent}", "used twice"),
    ("One to three years.\n", "", "is empty"),
    ("title: Does it last?", "title: [", "is not YAML"),
    (" {#long}", "", "lacks its {#id}"),
]


@pytest.mark.parametrize(("old", "new", "problem"), BROKEN_DOCUMENTS)
def test_a_broken_document_is_named(files: Path, old: str, new: str, problem: str) -> None:
    _replace(files / "data/documents/short.md", old, new)
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(files)
    assert any(problem in line for line in caught.value.problems), caught.value.problems


def test_topics_stand_in_their_places_with_their_answers(files: Path) -> None:
    first = (
        'topic: {title: "Before", place: 0}\nis_it_safe:\n  question: Is it safe?\n  short: Safe?\n'
        "  says:\n  - section: short#long\n    quote: One to three years.\n"
    )
    (files / "data/answers/zebra.yml").write_text(first)
    topics = load_knowledge(files).by_topic()
    assert [
        (topic.id, topic.title, [one.id for one in answers]) for topic, answers in topics.items()
    ] == [
        ("zebra", "Before", ["is_it_safe"]),
        ("answers", "How long it lasts", ["is_it_permanent", "how_long"]),
    ]


def test_all_problems_are_told_together(files: Path) -> None:
    path = files / "data/answers/answers.yml"
    _replace(path, "One to three years.", "Ten years.")
    _replace(path, "but not always", "always")
    with pytest.raises(KnowledgeError) as caught:
        load_knowledge(files)
    assert len(caught.value.problems) == 2


def test_a_reply_of_too_many_words_is_refused(files: Path) -> None:
    long = " ".join(["word"] * 121) + "."
    _replace(files / "data/documents/short.md", "One to three years.", long)
    _replace(files / "data/answers/answers.yml", "One to three years.", long)
    with pytest.raises(KnowledgeError, match="more than 120 words"):
        load_knowledge(files)


def _replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
