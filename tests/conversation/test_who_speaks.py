"""Who speaks, on the real database, whatever staff and patients do in whatever order, and when the
application dies in between: never two speakers, never silence beyond a bound, never a loop, and
always a way to a person.
"""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule
from hypothesis.stateful import run_state_machine_as_test as run

from bot.conversation import Conversations, Entry, HeldBy, Holding, NotHeld, Person
from bot.conversation.holding import ANSWER, LEASE, WAIT
from bot.conversation.message import Kind
from bot.store import SqlStore, open_store
from tests.conversation.conversation_fakes import Echo, conversations_of, say
from tests.databases import url_of
from tests.staff import person

STAFF = tuple(person(name) for name in ("Ada", "Ben", "Cleo"))
# The application looks after conversations this often.
LOOK = timedelta(seconds=5)
SECONDS = (1, 30, 60, 110, 130, 300, 700, 9000)
WORDS = ("hello", "person", "chest pain")
KINDS: dict[str, Kind] = {"person": "handoff"}


@dataclass
class Clock:
    at: datetime

    def now(self, zone: Any = UTC) -> datetime:  # noqa: ANN401
        return self.at


class WhoSpeaks(RuleBasedStateMachine):
    """One conversation, three of staff, a patient, and an application that may die."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = TemporaryDirectory()
        self.clock = Clock(datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
        self.patches = [
            patch(f"bot.{module}.datetime", self.clock)
            for module in ("store.holdings", "store.turns", "conversation.serving")
        ]
        for one in self.patches:
            one.start()
        self.spoke: list[Person] = []
        self.start()
        self.conversation = self.do(self.conversations.start("widget"))

    def start(self) -> None:
        async def opened() -> tuple[SqlStore, Conversations]:
            store = await open_store(url_of(Path(self.folder.name)))
            assistant = Echo()
            assistant.replies = lambda text: [say(text, KINDS.get(text, "answer"))]
            conversations = conversations_of(store, assistant)
            await conversations.resume()
            return store, conversations

        self.store, self.conversations = self.do(opened())

    def do[T](self, work: Coroutine[Any, Any, T]) -> T:
        return self.loop.run_until_complete(work)

    def holding(self) -> Holding:
        return self.do(self.conversations.state(self.conversation)).holding

    def entries(self) -> list[Entry]:
        return self.do(self.conversations.transcript(self.conversation))

    @property
    def at(self) -> datetime:
        return self.clock.at

    @rule(words=st.sampled_from(WORDS))
    def patient_writes(self, words: str) -> None:
        before = self.holding().holder
        turn = self.do(self.conversations.receive(self.conversation, words))
        said = self.do(self.conversations.finished(turn, timeout=5))
        kinds = [entry.message.kind for entry in said]
        after = self.holding()
        if words == "chest pain":
            assert kinds == ["urgent"]
            assert after.urgent is not None
        elif before == "staff":
            assert (kinds, after.holder) == ([], "staff")
        else:
            assert kinds == ["handoff" if words == "person" else "answer"]
            # Whatever was before: whoever asks for a person is on the list.
            assert words != "person" or after.holder == "waiting"
        assert after.closed is None

    @rule(who=st.sampled_from(STAFF))
    def take(self, who: Person) -> None:
        if self._unless_others(who, self.conversations.take(self.conversation, who)):
            assert self.holding().person == who

    @rule(left=st.sampled_from(STAFF), right=st.sampled_from(STAFF))
    def two_take_at_once(self, left: Person, right: Person) -> None:
        async def both() -> list[object]:
            takes = [self.conversations.take(self.conversation, who) for who in (left, right)]
            return list(await asyncio.gather(*takes, return_exceptions=True))

        outcomes = self.do(both())
        lost = [outcome for outcome in outcomes if isinstance(outcome, HeldBy)]
        holder = self.holding().person
        assert holder is not None
        assert all(one.name == holder.name for one in lost)
        if left != right:
            assert lost

    @rule(who=st.sampled_from(STAFF))
    def speak(self, who: Person) -> None:
        words = self.conversations.speak(self.conversation, who, "Good morning.")
        if self._unless_others(who, words):
            last = self.entries()[-1]
            assert (last.author, last.name) == ("staff", who.name)
            assert self.holding().unanswered is None

    @rule(who=st.sampled_from(STAFF))
    def renew(self, who: Person) -> None:
        self._only_by_holder(who, self.conversations.renew(self.conversation, who))

    @rule(who=st.sampled_from(STAFF))
    def hand_back(self, who: Person) -> None:
        if self._only_by_holder(who, self.conversations.hand_back(self.conversation, who)):
            assert self.holding().holder == "bot"

    @rule(who=st.sampled_from(STAFF))
    def close(self, who: Person) -> None:
        if self._unless_others(who, self.conversations.end(self.conversation, who)):
            assert (self.holding().holder, self.holding().closed) == ("bot", self.at)

    @rule(seconds=st.sampled_from(SECONDS))
    def time_passes(self, seconds: int) -> None:
        before = self.holding()
        self.clock.at += timedelta(seconds=seconds)
        self.do(self.conversations.look_after())
        after = self.holding()
        last = self.entries()[-1].message.intent if self.entries() else None
        if before.holder == "staff" and after.holder != "staff":
            assert last == ("desk/left" if before.unanswered is None else "desk/left_waiting")
        if before.holder == "waiting" and after.told and not before.told:
            assert last == "desk/still_waiting"

    @rule(seconds=st.sampled_from(SECONDS))
    def patient_asks_for_a_person_and_waits(self, seconds: int) -> None:
        self.patient_writes("person")
        self.time_passes(seconds)

    @rule(minutes=st.integers(1, 15), words=st.sampled_from(WORDS))
    def whoever_has_it_looks_on(self, minutes: int, words: str) -> None:
        """The holder has the page open, and says nothing to what the patient writes."""
        self.patient_writes(words)
        for _ in range(2 * minutes):
            holder = self.holding().person
            if holder is None:
                break
            self.clock.at += timedelta(seconds=30)
            self.renew(holder)
            self.nobody_is_left_in_silence()

    @rule()
    def time_passes_for_a_moment(self) -> None:
        """Nobody looks after it before the next thing happens."""
        self.clock.at += LEASE / 3

    @rule(words=st.sampled_from(WORDS))
    def dies_and_comes_back(self, words: str) -> None:
        """The application is gone while it works, and comes back after a while."""

        async def cut_off() -> None:
            work = asyncio.create_task(self.conversations.receive(self.conversation, words))
            await asyncio.sleep(0)
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)
            await self.conversations.close(grace=0)
            await self.store.close()

        self.do(cut_off())
        self.clock.at += timedelta(seconds=20)
        self.start()

        for _ in range(1000):
            if self.do(self.store.next_turn(self.conversation)) is None:
                return
            self.do(asyncio.sleep(0.001))
        raise AssertionError("what was kept is not finished")

    @precondition(lambda self: self.holding().holder == "waiting")
    @rule(who=st.sampled_from(STAFF))
    def whoever_waits_can_be_served(self, who: Person) -> None:
        self.do(self.conversations.take(self.conversation, who))

    @invariant()
    def one_speaks(self) -> None:
        now = self.holding()
        assert (now.holder == "staff") == (now.person is not None) == (now.until is not None)
        assert now.holder == "bot" or now.closed is None

    @invariant()
    def nobody_is_left_in_silence(self) -> None:
        """Once looked after, an answer or word of its absence is there within the bounds."""
        self.do(self.conversations.look_after())
        now = self.holding()
        if now.holder == "staff":
            assert now.until is not None
            assert now.until > self.at
            assert now.unanswered is None or self.at < now.unanswered + ANSWER
        if now.holder == "waiting":
            assert now.told or self.at < now.since + WAIT

    @invariant()
    def nothing_goes_round_in_a_circle(self) -> None:
        """Without anything happening nothing more is ever said."""
        self.do(self.conversations.look_after())
        before = len(self.entries())
        assert self.do(self.conversations.look_after()) == 0
        assert len(self.entries()) == before

    @invariant()
    def numbers_have_no_gaps(self) -> None:
        entries = self.entries()
        assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))

    def teardown(self) -> None:
        async def closed() -> None:
            await self.conversations.close(grace=0)
            await self.store.close()

        self.do(closed())
        self.loop.close()
        for one in self.patches:
            one.stop()
        self.folder.cleanup()

    def _unless_others(self, who: Person, work: Coroutine[Any, Any, object]) -> bool:
        """Do what only somebody else's holding may keep a person from; tell whether it was done."""
        others, lost = self._served_by_other(who), None
        try:
            self.do(work)
        except HeldBy as error:
            lost = error.name
        assert lost == others
        return lost is None

    def _served_by_other(self, who: Person) -> str | None:
        now = self.holding()
        if now.person is None or now.person == who or now.until is None or now.until <= self.at:
            return None
        return now.person.name

    def _only_by_holder(self, who: Person, work: Coroutine[Any, Any, None]) -> bool:
        now = self.holding()
        holds = now.person == who and now.until is not None and now.until > self.at
        try:
            self.do(work)
        except (HeldBy, NotHeld):
            assert not holds
            return False
        assert holds
        return True


@pytest.mark.slow
def test_who_speaks_is_never_in_doubt() -> None:
    run(
        WhoSpeaks,
        settings=settings(
            max_examples=30,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow],
        ),
    )
