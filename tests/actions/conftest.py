"""The clinic's real documents and texts, and messages as the engine understands them."""

from functools import cache
from pathlib import Path

import pytest

from actions.context import Context
from bot.knowledge import load_knowledge, load_texts

ROOT = Path(__file__).parents[2]
FACTS = {
    name: f"<{name}>"
    for name in (
        "clinic",
        "phone",
        "email",
        "address",
        "hours",
        "emergency",
        "crisis_line",
        "regulator",
        "regulator_url",
        "privacy_url",
        "booking_label",
        "keep_days",
        "limit",
    )
}


@cache
def real_context() -> Context:
    """Return the context of the real knowledge, with facts that are easy to recognise."""
    return Context(
        knowledge=load_knowledge(ROOT),
        texts=load_texts(ROOT / "data/texts.yml", FACTS, {}),
        public_url="https://clinic.example",
        booking_url=lambda message_id: f"https://clinic.example/book/{message_id}",
    )


@pytest.fixture(scope="session")
def context() -> Context:
    """Return the context of the real knowledge."""
    return real_context()
