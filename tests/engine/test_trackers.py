"""The engine keeps nothing of a turn: its memory comes with it and goes back with it."""

import asyncio
from functools import cache

import pytest
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActiveLoop, SlotSet
from rasa.utils.endpoints import EndpointConfig

from engine.trackers import TurnMemory, TurnTrackers

pytestmark = pytest.mark.filterwarnings("ignore:Slot auto-fill")  # Rasa says so of any slot

SLOT = {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}


@cache
def domain() -> Domain:
    slots = {name: dict(SLOT) for name in ("joint", "misses")}
    forms = {"a_form": {"required_slots": ["joint"]}}
    return Domain.from_dict({"version": "3.1", "slots": slots, "forms": forms})


def trackers() -> TurnTrackers:
    return TurnTrackers(domain())


async def turn(store: TurnTrackers, memory: dict[str, object], **changes: object) -> list[str]:
    """Work on one turn that changes slots; return the events that it began with."""
    with TurnMemory(memory):
        tracker = await store.get_or_create_tracker("a")
        begun = [event.type_name for event in tracker.events]
        await asyncio.sleep(0)
        for name, value in changes.items():
            tracker.update(SlotSet(name, value), domain())
        await store.save(tracker)
    return begun


async def test_a_turn_begins_with_its_memory_and_leaves_it_changed() -> None:
    memory: dict[str, object] = {"joint": "knee", "misses": 1}
    begun = await turn(trackers(), memory, misses=0, joint=None)
    assert begun == ["session_started", "slot", "slot", "action"]
    assert memory == {"misses": 0}


async def test_nothing_is_kept_from_turn_to_turn() -> None:
    store = trackers()
    await turn(store, {}, joint="knee")
    memory: dict[str, object] = {}
    assert await turn(store, memory) == ["session_started", "action"]
    assert memory == {}
    assert list(await store.keys()) == []


async def test_what_is_no_slot_any_more_is_forgotten() -> None:
    memory: dict[str, object] = {"of an older version": 1, "joint": "hip"}
    await turn(trackers(), memory)
    assert memory == {"joint": "hip"}


async def test_a_form_that_waits_comes_back_with_the_memory_until_it_ends() -> None:
    store, memory = trackers(), {"joint": "hip"}
    for loop, left in (
        ("a_form", {"joint": "hip", "active_loop": "a_form"}),
        (None, {"joint": "hip"}),
    ):
        with TurnMemory(memory):
            tracker = await store.get_or_create_tracker("a")
            assert tracker.active_loop_name == (None if loop else "a_form")
            tracker.update(ActiveLoop(loop), domain())
            await store.save(tracker)
        assert memory == left


async def test_a_form_of_an_older_version_is_forgotten() -> None:
    memory: dict[str, object] = {"active_loop": "no_form_any_more"}
    assert await turn(trackers(), memory) == ["session_started", "action"]
    assert memory == {}


async def test_turns_at_the_same_time_do_not_meet() -> None:
    store = trackers()
    memories = [{"joint": "knee"}, {"joint": "hip"}, {}]
    await asyncio.gather(*(turn(store, memory, misses=n) for n, memory in enumerate(memories)))
    assert memories == [
        {"joint": "knee", "misses": 0},
        {"joint": "hip", "misses": 1},
        {"misses": 2},
    ]


async def test_without_a_memory_it_remembers_as_any_store() -> None:
    store = trackers()
    tracker = await store.get_or_create_tracker("shell")
    tracker.update(SlotSet("joint", "knee"), domain())
    await store.save(tracker)
    again = await store.retrieve("shell")
    assert again is not None
    assert again.get_slot("joint") == "knee"


def test_rasa_makes_it_from_the_endpoints_file() -> None:
    store = TrackerStore.create(EndpointConfig(type="engine.trackers.TurnTrackers"), domain())
    assert isinstance(store, TurnTrackers)
