"""The clinic's own documents: every section that answers cite, and every fact stated."""

from pathlib import Path

import pytest
import yaml

from bot.knowledge import Knowledge, load_knowledge
from bot.knowledge.passages import plain

ROOT = Path(__file__).parents[2]
SECTIONS = {
    "permanence": (
        "what-it-is meaning-of-permanent permanent-or-temporary factors condition-and-severity "
        "age-and-health cell-source-and-quality technique-and-expertise aftercare-and-lifestyle "
        "how-long-it-lasts wearing-off repeat-treatment versus-temporary-treatments "
        "what-to-expect first-six-weeks months-2-to-6 months-6-to-24 disease-progression "
        "conditions-lasting-longer conditions-temporary permanent-cure-claims long-term-safety "
        "making-results-last realistic-expectations worth-it conclusion references"
    ),
    "knee-timeline": (
        "in-short treatment-process days-1-3 weeks-1-2 weeks-3-6 months-1-3 months-3-6 "
        "months-6-12 severity age-and-health cell-type aftercare"
    ),
}


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge(ROOT)


@pytest.mark.parametrize("slug", SECTIONS)
def test_section_ids_are_kept(knowledge: Knowledge, slug: str) -> None:
    assert [one.anchor for one in knowledge.documents[slug].sections] == SECTIONS[slug].split()


def test_every_fact_is_stated_in_its_section(knowledge: Knowledge) -> None:
    facts = yaml.safe_load((ROOT / "data/facts.yml").read_text())
    assert len(facts) > 200
    missing = [
        (fact["id"], phrase)
        for fact in facts
        for phrase in fact["stated"]
        if plain(phrase).lower() not in _section(knowledge, fact)
    ]
    assert not missing


def test_every_section_is_stated_as_facts(knowledge: Knowledge) -> None:
    facts = yaml.safe_load((ROOT / "data/facts.yml").read_text())
    assert {f"{one['document']}#{one['section']}" for one in facts} == set(knowledge.sections)


def test_every_section_is_quoted_by_an_answer(knowledge: Knowledge) -> None:
    replies = [
        reply for one in knowledge.answers.values() for reply in (one.general, one.knee) if reply
    ]
    assert {section for reply in replies for section in reply.sections} == set(knowledge.sections)


def test_the_five_studies_are_named_with_links(knowledge: Knowledge) -> None:
    studies = knowledge.documents["permanence"].studies
    assert len(studies) == 5
    assert all(study.title and study.url.startswith("https://") for study in studies)


def test_there_are_answers_enough(knowledge: Knowledge) -> None:
    assert len(knowledge.answers) >= 45


def _section(knowledge: Knowledge, fact: dict[str, str]) -> str:
    section = knowledge.sections[f"{fact['document']}#{fact['section']}"]
    return plain(f"{section.heading} {section.markdown}").lower()
