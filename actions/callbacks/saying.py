"""What the form says: each question with its buttons, its summary, and how it ended."""

from collections.abc import Mapping

from actions.callbacks.form import AGAIN, Form
from actions.callbacks.meaning import ABOUT, CONFIRMED, NAME, NUMBER, WHEN
from actions.callbacks.when import offers, opens, promise
from actions.compose import fixed_text
from actions.context import Context
from bot.conversation.message import Kind, Message, Suggestion, new_id
from bot.conversation.phone_numbers import example_number, shown_number

SHORT = {NAME: "name", NUMBER: "number", WHEN: "when", ABOUT: "about", CONFIRMED: "confirmed"}
# A button says its label, as a person might type it; here is what the form reads in each.
MEANT = {
    "this_number": "this number",
    "skip": "skip",
    "never_mind": "never mind",
    "go_on": "go on",
    "note_question": "note my question",
    "confirm": "yes ring me",
    "change": "change something",
    "the_name": "the name",
    "the_number": "the number",
    "the_time": "the time",
    "the_subject": "what it is about",
}
# What is said by itself, whatever is waited for.
ALONE = frozenset({"same", "late"})
MOST_OFFERS = 2  # of going on, in words; after that the form waits silently


def ask(context: Context, form: Form, step: str, own: str | None) -> Message:
    """Return the question for a step, with what is said before it."""
    return _message(
        f"callback/{SHORT[step]}",
        _asked(context, form, step, own),
        _buttons(context, form, step, own),
    )


def offer(context: Context, form: Form) -> Message | None:
    """Return the offer to go on after a question in between; None when it was made often enough."""
    if form.asides > MOST_OFFERS:
        return None
    noting = bool(form.question)
    text = fixed_text(context, f"callback.go_on{'_noting' if noting else ''}")
    labels = ("go_on", *(("note_question",) if noting else ()), "never_mind")
    return _message("callback/go_on", text, _labelled(context, *labels))


def ended(context: Context, form: Form) -> Message:
    """Return what is said when the form has ended."""
    clock = context.calling.clock()
    things = _things(context, form)
    if form.end == "kept":
        closed = opens(clock)
        name = "kept_closed" if closed else "kept"
        when = form.when
        assert when is not None  # noqa: S101 - nothing is confirmed without a time
        things |= {"promise": promise(when, clock), "opens": closed or ""}
        return _message("callback/kept", fixed_text(context, f"callback.{name}", **things), ())
    if form.noted is not None:
        things["promise"] = promise(form.noted, clock)
    text = fixed_text(context, f"callback.{form.end or 'left'}", **things)
    kind: Kind = "booking" if form.end == "gave_up" else "smalltalk"
    return _message(f"callback/{form.end or 'left'}", text, (), kind)


def typed(context: Context, text: str) -> str:
    """Return what a button's label says to the form; other words stay as they are."""
    for name, meant in MEANT.items():
        if text == context.texts[f"label.callback_{name}"].text:
            return meant
    return text


def _asked(context: Context, form: Form, step: str, own: str | None) -> str:
    things = _things(context, form)
    said = form.said
    if step == CONFIRMED and said in ("which", "why"):
        return fixed_text(context, f"callback.{said}_confirmed", **things)
    before = f"{said}" if said in ALONE else f"{said}_{SHORT[step]}" if said else ""
    before = "" if said == AGAIN else before
    closed = opens(context.calling.clock()) if step == WHEN else None
    after = "ask_when_closed" if closed else f"ask_{SHORT[step]}"
    if step == NUMBER and own is not None:
        after = "ask_number_known"
    if said and step == NAME:
        after = "ask_name_again"
    things["opens"] = closed or ""
    parts = [fixed_text(context, f"callback.{name}", **things) for name in (before, after) if name]
    return " ".join(parts)


def _buttons(context: Context, form: Form, step: str, own: str | None) -> tuple[Suggestion, ...]:
    if step == CONFIRMED and form.said == "which":
        return _labelled(context, "the_name", "the_number", "the_time", "the_subject")
    if step == CONFIRMED:
        return _labelled(context, "confirm", "change", "never_mind")
    if step == WHEN:
        return tuple(Suggestion(label, label) for label in offers(context.calling.clock()))
    if step == ABOUT:
        return _labelled(context, "skip")
    known = ("this_number",) if step == NUMBER and own is not None else ()
    return _labelled(context, *known, *(("never_mind",) if form.tries else ()))


def _labelled(context: Context, *names: str) -> tuple[Suggestion, ...]:
    labels = (context.texts[f"label.callback_{name}"].text for name in names)
    return tuple(Suggestion(label, label) for label in labels)


def _things(context: Context, form: Form) -> dict[str, str]:
    """Return what the texts may name; a patient's own words come last, and name nothing."""
    values: Mapping[str, str] = {
        name: str(form.values.get(name) or "") for name in (NAME, NUMBER, ABOUT)
    }
    country = context.calling.country
    about = values[ABOUT] or context.texts["callback.no_subject"].text
    return {
        "example": example_number(country),
        "number": shown_number(values[NUMBER], country),
        "when": form.when.text if form.when else "",
        "name": _safe(values[NAME]),
        "about": _safe(about),
    }


def _safe(text: str) -> str:
    return text.replace("{", "(").replace("}", ")")


def _message(
    intent: str, text: str, buttons: tuple[Suggestion, ...], kind: Kind = "booking"
) -> Message:
    return Message(new_id(), kind, text, intent, suggestions=buttons)
