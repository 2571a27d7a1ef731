"""Questions are collected once and cleaned, go with their conversation, and are decided once."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.conversation import AssistantUnavailable, Message
from bot.conversation.errors import StoreUnavailable
from bot.conversation.message import new_id
from bot.conversation.records import Reply
from bot.conversation.settling import settle_fixed
from bot.desk.questions.collecting import Collector, guess
from bot.store import SqlStore
from bot.store.desk import AuditEntry, DeskStore, deciding, questions
from bot.store.desk.question_records import AlreadyDecided, Asked, Decision, DecisionKind, Question
from tests.databases import at_once, said
from tests.staff import take_in
from tests.store.statements import noted

ENTRY = AuditEntry("s", "anna", "question.decided", "d")
AT = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def collector(store: SqlStore) -> Collector:
    return Collector(store.database, "GB", ZoneInfo("Europe/London"), ("(deleted)",), chunk=3)


def reply(kind: str, intent: str | None = "cost", confidence: float | None = 0.9) -> Message:
    return Message(new_id(), kind, "Words.", intent, confidence)  # type: ignore[arg-type]


async def tell(
    store: SqlStore,
    words: str,
    *replies: Message,
    key: str | None = None,
    channel: str = "widget",
    asked: str | None = None,
) -> str:
    """Let somebody write in a conversation of their own and be replied to; return its id."""
    conversation = await store.start(channel)
    settle = partial(settle_fixed, Reply(replies or (reply("decline"),)))
    await store.keep(conversation, said(words, key), settle=settle, asked=asked)
    return conversation


def decision(
    kind: DecisionKind = "noise", target: str | None = None, at: datetime = AT
) -> Decision:
    return Decision(new_id(), kind, target, (), "s", "Anna", at)


async def decide(store: SqlStore, these: list[int], made: Decision | None = None) -> Decision:
    made = made or decision()
    work = partial(deciding.decide, decision=made, these=these, entry=ENTRY)
    assert await store.database.write(work) == len(these)
    return made


async def kept(store: SqlStore) -> list[Question]:
    return await questions.open_questions(store.database)


async def texts(store: SqlStore) -> list[str]:
    return [one.text for one in await kept(store)]


@pytest.mark.parametrize(
    ("replies", "why", "intent"),
    [
        ((reply("decline"),), "declined", "decline/cost"),
        ((reply("decline", "unknown", 0.2),), "declined", None),
        ((reply("clarify", "unsure", 0.3),), "unsure", None),
        ((reply("answer", "is_it_safe", 0.79),), "unsure", "answer/is_it_safe"),
        ((reply("answer", "is_it_safe", 0.9), reply("decline")), "declined", "decline/cost"),
        ((reply("answer", "is_it_safe", 0.8),), None, None),
        ((reply("answer", "is_it_safe", None),), None, None),
        ((reply("smalltalk", "greet", 0.6),), None, None),
        ((reply("notice", "unavailable", None),), None, None),
        ((reply("urgent", "clot", 0.3),), None, None),
        ((reply("decline"), reply("urgent", "clot", 0.3)), None, None),
        ((reply("handoff", "person", 0.3),), None, None),
    ],
)
async def test_what_was_not_answered_well_is_collected_with_the_reason(
    store: SqlStore,
    collector: Collector,
    replies: tuple[Message, ...],
    why: str | None,
    intent: str | None,
) -> None:
    await tell(store, "what about it", *replies)
    await collector.collect()
    assert [(one.why, one.intent) for one in await kept(store)] == ([(why, intent)] if why else [])


async def test_each_is_collected_once_without_personal_data(
    store: SqlStore, collector: Collector
) -> None:
    for number in range(7):
        await tell(store, f"my name is Ada Hale, question {number}, ring 01632 960142")
    assert await collector.collect() == 7
    assert await collector.collect() == 0
    found = await kept(store)
    assert [one.text for one in found] == [
        f"my name is [name], question {number}, ring [number]" for number in range(7)
    ]
    assert found[0].day == datetime.now(ZoneInfo("Europe/London")).date()
    assert (found[0].channel, found[0].language, found[0].confidence) == ("widget", "en", 0.9)


async def test_it_goes_on_where_it_stopped(store: SqlStore, collector: Collector) -> None:
    for number in range(8):
        await tell(store, f"question {number}")
    assert [await collector.collect(1) for _ in range(4)] == [3, 0, 0, 0]
    # Within the overlap the same few would be read for ever, were it not read whole.
    assert await collector.collect() == 5


@pytest.mark.parametrize(
    ("words", "asked", "channel"),
    [
        ("Is it permanent?", "ask:is_it_permanent", "widget"),
        ("Tell me more", "more", "whatsapp"),
        ("(deleted)", None, "whatsapp"),
        ("what does it cost", None, "terminal"),
        ("12345 ...", None, "widget"),
        ("👍", None, "whatsapp"),
    ],
)
async def test_what_is_no_question_of_a_patient_is_left_out(
    store: SqlStore, collector: Collector, words: str, asked: str | None, channel: str
) -> None:
    await tell(store, words, channel=channel, asked=asked)
    assert await collector.collect() == 0


async def test_several_lines_are_one_question_without_what_was_tapped(
    store: SqlStore, collector: Collector
) -> None:
    await tell(
        store, "x", asked="what does it cost\nask:is_it_safe\nfor a knee", channel="whatsapp"
    )
    await collector.collect()
    assert await texts(store) == ["what does it cost\nfor a knee"]


async def test_what_staff_answered_is_left_out(store: SqlStore, collector: Collector) -> None:
    conversation = await store.start("widget")
    await take_in(store, conversation)
    await store.keep(conversation, said("what does it cost"), settle=at_once(reply("decline")))
    assert await collector.collect() == 0


async def test_a_mark_that_comes_later_is_the_reason(store: SqlStore, collector: Collector) -> None:
    sure, unsure = reply("answer", "is_it_safe", 0.95), reply("answer", "is_it_safe", 0.5)
    first = await tell(store, "is it dangerous", sure)
    second = await tell(store, "does it harm", unsure)
    assert await collector.collect() == 1
    await store.rate(first, sure.id, False, "not my question")
    await store.rate(second, unsure.id, False, None)
    assert await collector.collect() == 1
    assert {one.text: one.why for one in await kept(store)} == {
        "is it dangerous": "unhelpful",
        "does it harm": "unhelpful",
    }


async def test_open_questions_go_with_their_conversation_and_examples_stay(
    store: SqlStore, collector: Collector
) -> None:
    erased = await tell(store, "what does it cost")
    await tell(store, "can I fly")
    decided = await tell(store, "is it a cure")
    await collector.collect()
    await decide(store, [3])
    await store.forget(erased)
    await store.forget(decided)
    assert await texts(store) == ["can I fly"]
    [one] = await deciding.newest_decisions(store.database, 0, 9)
    assert (one.texts, one.asked) == (("is it a cure",), 0)
    later = datetime.now(UTC) + timedelta(days=1)
    await store.forget_some(later)
    assert await texts(store) == []


async def test_no_word_of_an_erased_question_is_left_on_the_disk(
    store: SqlStore, collector: Collector, tmp_path: Path
) -> None:
    erased = await tell(store, "a secret symptom?")
    await collector.collect()
    await store.forget(erased)
    for path in (tmp_path / "candor.db", tmp_path / "candor.db-wal"):
        assert not path.exists() or b"secret symptom" not in path.read_bytes()


async def test_what_a_patient_takes_back_is_no_question(
    store: SqlStore, collector: Collector
) -> None:
    first = await tell(store, "what does it cost", key="k")
    await collector.collect()
    await store.retract(first, "k", "(deleted)")
    second = await tell(store, "my secret", key="k")
    await store.retract(second, "k", "(deleted)")
    await collector.collect()
    assert await texts(store) == []


async def test_a_question_deleted_while_it_was_read_is_not_kept(store: SqlStore) -> None:
    conversation = await tell(store, "what does it cost")

    class Slow(Collector):
        __slots__ = ()

        def _questions(self, some: Sequence[Asked]) -> list[tuple[Asked, Question]]:
            gone = {"c": conversation}
            with store.database.writer.begin() as connection:
                connection.execute(text("DELETE FROM conversations WHERE id = :c"), gone)
            return super()._questions(some)

    assert await Slow(store.database, "GB", ZoneInfo("UTC")).collect() == 0


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
