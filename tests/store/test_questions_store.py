"""Questions are collected once and cleaned, and go with their conversation."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from bot.conversation import Message
from bot.desk.questions.collecting import Collector
from bot.store import SqlStore
from bot.store.desk import deciding
from bot.store.desk.question_records import Asked, Question
from tests.databases import at_once, said
from tests.staff import take_in
from tests.store.asked_questions import decide, kept, reply, tell, texts


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
