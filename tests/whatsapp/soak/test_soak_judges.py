"""The judges of a run see what is lost, in disorder or doubled, each by what it looks at."""

from dataclasses import replace

import pytest

from bot.channels.whatsapp.keys import line_key, message_key
from tests.whatsapp.account import NUMBER_ID
from tests.whatsapp.graph_statuses import Accepted
from tests.whatsapp.phones import Written
from tests.whatsapp.soak.from_graph import by_graph
from tests.whatsapp.soak.judging import by_both, by_database, sent_twice
from tests.whatsapp.soak.kept import Delivery, Kept, Turn
from tests.whatsapp.soak.patients import Patient, people
from tests.whatsapp.soak.plan import Plan
from tests.whatsapp.soak.post import Sent
from tests.whatsapp.soak.questions import openings
from tests.whatsapp.soak.running import CLINIC_SECRET

[PAT] = people(1)
SAID = (("text", "Is it safe?"), ("tap", "hip"), ("text", "Is it permanent?"))
INTENTS = ("is_it_safe", "hip", "is_it_permanent")


def patient() -> Patient:
    sent = [
        Sent(PAT, Written(PAT, {"id": f"wamid.{place}", "timestamp": "1"}), place, kind, text)
        for place, (kind, text) in enumerate(SAID)
    ]
    return Patient(PAT, Plan(1).chance("any"), None, sent)


def key(place: int) -> str:
    return message_key(CLINIC_SECRET, NUMBER_ID, f"wamid.{place}")


def kept(doubts: int = 0) -> Kept:
    turns = {}
    for place, intent in enumerate(INTENTS):
        delivery = Delivery(f"ob-{place}", 2 * place + 2, "read", doubts)
        line = line_key(key(place))
        turns[line] = Turn(
            "c", 2 * place + 1, True, ((line, "1"),), ("answer",), (intent,), (1,), (delivery,)
        )
    deliveries = tuple(turn.deliveries[0] for turn in turns.values())
    return Kept(frozenset(key(place) for place in range(3)), turns, deliveries)


def accepted(*places: int) -> list[Accepted]:
    """What Graph accepted: replies by their places, in this order."""
    bodies = ("It is safe.", openings()["hip"], "It isn't permanent.")
    return [
        Accepted(
            {"type": "text", "text": {"body": bodies[place]}},
            f"wamid.from.{at}",
            f"ob-{place}",
            float(at),
            "1",
            "1",
            None,
        )
        for at, place in enumerate(places)
    ]


def changed(place: int, **changes: object) -> Kept:
    """What is kept, with one turn otherwise."""
    whole = kept()
    line = line_key(key(place))
    return replace(whole, turns=whole.turns | {line: replace(whole.turns[line], **changes)})


def test_a_good_run_is_good() -> None:
    got = accepted(0, 0, 1, 2)
    assert list(by_graph(patient(), got)) == []
    assert list(by_database(patient(), kept())) == []
    assert list(by_both(patient(), kept(), got)) == []
    assert sent_twice(kept(doubts=1), got, {"ob-0": 1.0}) == []


@pytest.mark.parametrize("places", [(0, 2), (0, 1), (1, 2)])
def test_a_reply_that_never_went_out_is_missed(places: tuple[int, ...]) -> None:
    assert list(by_graph(patient(), accepted(*places)))
    assert list(by_both(patient(), kept(), accepted(*places)))


@pytest.mark.parametrize("places", [(1, 0, 2), (0, 2, 1)])
def test_disorder_is_seen(places: tuple[int, ...]) -> None:
    assert list(by_graph(patient(), accepted(*places)))
    assert list(by_both(patient(), kept(), accepted(*places)))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(kept(), worked_on=frozenset()),
        replace(kept(), turns={}),
        changed(1, finished=False),
        changed(1, replies=()),
        changed(1, deliveries=()),
        changed(1, deliveries=(Delivery("ob-1", 4, "failed", 0),)),
        changed(1, intents=("is_it_safe",)),
        changed(0, seq=9),
        changed(1, lines=(("a", "2"), ("b", "1"))),
    ],
)
def test_what_is_wrong_in_the_database_is_seen(wrong: Kept) -> None:
    assert list(by_database(patient(), wrong))


def test_a_repeat_needs_a_doubt_and_no_status_before_it() -> None:
    got = accepted(0, 0, 1, 2)
    assert sent_twice(kept(doubts=0), got, {})
    assert sent_twice(kept(doubts=1), got, {"ob-0": 0.1})
    assert sent_twice(kept(doubts=1), accepted(0, 0, 0, 1, 2), {})
    assert sent_twice(replace(kept(), deliveries=()), got, {})
