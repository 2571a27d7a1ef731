"""The figures of an evaluation as text for a terminal."""

from collections.abc import Iterable

from bot.evaluation.score import Scored, Tally


def format_table(tallies: Iterable[Tally]) -> str:
    """Return a line for each figure that has questions: share, and how many of how many."""
    return "\n".join(
        f"{one.name:<46} {one.share:6.1%}  {one.hits:>4} of {one.total}"
        for one in tallies
        if one.total
    )


def format_misses(scored: Iterable[Scored]) -> str:
    """Return a line for each question that was not replied to as it should be."""
    return "\n".join(
        f"{one.question.id:<8} wanted {one.question.expect:<9} got {told(one):<52} "
        f"{one.question.text[:100]}"
        for one in scored
        if not one.right
    )


def told(one: Scored) -> str:
    """Return what was replied, in short: the kind, and the section or topic."""
    message = one.message
    about = message.citations[0].section if message.citations else message.intent or ""
    return f"{message.kind} {about}".strip()
