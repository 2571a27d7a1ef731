"""Counts what happened in a run."""

from collections import Counter
from collections.abc import Sequence

from tests.whatsapp.graph_server import GraphServer
from tests.whatsapp.soak.judging import is_notice
from tests.whatsapp.soak.kept import Kept
from tests.whatsapp.soak.patients import Patient
from tests.whatsapp.soak.post import Post
from tests.whatsapp.soak.troubles import SomeStatuses, Troubles


def figures_of(
    patients: Sequence[Patient], post: Post, graph: GraphServer, kept: Kept
) -> dict[str, object]:
    """Return the figures by their names, in the order in which they are told."""
    statuses, troubles = graph.statuses, graph.faults
    assert isinstance(statuses, SomeStatuses)
    assert isinstance(troubles, Troubles)
    times = Counter(one.opaque for one in graph.accepted)
    reconciled = sum(
        times[one.opaque] == 1 and one.wamid not in statuses.withheld for one in statuses.unanswered
    )
    turns, waits = set(kept.turns.values()), sorted(post.waits)
    acknowledged = sum(patient.acknowledged for patient in patients)
    return {
        "messages": f"{acknowledged} acknowledged, of {len(patients)} patients",
        "deliveries": f"{post.deliveries}, {post.repeats} of them repeats; half were acknowledged "
        f"within {1000 * waits[len(waits) // 2]:.0f} ms",
        "turns": f"{len(turns)}, {sum(map(is_notice, turns))} of them without an answer",
        "replies": f"{len(kept.deliveries)}, accepted {len(graph.accepted)} times",
        "Graph's faults": dict(sorted(troubles.met.items())),
        "accepted, not answered": f"{len(statuses.unanswered)}, {reconciled} of them settled by a "
        f"status in time, {len(statuses.withheld)} without any status",
        "sent twice": f"{len(graph.accepted) - len(times)}, with "
        f"{sum(one.doubts for one in kept.deliveries)} doubts",
    }
