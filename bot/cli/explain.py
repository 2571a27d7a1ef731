"""Why a question got its reply: what it was read as, what came next, which gate decided."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.conversation import Message

FIRST = 3


def explained(read: Mapping[str, Any], message: Message) -> str:
    """Return the explanation of the reply to a question that the engine read so."""
    understanding = read.get("understanding")
    if not understanding:
        return "Why: nothing was read; the reply is the same for every such text."
    return "\n".join(["Why:", *_lines(understanding, read.get("entities") or (), message)])


def _lines(
    understanding: Mapping[str, Any], entities: Sequence[Mapping[str, Any]], message: Message
) -> Iterator[str]:
    urgent = understanding["urgent"]
    yield f"  red flag    {urgent['chance']:.2f}, likeliest {urgent['flag']}"
    yield f"  in scope    {understanding['scope']:.2f}"
    yield f"  likeness    {understanding['nearest']:.2f} to the nearest example"
    for number, one in enumerate(understanding["ranking"][:FIRST]):
        name = "then" if number else "read as"
        yield f"  {name:<10}  {one['confidence']:.2f} {one['intent']}"
    yield f"  gate        {_gate(understanding)}"
    for entity in entities:
        covered = "covered" if entity["covered"] else "not covered"
        yield f"  names       {entity['value']} ({entity['entity']}, {covered})"
    for part in understanding["parts"]:
        yield f"  asks        {part['text']!r}: {part['intent']}, {_gate(part)}"
    yield f"  coverage    {_coverage(understanding, message)}"


def _gate(reading: Mapping[str, Any]) -> str:
    gate = reading["gate"]
    passed = "passed" if gate["value"] >= gate["least"] else "not passed"
    return f"{gate['name']}: {gate['value']:.2f}, needs {gate['least']:.2f}: {passed}"


def _coverage(understanding: Mapping[str, Any], message: Message) -> str:
    if understanding["intent"].startswith("answer/") and message.kind == "decline":
        return f"named a thing that no document covers: declined as {message.intent}"
    return f"nothing stands against it: {message.kind} {message.intent}"
