"""A claim of cure, guarantee or approval doesn't get into what patients read unnoticed."""

from pathlib import Path

import pytest

from bot.knowledge import FixedText, Texts, load_knowledge
from bot.runtime.checks.claims import claim_problems
from bot.runtime.texts import fixed_texts
from bot.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
KNOWLEDGE = load_knowledge(ROOT)
CLAIMS = ROOT / "data" / "claims.yml"


def told(text: str) -> list[str]:
    problems = claim_problems(CLAIMS, KNOWLEDGE, Texts({"chat.x": FixedText(text)}))
    return [line for line in problems if line.startswith("text chat.x")]


@pytest.mark.parametrize(
    "claim",
    [
        "It cures arthritis.",
        "We guarantee results.",
        "The treatment is FDA approved.",
        "It is completely safe.",
        "There are no side effects.",
        "Clinically proven to rebuild cartilage.",
        "We promise you relief.",
        "It works 100% of the time.",
    ],
)
def test_a_claim_is_found(claim: str) -> None:
    (line,) = told(f"Hello. {claim} Goodbye.")
    assert claim in line


@pytest.mark.parametrize(
    "text",
    ["Ring the clinic.", "This is a secure page.", "Stem cell treatment isn't a miracle cure."],
)
def test_what_claims_nothing_is_let_through(text: str) -> None:
    assert told(text) == []


def test_our_own_documents_answers_and_texts_claim_nothing() -> None:
    assert claim_problems(CLAIMS, KNOWLEDGE, fixed_texts(load_settings(ROOT, {}))) == []


def test_a_warning_that_no_longer_stands_anywhere_is_named(tmp_path: Path) -> None:
    stale = tmp_path / "claims.yml"
    stale.write_text(CLAIMS.read_text() + '  - "This sentence is gone"\n')
    assert [line for line in claim_problems(stale, KNOWLEDGE, Texts({})) if "is gone" in line]
