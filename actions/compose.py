"""Messages put together: quotations with their source, a booking that fits, what to ask next."""

from collections.abc import Iterable, Sequence

from actions.context import Context
from bot.conversation.message import (
    Booking,
    Citation,
    Figure,
    Kind,
    Message,
    Suggestion,
    new_id,
)
from bot.conversation.payload import Ask
from bot.knowledge import (
    Answer,
    FixedText,
    Quote,
    Reply,
    by_section,
    in_time,
    named_sources,
    passages_path,
)

MOST_SUGGESTIONS = 3
LAST_DAY = 365  # of the picture


def answer_message(
    context: Context,
    answer: Answer,
    joint: str | None,
    days: float | None = None,
    instead: Sequence[str] = (),
) -> Message:
    """Return the answer in its version for this joint.

    `days` after treatment mark its picture, and what is said of a time before stands behind.
    Of what to ask next, the answers `instead` come first: the message may have meant them.
    """
    reply = answer.reply(joint)
    says = in_time(answer.id, reply.says, days)
    message_id = new_id()
    return Message(
        id=message_id,
        kind="answer",
        text=_text(context, says),
        intent=answer.id,
        citations=_citations(context, says),
        suggestions=_next_questions(context, answer, joint, instead),
        booking=_booking(context, answer.booking, message_id),
        figure=_figure(context, answer.figure, reply, days),
    )


def quoting_message(context: Context, answer: Answer, quotes: Sequence[Quote]) -> Message:
    """Return a further message of an answer that says these quotations."""
    message_id = new_id()
    return Message(
        id=message_id,
        kind="answer",
        text=_text(context, quotes),
        intent=answer.id,
        citations=_citations(context, quotes),
        suggestions=suggestions(context, answer.next),
        booking=_booking(context, answer.booking, message_id),
    )


def fixed_message(context: Context, kind: Kind, name: str, intent: str | None = None) -> Message:
    """Return the fixed text of that name with its offers."""
    fixed = context.texts[name]
    return text_message(context, kind, fixed, intent or name.partition(".")[2])


def fixed_text(context: Context, name: str, /, **things: str) -> str:
    """Return the fixed text of that name with the things of this message filled in."""
    text = context.texts[name].text
    for thing, words in things.items():
        text = text.replace(f"{{{thing}}}", words)
    return text


def notice(context: Context, text: str, intent: str) -> Message:
    """Return a message beside an answer, which is no quotation."""
    return Message(new_id(), "notice", text, intent)


def text_message(
    context: Context,
    kind: Kind,
    fixed: FixedText,
    intent: str,
    joint: str | None = None,
    instead: Sequence[str] = (),
) -> Message:
    """Return a message that says a fixed text; of its offers, the answers `instead` come first."""
    message_id = new_id()
    return Message(
        id=message_id,
        kind=kind,
        text=fixed.text,
        intent=intent,
        suggestions=suggestions(context, dict.fromkeys((*instead, *fixed.next)), joint),
        booking=_booking(context, fixed.booking, message_id),
    )


def suggestions(
    context: Context, answers: Iterable[str], joint: str | None = None
) -> tuple[Suggestion, ...]:
    """Return these answers' questions as buttons, in their version for this joint."""
    return tuple(
        suggestion(context, context.knowledge.answers[name], joint)
        for name in answers
        if name in context.knowledge.answers
    )[:MOST_SUGGESTIONS]


def suggestion(
    context: Context, answer: Answer, joint: str | None, label: str | None = None
) -> Suggestion:
    """Return one answer's question as a button."""
    reply = answer.reply(joint)
    version = joint if joint in ("knee", "general") and answer.knee is not None else None
    return Suggestion(label or reply.question, str(Ask(answer.id, version)), reply.sections)


def source_line(context: Context, quotes: Sequence[Quote]) -> str:
    """Return the source in words: each document with its sections."""
    return f"{context.texts['label.source'].text}: {named_sources(context.knowledge, quotes)}"


def _text(context: Context, quotes: Sequence[Quote]) -> str:
    paragraphs = [one.text for one in quotes]
    return "\n\n".join([*paragraphs, source_line(context, quotes)])


def _citations(context: Context, quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    sections = by_section(quotes)
    return tuple(
        Citation(
            document=one.section.partition("#")[0],
            section=one.section,
            title=context.knowledge.sections[one.section].heading,
            quote=one.text,
            url=context.public_url + passages_path(sections[one.section]),
        )
        for one in quotes
    )


def _next_questions(
    context: Context, answer: Answer, joint: str | None, instead: Sequence[str]
) -> tuple[Suggestion, ...]:
    following = suggestions(context, dict.fromkeys((*instead, *answer.next)), joint)
    if answer.knee is None or joint == "other":
        return following
    if joint == "knee":
        label = context.texts["label.in_general"].text
        return (*following[: MOST_SUGGESTIONS - 1], suggestion(context, answer, "general", label))
    label = context.texts["label.for_knee"].text
    knee = suggestion(context, answer, "knee", label)
    first = len(instead[: MOST_SUGGESTIONS - 1])
    return (*following[:first], knee, *following[first : MOST_SUGGESTIONS - 1])


def _booking(context: Context, offer: str, message_id: str) -> Booking | None:
    if offer == "none":
        return None
    return Booking(context.texts[f"label.{offer}"].text, context.booking_url(message_id))


def _figure(context: Context, kind: str | None, reply: Reply, days: float | None) -> Figure | None:
    """Return the picture, which shows a knee and so belongs to what is said of the knee."""
    if not any(section.startswith("knee-timeline#") for section in reply.sections):
        return None
    if kind is None or f"figure.{kind}" not in context.texts.by_name:
        return None
    url, alt = f"{context.public_url}/static/{kind}.svg", fixed_text(context, f"figure.{kind}")
    if days is not None and days <= LAST_DAY:
        day = str(round(days))
        url = f"{url}?day={day}"
        alt = f"{alt} {fixed_text(context, f'figure.{kind}_here', day=day)}"
    return Figure(kind, url, alt)
