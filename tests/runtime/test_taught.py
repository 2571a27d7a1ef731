"""Decisions become examples: the newer one counts, and what can't be learnt is said."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.questions import labelled
from bot.evaluation.questions import read_labelled
from bot.runtime import taught
from bot.runtime.checks.examples import Example, read_examples
from bot.runtime.freshness import inputs_digest
from bot.runtime.taught import as_example, as_file, taught_by
from bot.store.desk.question_records import Decided, Decision, DecisionKind, Quoted
from tests.web.clinic_site import knowledge

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
EXAMPLES = [
    Example("answer/is_it_permanent", "Is it for keeps?", "how-long.yml, line 4"),
    Example("answer/is_it_safe", "is it dangerous", "safety.yml, line 4"),
    Example("decline/cost", "price please", "not-covered.yml, line 5"),
]
SAYS = knowledge().answers["is_it_permanent"].general.says


def decided(
    kind: DecisionKind,
    target: str | None,
    *texts: str,
    days: int = 0,
    quotes: tuple[Quoted, ...] = (),
) -> Decided:
    at = AT + timedelta(days=days)
    return Decided(Decision(f"d{days}" * 16, kind, target, quotes, "s", "Anna", at), texts)


def quoted(last: int = 99) -> tuple[Quoted, ...]:
    return tuple(Quoted(one.section, one.first, min(one.last, last), one.text) for one in SAYS)


def test_each_kind_teaches_its_intent_and_noise_teaches_nothing() -> None:
    found = taught_by(
        [
            decided("answer", "is_it_safe", "Any harm in [name]?", "any  harm"),
            decided("not_ours", "cost", "what's the damage"),
            decided("passage", None, "will it stay", quotes=quoted()),
            decided("noise", None, "asdf jkl"),
        ],
        knowledge(),
        EXAMPLES,
    )
    assert found.intents == {
        "Any harm in ?": "answer/is_it_safe",
        "any harm": "answer/is_it_safe",
        "what's the damage": "decline/cost",
        "will it stay": "answer/is_it_permanent",
    }
    assert found.left_out == []


def test_the_newer_decision_counts_and_the_older_is_told_of() -> None:
    found = taught_by(
        [
            decided("answer", "is_it_safe", "any harm"),
            decided("not_ours", "cost", "Any harm!", days=1),
        ],
        knowledge(),
        EXAMPLES,
    )
    assert found.intents == {"Any harm!": "decline/cost"}
    assert found.left_out == [
        "the decision of 2 Mar 2026, 09:00 UTC by Anna is overruled by the one of"
        " 3 Mar 2026, 09:00 UTC about the same words"
    ]


@pytest.mark.parametrize(
    ("one", "says"),
    [
        (decided("answer", "gone", "any harm"), "names the answer `gone`, which no longer exists"),
        (decided("passage", None, "any harm", quotes=quoted(1)), "waits for an answer"),
        (decided("not_ours", "travel", "any harm"), "decline/travel, for which data/nlu has no"),
        (
            decided("not_ours", "cost", "Is it DANGEROUS?"),
            "says decline/cost where safety.yml, line 4 says answer/is_it_safe of the same words",
        ),
    ],
)
def test_what_cannot_be_learnt_is_told_without_a_patients_words(one: Decided, says: str) -> None:
    found = taught_by([one], knowledge(), EXAMPLES)
    assert found.intents == {}
    [line] = found.left_out
    assert says in line
    assert "harm" not in line


def test_what_the_files_say_already_is_not_said_twice() -> None:
    found = taught_by([decided("not_ours", "cost", "Price, please!")], knowledge(), EXAMPLES)
    assert (found.intents, found.left_out) == ({}, [])


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("my name is [name], is it safe", "is it safe"),
        ("Hi [name],\ndoes it last?\nthanks, [name]", "does it last? thanks,"),
        ("did [name] swim", "did swim"),
        ("[name]: [number]", ":"),
        ("/start - is it [safe](x)", "start - is it safe x"),
    ],
)
def test_what_stands_around_a_name_is_not_learnt(text: str, line: str) -> None:
    assert as_example(text) == line


@given(st.lists(st.text(max_size=40), max_size=5))
def test_whatever_was_written_makes_a_file_that_can_be_read(texts: list[str]) -> None:
    found = taught_by([decided("not_ours", "cost", *texts)], knowledge(), [])
    lines = [as_example(text) for text in texts if as_example(text)]
    content = as_file(dict.fromkeys(lines, "decline/cost"))
    assert found.intents == {}
    if content:
        [entry] = yaml.safe_load(content)["nlu"]
        assert entry["intent"] == "decline/cost"
        assert sorted(entry["examples"].splitlines()) == sorted({f"- {line}" for line in lines})


def test_the_file_is_read_as_examples_are(tmp_path: Path) -> None:
    texts = {"[x](y) what does: it #cost": "decline/cost", "- / is it safe": "answer/is_it_safe"}
    intents = {as_example(text): intent for text, intent in texts.items()}
    (tmp_path / "from-desk.yml").write_text(as_file(intents))
    read = {(example.intent, example.text) for example in read_examples(tmp_path)}
    assert read == {
        ("decline/cost", "x y what does: it #cost"),
        ("answer/is_it_safe", "is it safe"),
    }


def test_a_new_decision_makes_the_model_stale_and_undoing_makes_it_fresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nlu = tmp_path / "data" / "nlu"
    nlu.mkdir(parents=True)
    (nlu / "a.yml").write_text("nlu:\n- intent: decline/cost\n  examples: |\n    - price please\n")
    made = [decided("not_ours", "cost", "what's the damage")]
    monkeypatch.setattr(taught, "decided_in", lambda _: made)
    monkeypatch.setattr(taught, "load_knowledge", lambda _: knowledge())
    fresh = inputs_digest(tmp_path)
    assert taught.untaught(tmp_path) == (True, [])
    assert taught.write_taught(tmp_path) == []
    stale = inputs_digest(tmp_path)
    assert stale != fresh
    assert taught.untaught(tmp_path) == (False, [])
    made.clear()
    assert taught.untaught(tmp_path)[0]
    taught.write_taught(tmp_path)
    assert inputs_digest(tmp_path) == fresh


def test_what_is_exported_can_be_evaluated() -> None:
    lines = [
        json.dumps(one)
        for one in labelled(
            [
                decided("answer", "is_it_permanent", "will it stay", "for good?"),
                decided("answer", "gone", "any harm"),
                decided("passage", None, "why so", quotes=quoted(1), days=1),
                decided("not_ours", "cost", "the damage?", days=2),
                decided("noise", None, "asdf"),
            ],
            knowledge(),
        )
    ]
    read = read_labelled(lines, knowledge().sections)
    assert [(one.text, one.expect) for one in read] == [
        ("will it stay", "answer"),
        ("for good?", "answer"),
        ("why so", "answer"),
        ("the damage?", "decline"),
    ]
    assert read[2].sections == {one.section for one in SAYS}
    assert read[3].sections == frozenset()
    assert len({one.id for one in read}) == 4
