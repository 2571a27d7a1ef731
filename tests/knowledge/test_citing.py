"""Quotations are traced back to where they stand, in one way for every page and message."""

from pathlib import Path

from bot.knowledge import Quote, by_section, load_knowledge, named_sources, passages_path

LIST = Quote("short#permanent", 2, 2, "Results depend on:\n- age\n- health")
FIRST = Quote("short#permanent", 1, 1, "It can last for years, but not always.")
LONG = Quote("short#long", 1, 1, "One to three years.")


def test_the_passages_of_a_section_are_highlighted_together() -> None:
    sections = by_section([LIST, LONG, FIRST])
    assert [passages_path(quotes) for quotes in sections.values()] == [
        "/learn/short?mark=permanent.2-2&mark=permanent.1-1#permanent",
        "/learn/short?mark=long.1-1#long",
    ]


def test_each_document_and_section_is_named_once(files: Path) -> None:
    named = named_sources(load_knowledge(files), [LIST, LONG, FIRST])
    assert named == "Does it last? (“Is it permanent?”, “How long?”)"
