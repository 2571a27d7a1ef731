"""When it isn't clear what is meant: ask once, well; then say so honestly and offer a person."""

from collections.abc import Sequence
from dataclasses import replace

from actions.compose import fixed_message, suggestion, text_message
from actions.context import Context
from actions.coverage import not_offered
from actions.heard import Heard
from actions.meant import meant_besides
from actions.said import Said
from bot.conversation.message import Suggestion
from bot.knowledge.language import has_words, is_english

MOST_OFFERED = 3
LEAST_CHANCE = 0.05
UNLIKE = 0.45  # cosine to the nearest example below which anything offered would be a guess
# How likely declines must be beside answers for there to be nothing to ask.
DECLINED_FROM = 2.0
PERSON, CALL = "person", "call"


def clarify(context: Context, heard: Heard) -> Said:
    """Offer the likely questions as buttons; after that, and after two misses, a person."""
    said = unreadable(context, heard)
    if said is not None:
        return said
    if heard.memory.misses >= 1:
        return give_up(context)
    if heard.nearest < UNLIKE:
        return _miss(context, "clarify.unknown")
    offers, outside = _likely(context, heard)
    if outside is not None:
        return Said(fixed_message(context, "decline", f"decline.{outside}"))
    if not offers or heard.memory.last_kind == "clarify":
        return _miss(context, "clarify.unknown", meant_besides(context, heard), heard.joint)
    text = context.texts["clarify.ask" if len(offers) > 1 else "clarify.ask_one"]
    message = text_message(context, "clarify", text, "unsure")
    return Said(replace(message, suggestions=offers), missed=True)


def give_up(context: Context) -> Said:
    """Say after a second miss that a person will do better, and offer one."""
    said = _miss(context, "clarify.again")
    call = Suggestion(context.texts["label.call_back"].text, CALL)
    return replace(
        said,
        message=replace(said.message, suggestions=(*said.message.suggestions, call)),
    )


def unreadable(context: Context, heard: Heard) -> Said | None:
    """Say so when there are no words, or words of another language; None when it can be read."""
    if not has_words(heard.text):
        return _miss(context, "clarify.no_words")
    if not is_english(heard.text):
        return _miss(context, "clarify.other_language")
    return None


def _miss(
    context: Context, name: str, instead: Sequence[str] = (), joint: str | None = None
) -> Said:
    intent = name.partition(".")[2]
    message = text_message(context, "decline", context.texts[name], intent, joint, instead)
    person = Suggestion(context.texts["label.person"].text, PERSON)
    return Said(replace(message, suggestions=(*message.suggestions[:2], person)), missed=True)


def _likely(context: Context, heard: Heard) -> tuple[tuple[Suggestion, ...], str | None]:
    """Return the answers that the message may well mean, none when a decline is likely enough.

    When it names a thing for which the documents cover none of them ("how long does it last for
    asthma"), there is nothing to ask: the topic to decline with is returned instead.
    """
    chances = {"answer": 0.0, "decline": 0.0}
    offers: dict[str, Suggestion] = {}
    outside: set[str] = set()
    for candidate in heard.candidates:
        group, _, name = candidate.intent.partition("/")
        if candidate.confidence >= LEAST_CHANCE and group in chances:
            chances[group] += candidate.confidence
            if group == "answer" and (topic := not_offered(heard, name)):
                outside.add(topic)
            elif group == "answer":
                offer = suggestion(context, context.knowledge.answers[name], heard.joint)
                offers.setdefault(offer.sections[0], offer)
    if outside and not offers:
        return (), min(outside)
    if chances["decline"] > DECLINED_FROM * chances["answer"]:
        return (), None
    return tuple(offers.values())[:MOST_OFFERED], None
