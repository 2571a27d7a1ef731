"""What was decided about questions is kept once, known from then on, and taken back whole."""

import asyncio
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest

from bot.conversation import AssistantUnavailable
from bot.conversation.errors import StoreUnavailable
from bot.desk.questions.collecting import Collector, guess
from bot.store import SqlStore
from bot.store.desk import DeskStore, deciding, questions
from bot.store.desk.question_records import AlreadyDecided
from tests.store.asked_questions import AT, ENTRY, decide, decision, kept, tell, texts
from tests.store.statements import noted


async def test_words_that_were_decided_are_known_from_then_on(
    store: SqlStore, collector: Collector
) -> None:
    await tell(store, "What does it cost?")
    await collector.collect()
    made = await decide(store, [1], decision("not_ours", "cost"))
    await tell(store, "what does it cost")
    await tell(store, "can I fly")
    assert await collector.collect() == 1
    assert await texts(store) == ["can I fly"]
    [one] = await deciding.newest_decisions(store.database, 0, 9)
    assert one.asked == 2
    assert await store.database.write(partial(deciding.undo, decision_id=made.id, entry=ENTRY))
    assert len(await kept(store)) == 3


async def test_a_decision_keeps_each_wording_once_and_undoing_takes_all_back(
    store: SqlStore, collector: Collector
) -> None:
    for words in ("Is it safe?", "is it safe", "any danger"):
        await tell(store, words)
    await collector.collect()
    made = await decide(store, [1, 2, 3])
    [one] = await deciding.newest_decisions(store.database, 0, 9)
    assert (one.decision, one.texts, one.asked) == (made, ("Is it safe?", "any danger"), 3)
    counted = await questions.counts(store.database)
    assert (counted.questions, counted.decisions) == (0, 1)
    undo = partial(deciding.undo, decision_id=made.id, entry=ENTRY)
    assert await store.database.write(undo)
    assert not await store.database.write(undo)
    assert len(await kept(store)) == 3
    audited = await DeskStore(store.database).audited(None, 9)
    assert len(audited) == 2


async def test_of_two_who_decide_at_once_one_learns_who_was_quicker(
    store: SqlStore, collector: Collector
) -> None:
    for words in ("Is it safe?", "any danger"):
        await tell(store, words)
    await collector.collect()
    made = [decision("noise"), decision("not_ours", "cost")]
    works = [partial(deciding.decide, decision=one, these=[1, 2], entry=ENTRY) for one in made]
    done = await asyncio.gather(*map(store.database.write, works), return_exceptions=True)
    assert done[0] == 2
    assert isinstance(done[1], AlreadyDecided)
    assert done[1].decision == made[0]
    assert len(await DeskStore(store.database).audited(None, 9)) == 1
    nothing = partial(deciding.decide, decision=decision(), these=[77], entry=ENTRY)
    assert await store.database.write(nothing) == 0


async def test_guesses_are_asked_for_once_and_later_when_nobody_answers(
    store: SqlStore, collector: Collector
) -> None:
    await tell(store, "is it dear")
    await collector.collect()
    asked: list[str] = []

    async def away(_: str) -> dict[str, object]:
        raise AssistantUnavailable("starting")

    async def understand(words: str) -> dict[str, object]:
        asked.append(words)
        names = ("urgent/other", "decline/cost", "answer/worth_it", "chat/greet", "answer/x")
        chances = (0.5, 0.41, 0.2, 0.1, 0.01)
        ranking = [
            {"intent": name, "confidence": chance}
            for name, chance in zip(names, chances, strict=True)
        ]
        return {"understanding": {"ranking": ranking}}

    assert await guess(store.database, away) == 0
    assert await guess(store.database, understand) == 1
    assert await guess(store.database, understand) == 0
    assert asked == ["is it dear"]
    [one] = await kept(store)
    assert one.guesses == (("decline/cost", 0.41), ("answer/worth_it", 0.2))


async def test_decisions_are_read_for_training_without_touching_the_database(
    store: SqlStore, collector: Collector, tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/candor.db"
    await tell(store, "what does it cost")
    await tell(store, "can I fly")
    await collector.collect()
    later = await decide(store, [1], decision("not_ours", "cost", AT + timedelta(days=1)))
    sooner = await decide(store, [2])
    assert [one.decision.id for one in deciding.all_decisions(url)] == [sooner.id, later.id]
    assert deciding.all_decisions(f"sqlite:///{tmp_path}/missing.db") == []
    assert not (tmp_path / "missing.db").exists()
    (tmp_path / "empty.db").touch()
    assert deciding.all_decisions(f"sqlite:///{tmp_path}/empty.db") == []
    (tmp_path / "broken.db").write_text("no database " * 100)
    with pytest.raises(StoreUnavailable, match="can't be read"):
        deciding.all_decisions(f"sqlite:///{tmp_path}/broken.db")


async def test_what_is_new_is_found_by_indexes(store: SqlStore, collector: Collector) -> None:
    await tell(store, "what does it cost")
    with noted(store) as statements:
        await collector.collect()
        await kept(store)
    plans = []
    with store.database.writer.connect() as connection:
        for statement, parameters in statements:
            if statement.startswith("SELECT"):
                plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans += [row.detail for row in plan]
    whole = [step for step in plans if step.startswith("SCAN")]
    assert all(step.split()[1] in ("some", "desk_questions", "CONSTANT") for step in whole), whole
    assert any("turns_finished_at_id" in step for step in plans)
    assert any("feedback_at" in step for step in plans)
