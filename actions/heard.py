"""What the engine understood of a message, read from Rasa's tracker into plain values."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from typing import Any

from rasa_sdk import Tracker

# Parts of many joints: "the cartilage in my knee" is about the knee.
TISSUES = frozenset({"cartilage", "ligament", "tendon", "muscle", "joint"})

# What holds for every question of a message, wherever in it it was said.
SHARED = frozenset({"body_part", "time_since", "age"})


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing named in the message; `covered` tells whether the documents speak of it."""

    type: str
    value: str | float
    covered: bool = True
    words: str = ""  # as the patient wrote it
    aside: bool = False  # named where the message tells, not where it asks


@dataclass(frozen=True, slots=True)
class Candidate:
    """An intent that the message may carry, such as `answer/is_it_permanent`."""

    intent: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Memory:
    """What the conversation remembers from turn to turn, as slots."""

    joint: str | None = None
    last_answer: str | None = None
    offered: str | None = None
    last_kind: str | None = None
    misses: int = 0
    more_told: bool = False


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as it was understood."""

    text: str
    intent: str
    confidence: float
    candidates: tuple[Candidate, ...]
    entities: tuple[Entity, ...]
    memory: Memory
    parts: tuple["Heard", ...] = ()  # the questions of a message that asks several
    scope: float = 0.0  # the chance that it is about anything that the examples are about
    nearest: float = 0.0  # how near it comes to the nearest example

    def first(self, type_: str) -> Entity | None:
        """Return the first thing of that type that was named."""
        return next((entity for entity in self.entities if entity.type == type_), None)

    @property
    def group(self) -> str:
        """The part of the intent before its topic: `decline` of `decline/cost`."""
        return self.intent.partition("/")[0]

    @property
    def topic(self) -> str:
        """The part of the intent behind its group: `cost` of `decline/cost`."""
        return self.intent.partition("/")[2] or self.intent

    @property
    def joint(self) -> str | None:
        """The joint it is about: "knee", "other", or None when none was ever named."""
        named = self.first("joint") or self.body_part
        if named is None or named.value in TISSUES:
            return self.memory.joint
        return "knee" if named.value == "knee" else "other"

    @property
    def body_part(self) -> Entity | None:
        """The part of the body it names: a joint before a tissue, whichever comes first."""
        parts = [entity for entity in self.entities if entity.type == "body_part"]
        joints = (part for part in parts if part.value not in TISSUES)
        return next(joints, parts[0] if parts else None)

    @property
    def days(self) -> float | None:
        """How many days after treatment the message speaks of."""
        named = self.first("time_since")
        return float(named.value) if named is not None else None


def read_tracker(tracker: Tracker) -> Heard:
    """Read the latest message and the memory from the tracker that Rasa sent."""
    message = tracker.latest_message
    intent, confidence = _intent(message)
    heard = read_reading(message.get("text") or "", intent, message)
    heard = replace(heard, confidence=confidence, memory=_memory(tracker.slots))
    parts = (message.get("understanding") or {}).get("parts") or ()
    return replace(heard, parts=_parts(parts, heard))


def read_reading(text: str, intent: str, reading: Mapping[str, Any]) -> Heard:
    """Return a text that was understood so, as this intent, at the beginning of a conversation."""
    understanding = reading.get("understanding") or {}
    return Heard(
        text=text,
        intent=intent,
        confidence=1.0,
        candidates=_candidates(understanding),
        entities=_entities(reading, understanding.get("read") or text),
        memory=Memory(),
        scope=float(understanding.get("scope") or 0),
        nearest=float(understanding.get("nearest") or 0),
    )


def _parts(readings: Sequence[Mapping[str, Any]], whole: Heard) -> tuple[Heard, ...]:
    """Read the questions of a message; what an earlier one or the story names holds for each."""
    own = [_entities(reading, reading["text"]) for reading in readings]
    return tuple(
        _part(reading, own[n], {e.words for later in own[n + 1 :] for e in later}, whole)
        for n, reading in enumerate(readings)
    )


def _part(part: Mapping[str, Any], own: tuple[Entity, ...], later: Set[str], whole: Heard) -> Heard:
    named = {entity.type for entity in own}
    shared = (e for e in whole.entities if e.type in SHARED - named and e.words not in later)
    return Heard(
        text=part["text"],
        intent=part["intent"],
        confidence=float(part["confidence"]),
        candidates=_candidates(part),
        entities=(*own, *shared),
        memory=whole.memory,
    )


def _candidates(reading: Mapping[str, Any]) -> tuple[Candidate, ...]:
    ranking = reading.get("ranking") or ()
    return tuple(Candidate(item["intent"], float(item["confidence"])) for item in ranking)


def _entities(reading: Mapping[str, Any], text: str) -> tuple[Entity, ...]:
    return tuple(
        Entity(
            item["entity"],
            item["value"],
            bool(item.get("covered", True)),
            text[item.get("start") or 0 : item.get("end") or 0],
            bool(item.get("aside")),
        )
        for item in reading.get("entities") or ()
    )


def _intent(message: Mapping[str, Any]) -> tuple[str, float]:
    """Return the whole name of a retrieval intent, which Rasa keeps beside its group."""
    intent = message.get("intent") or {}
    name, confidence = intent.get("name") or "nlu_fallback", float(intent.get("confidence") or 0)
    chosen = (message.get("response_selector") or {}).get(name, {}).get("response", {})
    full = intent.get("full_retrieval_intent_name") or chosen.get("intent_response_key")
    return full or name, confidence


def _memory(slots: Mapping[str, Any]) -> Memory:
    return Memory(
        joint=slots.get("joint"),
        last_answer=slots.get("last_answer"),
        offered=slots.get("offered"),
        last_kind=slots.get("last_kind"),
        misses=int(slots.get("misses") or 0),
        more_told=bool(slots.get("more_told")),
    )
