"""Following up: words that mean something only after the answer before them."""

from collections.abc import Callable
from dataclasses import replace

from actions.answering import ABOUT_PART, say_answer
from actions.callbacks.form import FORM
from actions.clarifying import give_up
from actions.compose import fixed_message, quoting_message
from actions.context import Context
from actions.heard import Heard
from actions.said import Said
from actions.service import book, call_back
from bot.conversation.payload import Ask, read_ask
from bot.knowledge import Answer, Quote

# Which answer speaks of a thing that a follow-up names: "and for the shoulder?", "what if I smoke?"
ABOUT = ABOUT_PART | {
    "smoking": "smoking",
    "diabetes": "weight_or_diabetes",
    "obesity": "weight_or_diabetes",
}
ABOUT_TYPE = {"age": "age", "cell_source": "own_or_donor"}
# A nod: heard and understood, but no wish for more.
NODS = frozenset({"ok", "okay", "k", "alright", "all right", "right", "i see", "got it", "fine"})


def tell_more(context: Context, heard: Heard) -> Said:
    """Quote what else belongs to the answer before."""
    if heard.memory.more_told:
        return Said(fixed_message(context, "smalltalk", "answer.nothing_to_add"))
    said = _quote(context, heard, lambda answer, ask: answer.reply(ask.joint).more)
    return replace(said, more=bool(said.message.citations))


def ask_why(context: Context, heard: Heard) -> Said:
    """Quote the reason for the answer before."""
    return _quote(context, heard, lambda answer, ask: answer.why or answer.reply(ask.joint).more)


def ask_source(context: Context, heard: Heard) -> Said:
    """Quote the answer before once more, so that its source stands beside each passage."""
    return _quote(context, heard, lambda answer, ask: answer.reply(ask.joint).says)


def ask_about(context: Context, heard: Heard) -> Said:
    """Put the question before to a new subject, or answer about that subject."""
    named = heard.body_part
    last = _last(context, heard)
    if last is not None and named is not None and (last[0].knee or named.value == "knee"):
        return say_answer(context, last[0].id, heard.joint)
    for entity in heard.entities:
        name = ABOUT.get(str(entity.value)) or ABOUT_TYPE.get(entity.type)
        if name is not None:
            return say_answer(context, name, heard.joint)
    for candidate in heard.candidates:
        group, _, name = candidate.intent.partition("/")
        if group == "answer":
            return say_answer(context, name, heard.joint)
    if heard.memory.misses >= 1:
        return give_up(context)
    return Said(fixed_message(context, "smalltalk", "answer.about_whom"), missed=True)


def accept(context: Context, heard: Heard) -> Said:
    """Take up what was offered: the question, or the booking; a mere nod takes up nothing."""
    if heard.text.lower().strip(" .,!") in NODS:
        return refuse(context, heard)
    ask = read_ask(heard.memory.offered or "")
    if ask is not None and ask.answer in context.knowledge.answers:
        return say_answer(context, ask.answer, ask.joint or heard.joint)
    if heard.memory.offered == "book":
        return book(context, heard)
    if heard.memory.offered == "call":
        return replace(call_back(context, heard), then=FORM)
    return Said(fixed_message(context, "smalltalk", "answer.nothing_before"))


def refuse(context: Context, heard: Heard) -> Said:
    """Leave it at that."""
    return Said(fixed_message(context, "smalltalk", "chat.no_need"))


def _last(context: Context, heard: Heard) -> tuple[Answer, Ask] | None:
    ask = read_ask(heard.memory.last_answer or "")
    if ask is None or ask.answer not in context.knowledge.answers:
        return None
    return context.knowledge.answers[ask.answer], ask


def _quote(
    context: Context, heard: Heard, choose: Callable[[Answer, Ask], tuple[Quote, ...]]
) -> Said:
    """Say what is chosen of the answer before, or that there is none."""
    if heard.memory.last_kind == "decline":
        return Said(fixed_message(context, "decline", "answer.nothing_quoted"))
    last = _last(context, heard)
    if last is None:
        return Said(fixed_message(context, "smalltalk", "answer.nothing_before"))
    answer, ask = last
    quotes = choose(answer, ask)
    if not quotes:
        return Said(fixed_message(context, "smalltalk", "answer.nothing_to_add"), ask)
    return Said(quoting_message(context, answer, quotes), ask)
