"""Messages taken apart: questions told from stories, and stories cut to what they ask."""

import re
from random import Random

import pytest

from engine.parts import LONG, gist, parts_of, split_parts


def asked(text: str) -> list[str]:
    return [part.text for part in parts_of(text, split_parts(text)) if part.asks]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("is it safe and how long does it last", ["is it safe", "how long does it last"]),
        ("How much is it? And does it hurt?", ["How much is it?", "And does it hurt?"]),
        ("Does it hurt, will I need crutches", ["Does it hurt", "will I need crutches"]),
        (
            "how long does it last\nwhat does it cost",
            ["how long does it last", "what does it cost"],
        ),
        ("is it safe", []),
        ("My knee was done in May. Is it normal to be sore?", []),
        ("what are the risks and benefits", []),
        ("I had 2.5 ml on Monday. Dr. Lee said rest. Will it last?", []),
    ],
)
def test_questions_are_told_apart(text: str, questions: list[str]) -> None:
    assert asked(text) == questions


def test_every_sentence_is_read() -> None:
    story = "My knee was done in May. It is hot. Is it normal to be sore?"
    assert [part.text for part in parts_of(story, split_parts(story))] == [
        "My knee was done in May.",
        "It is hot.",
        "Is it normal to be sore?",
    ]


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("My mum is 80.", False),
        ("Is she too old", True),
        ("I wonder whether it lasts", True),
        ("would like to know about results", True),
        ("want to know if it lasts", True),
        ("hi, can it help", True),
        ("it still hurts?", True),
    ],
)
def test_what_asks_is_known(text: str, asks: bool) -> None:
    assert split_parts(text)[0].asks is asks


def test_a_long_story_is_read_for_its_question() -> None:
    story = "We drove to the coast with the dog and the weather was fine all day. " * 12
    read = gist(f"How long do results last? {story}")
    assert "How long do results last?" in read
    assert len(read.split()) <= LONG


PIECES = [
    "is it safe?",
    "my knee hurts.",
    "and",
    "how long",
    "\n",
    "...",
    "?",
    "or",
    "  ",
    "\u2026",
    "it",
]


@pytest.mark.parametrize("seed", range(50))
def test_no_word_is_lost(seed: int) -> None:
    chosen = Random(seed)  # noqa: S311 - not a secret
    text = " ".join(chosen.choices(PIECES, k=chosen.randrange(1, 12)))
    kept = " ".join(part.text for part in split_parts(text))
    assert words(kept) == words(text)


def words(text: str) -> list[str]:
    return [word for word in re.findall(r"[a-z]+", text) if word not in ("and", "or")]


@pytest.mark.parametrize(
    "text", ["?", "...", "\n", " and ", "how?and?or?", "\u2026\u2026", "a" * 5000]
)
def test_odd_texts_break_nothing(text: str) -> None:
    assert split_parts(text)
    assert isinstance(gist(text), str)
