"""Decides whether a message was understood well enough to be answered: the gates it must pass.

The numbers stand in data/gates.yml; they were chosen on labelled questions and are kept with the
model.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from rasa.shared.exceptions import RasaException
from ruamel.yaml import YAML, YAMLError

from engine.intents import Understanding

# Things the assistant says without a claim about health, and so on less certainty.
LIGHT = frozenset({"book", "call_back", "talk_to_person", "clinic", "chat"})
LIGHT |= {"tell_more", "ask_why", "ask_source", "ask_about", "affirm", "deny"}
# Declines that lead whoever asks about their own case to the clinician; better said once too often.
OWN_CASE = frozenset({"own_medical_question", "other_symptoms", "medical_eligibility", "medicines"})
OWN_CASE |= {"side_effects", "nerves", "low_mood"}
LEAST_CHANCE = 1e-3
URGENT, ANSWER, DECLINE = "urgent", "answer", "decline"


class GatesError(RasaException):
    """data/gates.yml is missing or wrong."""


@dataclass(frozen=True, slots=True)
class Gates:
    """What it takes to speak."""

    chance: float  # weights of the confidence: log odds of the best outcome's chance,
    margin: float  # log of how many times likelier it is than the next,
    agreement: float  # cosine that its section lacks to the nearest passage (0 or less),
    bias: float
    light: float  # least confidence: small talk and service,
    decline: float  # that the documents don't say it,
    ordinary: float  # answers, and leading somebody's own case to the clinician,
    strict: float  # those that people decide about their health with,
    unfamiliar: float  # any answer to a text whose nearest example lies below
    familiar: float  # this cosine
    scope: float  # least chance that the message is about anything the examples are about
    urgent: float  # chance of a red flag from which it is one
    urgent_part: float  # the same for one sentence among several,
    urgent_beside: float  # in a message that has at least this chance as a whole
    urgent_unlike: float  # the same for a text that is like no example
    likeness: float  # cosine to the nearest example from which a text is like it
    harmless: float  # chance of a red flag below which a listed sign is an accident of words
    part: float  # least confidence for one question among several


@dataclass(frozen=True, slots=True)
class Topic:
    """What an answer is for the gates: the section it cites first, and how careful to be."""

    section: str
    strict: bool


@dataclass(frozen=True, slots=True)
class Verdict:
    """The intent a message is answered as, and the gate that decided."""

    intent: str | None  # None: not understood
    confidence: float
    gate: str
    value: float
    least: float
    likeliest: str = ""  # the intent that it would be answered as if every gate were open
    signs: tuple[float, float, float] = (0.0, 0.0, 0.0)  # what the confidence is made of


def read_gates(path: Path) -> Gates:
    """Read data/gates.yml; GatesError says what is wrong with it."""
    try:
        numbers = YAML(typ="safe").load(path.read_text(encoding="utf-8"))
        flat = {**numbers["confidence"], **numbers["least"]}
        return Gates(**{name: float(value) for name, value in flat.items()})
    except FileNotFoundError:
        raise GatesError(f"{path} is missing; restore it (git checkout {path})") from None
    except (YAMLError, KeyError, TypeError, ValueError) as error:
        raise GatesError(f"{path} does not hold the gates' numbers: {error}") from None


def gates_to_array(gates: Gates) -> np.ndarray:
    """Return what `gates_from_array` reads."""
    return np.array(list(asdict(gates).values()))


def gates_from_array(array: np.ndarray) -> Gates:
    """Read back what `gates_to_array` returned."""
    return Gates(*array.tolist())


def outcome_of(intent: str, topics: Mapping[str, Topic]) -> str:
    """Return what a patient would see: intents that begin with the same section are as good."""
    group, _, name = intent.partition("/")
    if group == ANSWER and name in topics:
        return topics[name].section
    return group if group in (DECLINE, URGENT) else intent


def outcomes(
    ranking: Sequence[tuple[str, float]], topics: Mapping[str, Topic]
) -> list[tuple[str, str, float]]:
    """Return outcome, its best intent and its chance, best first."""
    best: dict[str, str] = {}
    chances: dict[str, float] = {}
    for intent, chance in ranking:
        outcome = outcome_of(intent, topics)
        best.setdefault(outcome, intent)
        chances[outcome] = chances.get(outcome, 0.0) + chance
    order = sorted(chances, key=lambda outcome: -chances[outcome])
    return [(outcome, best[outcome], chances[outcome]) for outcome in order]


def signals(
    ranked: Sequence[tuple[str, str, float]], sections: Mapping[str, float]
) -> tuple[float, float, float]:
    """Return the three signs of being right: log odds, margin, and the passages' agreement."""
    chance = min(max(ranked[0][2], LEAST_CHANCE), 1 - LEAST_CHANCE)
    second = max(ranked[1][2] if len(ranked) > 1 else 0.0, LEAST_CHANCE)
    own = sections.get(ranked[0][0])
    agreement = 0.0 if own is None else own - max(sections.values())
    return float(np.log(chance / (1 - chance))), float(np.log(chance / second)), agreement


@dataclass(frozen=True, slots=True)
class Alarm:
    """The likeliest red flag, its chance, and what that makes of it."""

    flag: str
    chance: float
    sure: bool  # it is one
    harmless: bool  # nothing in the message looks like one, whatever words it uses


def red_flag(whole: Understanding, parts: Sequence[Understanding], gates: Gates) -> Alarm:
    """Return the red flag in a message or in one of its sentences.

    More is asked of a single sentence; and of a text that is like nothing at all, over which the
    chances spread by accident.
    """
    flag, chance = _urgent(whole)
    least = gates.urgent if whole.nearest >= gates.likeness else gates.urgent_unlike
    if chance >= least:
        return Alarm(flag, chance, sure=True, harmless=False)
    most = max(map(_urgent, parts), key=lambda found: found[1], default=(flag, 0.0))
    likeliest, highest = max((flag, chance), most, key=lambda found: found[1])
    sure = most[1] >= gates.urgent_part and chance >= gates.urgent_beside
    return Alarm(likeliest, highest, sure, highest < gates.harmless)


def _urgent(understood: Understanding) -> tuple[str, float]:
    flags = [(i, c) for i, c in understood.ranking if i.startswith(f"{URGENT}/")]
    return (flags[0][0].partition("/")[2] if flags else "other", sum(c for _, c in flags))


def decide(
    understood: Understanding,
    sections: Mapping[str, float],
    topics: Mapping[str, Topic],
    gates: Gates,
    *,
    parts: Sequence[Understanding] = (),
    part: bool = False,
) -> Verdict:
    """Return the verdict on a text that tells of no red flag; a part must be surer than a whole.

    Words are familiar when the text, or one of its `parts` that means the same, is near an example.
    """
    ranked = outcomes(understood.ranking, topics)
    signs = log_odds, margin, agreement = signals(ranked, sections)
    score = gates.chance * log_odds + gates.margin * margin + gates.agreement * agreement
    confidence = float(1 / (1 + np.exp(-(score + gates.bias))))
    intent = ranked[0][1]
    if understood.scope < gates.scope:
        return Verdict(None, confidence, "scope", understood.scope, gates.scope, intent, signs)
    if ranked[0][0] == URGENT and understood.nearest < gates.likeness:
        # Words like nothing at all: the chances of the red flags add up by accident.
        near, least = understood.nearest, gates.likeness
        return Verdict(None, confidence, "likeness", near, least, intent, signs)
    same = (one.nearest for one in parts if one.ranking[0][0] == intent)
    name, least = _least(intent, max((understood.nearest, *same)), topics, gates)
    if part:
        name, least = "part", max(least, gates.part)
    passed = confidence >= least
    return Verdict(intent if passed else None, confidence, name, confidence, least, intent, signs)


def _least(
    intent: str, nearest: float, topics: Mapping[str, Topic], gates: Gates
) -> tuple[str, float]:
    group, _, name = intent.partition("/")
    if group in LIGHT:
        return "light", gates.light
    if group == DECLINE and name not in OWN_CASE:
        return "decline", gates.decline
    if group == ANSWER and nearest < gates.familiar:
        return "unfamiliar", gates.unfamiliar
    strict = group == ANSWER and name in topics and topics[name].strict
    return ("strict", gates.strict) if strict else ("ordinary", gates.ordinary)
