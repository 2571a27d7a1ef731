"""How the form goes on with a message: the next thing asked, an end, or none of its business."""

import re
from dataclasses import replace
from datetime import timedelta
from typing import Any

from actions.callbacks import words
from actions.callbacks.form import AGAIN, Form
from actions.callbacks.meaning import (
    ABOUT,
    CONFIRMED,
    LONGEST_ABOUT,
    NAME,
    NUMBER,
    WHEN,
    Read,
    leaving,
    opens_a_question,
)
from actions.callbacks.names import introduced
from actions.callbacks.reading import read
from actions.callbacks.times import named_in
from actions.callbacks.when import Clock, read_when, soon
from actions.heard import Heard
from bot.conversation.phone_numbers import find_number

# Left for longer, a form is no longer what the patient has in mind.
RESTS = timedelta(hours=12)
MOST_TRIES = 3
SUBJECT = re.compile(r"\b(?:about|regarding|concerning)\s+([^.?!\n]{3,})", re.I)
EARLIER = re.compile(r"\b(?:missed|rang|called|phoned|nobody|no one|still|waited|waiting)\b", re.I)
OTHERWISE = re.compile(r"\b(?:another|change|different|instead|new|again|else|wrong)\b", re.I)
NOTE_IT = re.compile(r"^(?:note|put|write|take|ask) (?:down )?(?:my|the|that|this) question\b")


def begin(form: Form, heard: Heard, clock: Clock, country: str) -> Form:
    """Return the form at its beginning, with what the first message says already.

    A call-back that is on the list is told, or withdrawn, rather than asked for again.
    """
    text = "" if heard.text.startswith("/") else heard.text
    values = _said_at_once(text, clock, country)
    new = Form(values=values, touched=clock.now, noted=form.noted)
    if leaving(text):
        return replace(new, end="withdrawn" if form.noted else "nothing")
    otherwise = OTHERWISE.search(text) or NUMBER in values or WHEN in values
    if form.noted and form.noted.due > clock.now and not otherwise:
        return replace(new, end="noted")
    return new


def is_stale(form: Form, clock: Clock) -> bool:
    """Tell whether the form was left too long ago to be gone on with."""
    return form.touched is None or clock.now - form.touched > RESTS


def go_on(
    form: Form, step: str, heard: Heard, clock: Clock, country: str, own: str | None
) -> Form | None:
    """Return the form after a message, or None when the message is none of its business.

    `own` is the number that the patient writes from, where that is known.
    """
    if step == ABOUT and form.question and NOTE_IT.search(words.plain(heard.text)):
        done = Read("fills", {ABOUT: form.question[:LONGEST_ABOUT]})
    else:
        done = read(heard, form.waiting(step), clock, country)
    if done.does == "asks":
        return None
    if done.does == "same" and own is not None:
        done = Read("fills", {NUMBER: own})
    return _in_time(replace(_moved(form, step, done, clock), touched=clock.now), clock)


def aside(form: Form, step: str, heard: Heard, clock: Clock) -> Form:
    """Return the form while a question in between is answered."""
    noted = step == ABOUT and opens_a_question(heard.text) and not heard.text.startswith("/")
    question = heard.text[:LONGEST_ABOUT] if noted else ""
    return replace(form, asides=form.asides + 1, question=question, said="", touched=clock.now)


def _moved(form: Form, step: str, done: Read, clock: Clock) -> Form:
    if done.does == "leaves":
        return replace(form, end="left")
    if done.does == "confirms":
        return replace(form, values={**form.values, CONFIRMED: True}, end="kept")
    news = {name for name, value in done.values.items() if form.values.get(name) != value}
    if done.does == "fills" and news:
        return _settled(form, values={**form.values, **done.values})
    if done.does == "fixes" and done.wrong in form.values:
        values = {name: value for name, value in form.values.items() if name != done.wrong}
        # Whoever only ever changes things is not asked for ever.
        end = "gave_up" if form.tries + 1 >= MOST_TRIES else ""
        return replace(_settled(form, values), tries=form.tries + 1, end=end)
    if done.does == "goes_on" and form.asides:
        return replace(form, asides=0, said=AGAIN)
    which = "which" if done.wrong is None else AGAIN  # it is what is asked for
    said = {"fixes": which, "goes_on": AGAIN, "fills": AGAIN}.get(done.does, done.does)
    return _missed(replace(form, said=said, tries=form.tries + 1, asides=0), step, clock)


def _settled(form: Form, values: dict[str, Any]) -> Form:
    return replace(form, values=values, tries=0, asides=0, said=AGAIN, question="")


def _missed(form: Form, step: str, clock: Clock) -> Form:
    """After several misses what may be left out is left out; else the form ends."""
    if form.tries < MOST_TRIES:
        return form
    instead = {ABOUT: "", WHEN: soon(clock)}
    if step in instead:
        filled = _settled(form, {**form.values, step: instead[step]})
        return replace(filled, tries=MOST_TRIES - 1)
    return replace(form, end="gave_up")


def _in_time(form: Form, clock: Clock) -> Form:
    """Ask for the time again when the one that was chosen has passed meanwhile."""
    if form.when is None or form.when.due > clock.now or form.end not in ("", "kept"):
        return form
    values = {name: form.values[name] for name in form.values if name not in (WHEN, CONFIRMED)}
    return replace(form, values=values, said="late", end="")


def _said_at_once(text: str, clock: Clock, country: str) -> dict[str, Any]:
    """Return what a first message says plainly: number, name, when, about what."""
    values: dict[str, Any] = {}
    if found := find_number(text, country):
        values[NUMBER], text = found
    if name := introduced(text):
        values[NAME] = name
    if subject := SUBJECT.search(text):
        # "about insurance, mornings": a time behind a comma is no part of it.
        timed = named_in(subject[0], clock.local) is not None
        about = subject[1].partition(",")[0] if timed else subject[1]
        if named_in(f"about {about}", clock.local) is None:
            values[ABOUT] = about.strip(" ,")
            text = text[: subject.start()] + text[subject.start(1) + len(about) :]
    if not EARLIER.search(text) and (when := read_when(text, clock)) is not None:
        values[WHEN] = when
    return values
