"""Judges a run: what was lost, answered out of order, or sent twice without need.

By Graph's memory and what patients wrote alone, by the database alone, and by one against the
other. Each finding is a line; a run without any is a good one.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise

from tests.whatsapp.graph_server import GraphServer
from tests.whatsapp.graph_statuses import Accepted
from tests.whatsapp.soak.from_graph import by_graph, firsts
from tests.whatsapp.soak.kept import Kept, Turn
from tests.whatsapp.soak.patients import Patient
from tests.whatsapp.soak.post import Sent
from tests.whatsapp.soak.questions import EMERGENCIES, TEXTS

ARRIVED = ("accepted", "sent", "delivered", "read")
# A status and a request may cross on their way; so much apart they surely didn't.
CROSSING = 0.25


def judged(
    patients: Sequence[Patient], kept: Kept, graph: GraphServer, told: Mapping[str, float]
) -> list[str]:
    """Return a line for everything that was wrong.

    `told` is when the first status of each reply was acknowledged by the application.
    """
    wrong: list[str] = []
    for patient in patients:
        got = graph.to(patient.phone.number or patient.phone.user_id or "")
        wrong += [f"by Graph's memory: {line}" for line in by_graph(patient, got)]
        wrong += [f"by the database: {line}" for line in by_database(patient, kept)]
        wrong += [f"by both: {line}" for line in by_both(patient, kept, got)]
    wrong += sent_twice(kept, graph.accepted, told)
    if graph.malformed:
        wrong.append(f"Graph refused {len(graph.malformed)} as malformed")
    return wrong


def groups_of(patient: Patient) -> list[list[Sent]]:
    """Return what a patient wrote, as it was written in one go."""
    return [list(group) for _, group in groupby(patient.sent, lambda sent: sent.group)]


def by_database(patient: Patient, kept: Kept) -> Iterator[str]:
    """Yield what is wrong with a patient's conversation in the database."""
    for sent in patient.sent:
        turn, name = kept.turn_of(sent.wamid), f"{sent.phone.name}, “{sent.text}”"
        if not kept.is_worked_on(sent.wamid):
            yield f"{name}: acknowledged, and not worked on"
        elif turn is None or not turn.finished:
            yield f"{name}: in no finished turn"
        elif not turn.replies:
            yield f"{name}: its turn has no reply"
        elif len(turn.deliveries) < len(turn.replies):
            yield f"{name}: a reply was never queued"
        elif not all(one.state in ARRIVED for one in turn.deliveries):
            yield f"{name}: a reply is {[one.state for one in turn.deliveries]}"
        elif len(turn.lines) == 1 and not _answers(sent, turn):
            yield f"{name}: answered with {turn.intents}"
    turns = {turn.seq: turn for sent in patient.sent if (turn := kept.turn_of(sent.wamid))}
    for turn in turns.values():
        stamps = [stamp for _, stamp in turn.lines]
        if stamps != sorted(stamps):
            yield f"{patient.phone.name}: a turn has its lines at {stamps}"
    for before, after in pairwise(groups_of(patient)):
        last, first = _places(before, kept), _places(after, kept)
        if last and first and max(last) > min(first):
            yield f"{patient.phone.name}: group {after[0].group} came before the one it follows"


def is_notice(turn: Turn) -> bool:
    """Tell whether the reply says that there is no answer just now."""
    return turn.kinds == ("notice",)


def _answers(sent: Sent, turn: Turn) -> bool:
    if is_notice(turn):
        return True
    wanted = EMERGENCIES.get(sent.text) or TEXTS.get(sent.text) or sent.text
    return wanted in turn.intents


def _places(group: Sequence[Sent], kept: Kept) -> list[int]:
    return [turn.seq for sent in group if (turn := kept.turn_of(sent.wamid))]


def by_both(patient: Patient, kept: Kept, accepted: Sequence[Accepted]) -> Iterator[str]:
    """Yield the messages whose replies Graph never accepted, or accepted in another order."""
    known = firsts(accepted)
    before: Sent | None = None
    last = -1
    for group in groups_of(patient):
        places = []
        for sent in group:
            turn = kept.turn_of(sent.wamid)
            names = [one.opaque for one in turn.deliveries] if turn else []
            missing = [name for name in names if name not in known]
            if not names or missing:
                yield f"{sent.phone.name}, “{sent.text}”: Graph accepted no reply to it"
            elif turn and "urgent" not in turn.kinds:
                places.append([known[name][0] for name in names])
        if places and min(map(min, places)) < last and before is not None:
            yield f"{group[0].phone.name}: “{group[0].text}” was answered before “{before.text}”"
        if places:
            # Two groups may share a turn, whose first reply then counts for both.
            last, before = max(map(min, places)), group[0]


def sent_twice(kept: Kept, accepted: Sequence[Accepted], told: Mapping[str, float]) -> list[str]:
    """Return the replies that were sent again without need.

    `told` is when the first status of each reply was acknowledged by the application.
    """
    doubts = {one.opaque: one.doubts for one in kept.deliveries}
    again: dict[str, int] = {}
    wrong: list[str] = []
    known: set[str] = set()
    for one in accepted:
        name = str(one.opaque)
        if name in known:
            again[name] = again.get(name, 0) + 1
            if told.get(name, one.at) < one.at - CROSSING:
                late = one.at - told[name]
                wrong.append(f"sent again {late:.2f} s after a status had told of it: {name}")
        known.add(name)
    for name, times in again.items():
        if times > doubts.get(name, 0):
            wrong.append(f"{times} repeats, {doubts.get(name, 0)} doubts: {name}")
    strange = known - set(doubts)
    wrong += [f"Graph knows a reply that the database doesn't: {one}" for one in strange]
    return wrong
