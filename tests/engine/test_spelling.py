"""Typos are repaired to words that patients use; words, names and medicines are left alone."""

import pytest

from engine.spelling import Spelling, learn_spelling, spelling_from_arrays

EXAMPLES = [
    *["is the treatment permanent"] * 9,
    *["will my knee hurt"] * 99,
    *["when can I book an appointment"] * 9,
]
# None of these is in the lexicon or in an example.
UNKNOWN = """
stelara rinvoq skyrizi taltz otezla xolair dupixent orencia kineret actemra simponi cimzia arava
benlysta zeposia aubagio tysabri ocrevus copaxone lemtrada gilenya trulance linzess amitiza
belsomra lunesta rozerem savella topamax keppra lamictal depakote tegretol dilantin vimpat
zonegran fycompa xcopri briviact sabril banzel onfi entresto corlanor multaq tikosyn ranexa
accutane sarcoidosis vasculitis myositis polymyalgia behcet sjogren hashimoto huntington
friedreich charcot gaucher fabry
"""


@pytest.fixture(scope="module")
def spelling() -> Spelling:
    documents = ["Stem cells are injected into the affected joint, with accurate guidance."]
    return learn_spelling(EXAMPLES, documents, ["cortisone", "arthiritis"])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("is it permenant", "is it permanent"),
        ("tretment for my knne", "treatment for my knee"),
        ("apointmnet pls", "appointment pls"),
        ("Permanant?", "permanent?"),
        ("INJECETD", "injected"),
        ("is it permanent", "is it permanent"),
    ],
)
def test_typos_become_what_was_meant(spelling: Spelling, typed: str, meant: str) -> None:
    assert spelling.repair(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "my friend Jointe said so",  # a name
        "arthiritis",  # the lexicon knows it as it is
        "a chess match",  # a word, though no example has it
        "joints2",
        "kn",
        "Knees-up",
        "isn't",
        "",
    ],
)
def test_what_is_no_typo_is_left_alone(spelling: Spelling, text: str) -> None:
    assert spelling.repair(text) == text


@pytest.mark.parametrize("name", UNKNOWN.split())
def test_an_unknown_medicine_or_disease_never_becomes_a_word(spelling: Spelling, name: str) -> None:
    assert spelling.repair(f"does it help {name}") == f"does it help {name}"


def test_it_is_kept_with_the_model(spelling: Spelling) -> None:
    restored = spelling_from_arrays(spelling.to_arrays())
    assert (restored.right, restored.known) == (spelling.right, spelling.known)
