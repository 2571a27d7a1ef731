"""No intent without words, and no answer that nobody can ask for."""

from pathlib import Path

import pytest

from bot.knowledge import FixedText, Knowledge, Texts
from bot.runtime.checks import all_problems
from bot.runtime.checks.examples import read_examples
from bot.runtime.checks.intents import intent_problems

ROOT = Path(__file__).resolve().parents[2]
TEXTS = Texts({"decline.cost": FixedText("Ask."), "chat.greet": FixedText("Hello.")})


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write(tmp_path, "answer/is_it_safe", "decline/cost", "chat/greet", "book")
    return tmp_path


def write(root: Path, *intents: str) -> None:
    folder = root / "data" / "nlu"
    folder.mkdir(parents=True, exist_ok=True)
    entries = "".join(f"- intent: {name}\n  examples: |\n    - hello\n" for name in intents)
    (folder / "examples.yml").write_text("nlu:\n" + entries)


def knowledge(*answers: str) -> Knowledge:
    return Knowledge({}, {}, dict.fromkeys(answers))  # type: ignore[arg-type]


def problems_of(root: Path, knows: Knowledge) -> list[str]:
    return intent_problems(read_examples(root / "data" / "nlu"), knows, TEXTS)


def test_what_fits_is_well(root: Path) -> None:
    assert problems_of(root, knowledge("is_it_safe")) == []


def test_an_answer_nobody_asks_for_is_named(root: Path) -> None:
    (problem,) = problems_of(root, knowledge("is_it_safe", "age"))
    assert problem.startswith("answer age: ")


@pytest.mark.parametrize("intent", ["answer/age", "decline/visas", "urgent/joint_infection"])
def test_an_intent_without_words_is_named_with_its_file(root: Path, intent: str) -> None:
    write(root, "answer/is_it_safe", intent)
    (problem,) = problems_of(root, knowledge("is_it_safe"))
    assert problem.startswith(f"examples.yml, line 7: the intent {intent} ")


@pytest.mark.slow
def test_the_projects_own_files_are_well() -> None:
    assert all_problems(ROOT) == []


def test_an_empty_project_names_everything_at_once(tmp_path: Path) -> None:
    problems = "\n".join(all_problems(tmp_path))
    for name in ("documents", "clinic.yml", "redflags.yml"):
        assert name in problems


@pytest.mark.slow
def test_a_clinics_own_words_must_fit_on_whatsapp(tmp_path: Path) -> None:
    (tmp_path / "data").symlink_to(ROOT / "data")
    own = 'texts: {whatsapp.more: "Read the rest of this answer"}'
    clinic = (ROOT / "clinic.yml").read_text(encoding="utf-8").replace("texts: {}", own)
    (tmp_path / "clinic.yml").write_text(clinic, encoding="utf-8")
    (problem,) = all_problems(tmp_path)
    assert problem == "text whatsapp.more: must have 1 to 20 characters, not 28"
