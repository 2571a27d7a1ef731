"""Messages as the engine understands them."""

from actions.heard import Candidate, Entity, Heard, Memory


def heard(
    intent: str,
    *entities: Entity,
    text: str = "a question",
    candidates: tuple[Candidate, ...] = (),
    parts: tuple[Heard, ...] = (),
    nearest: float = 0.8,
    **memory: str | int,
) -> Heard:
    """Return a message understood as this intent, with these things named in it."""
    return Heard(
        text, intent, 0.9, candidates, entities, Memory(**memory), parts, scope=0.0, nearest=nearest
    )
