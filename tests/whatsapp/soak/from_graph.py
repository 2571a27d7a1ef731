"""Judges a run by Graph's memory and by what patients wrote, without the database."""

from collections.abc import Iterator, Mapping, Sequence

from tests.whatsapp.clinic_channel import words_of
from tests.whatsapp.graph_statuses import Accepted
from tests.whatsapp.soak.patients import Patient
from tests.whatsapp.soak.questions import NO_ANSWER, URGENT, openings


def firsts(accepted: Sequence[Accepted]) -> dict[str, tuple[int, Accepted]]:
    """Return the first acceptance of each reply by our name for it, with its place."""
    found: dict[str, tuple[int, Accepted]] = {}
    for place, one in enumerate(accepted):
        found.setdefault(str(one.opaque), (place, one))
    return found


def by_graph(patient: Patient, accepted: Sequence[Accepted]) -> Iterator[str]:
    """Yield what is wrong with what a patient got, as far as one can tell without a database.

    Taps show by their answers which they are: they must be answered once each, in order. Between
    two of them, whoever wrote anything got a reply.
    """
    got = [words_of(one.payload) for _, one in firsts(accepted).values()]
    name, known = patient.phone.name, openings()
    urgent = sum(URGENT in words for words in got)
    emergencies = sum(sent.kind == "emergency" for sent in patient.sent)
    if bool(urgent) != bool(emergencies) or urgent > emergencies:
        yield f"{name}: {emergencies} emergencies, {urgent} replies to them"
    calm = [_tap_of(words, known) for words in got if URGENT not in words]
    taps = [sent.text for sent in patient.sent if sent.kind == "tap"]
    answered = [tap for tap in calm if tap is not None]
    unanswered = sum(NO_ANSWER in words for words in got)
    rest = iter(taps)
    if len(taps) - len(answered) > unanswered or not all(tap in rest for tap in answered):
        yield f"{name}: tapped {taps}, answered {answered}"
        return
    if unanswered:
        return  # whoever wrote so often in vain may have tapped as often
    wanted = _replies_between([sent.kind for sent in patient.sent])
    found = _replies_between(["tap" if tap else "text" for tap in calm])
    for place, (texts, replies) in enumerate(zip(wanted, found, strict=True)):
        # An emergency's reply stands for what was written with it.
        if texts and not replies and not emergencies:
            yield f"{name}: no reply to {texts} texts after {place} taps"
        if replies and not texts:
            yield f"{name}: {replies} replies to nothing after {place} taps"


def _tap_of(words: str, known: Mapping[str, str]) -> str | None:
    return next((tap for tap, opening in known.items() if opening in words), None)


def _replies_between(kinds: Sequence[str]) -> list[int]:
    """Return how many texts stand before, between and after the taps."""
    counts = [0]
    for kind in kinds:
        if kind == "tap":
            counts.append(0)
        elif kind != "emergency":
            counts[-1] += 1
    return counts
