"""Managers change the clinic's settings, section by section."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from aiohttp import web

from bot.conversation.phone_numbers import NotANumber, read_number
from bot.desk.guard import Guarded
from bot.desk.pages.settings_parts import (
    SETTINGS,
    look_or_tell,
    number_of,
    office_of,
    saved,
    standing,
)
from bot.desk.settings import forms
from bot.desk.settings.closed_days import Day, days_to_tick
from bot.desk.settings.entries import CLINIC, DAYS, SECTIONS, Entry, Section
from bot.desk.settings.public_holidays import coming_holidays, divisions
from bot.desk.settings.saving import Now, change, look
from bot.desk.visit import Problems, Visit
from bot.store.desk.settings import ChangedMeanwhile, Version

WORKDAYS = forms.WEEKDAYS[1:5]

DIVISION = "country_division"


async def show_all(visit: Visit) -> web.StreamResponse:
    """Show every section with what holds."""
    now = await look_or_tell(visit)
    if isinstance(now, web.Response):
        return now
    await visit.audit("settings.read")
    own = sum(name.startswith("texts.") for name in {**now.base, **now.changes})
    sections = [
        (section, [(entry, _told(visit, entry, now)) for entry in section.entries])
        for section in SECTIONS.values()
    ]
    return visit.page("settings.html", sections=sections, now=now, own_texts=own, **standing(visit))


async def show(visit: Visit) -> web.StreamResponse:
    """Show a section's form."""
    section, now = _section(visit), await look_or_tell(visit)
    if isinstance(now, web.Response):
        return now
    return await _form(visit, section, now, _held(visit, section, now))


async def take(visit: Visit) -> web.StreamResponse:
    """Change a section, or only say what is wrong, or fill the form further."""
    section, now = _section(visit), await look_or_tell(visit)
    if isinstance(now, web.Response):
        return now
    if visit.form.get("do") == "copy":
        monday = visit.form.get("hours-monday", "")
        filled = {**visit.form, **{f"hours-{day}": monday for day in WORKDAYS}}
        return await _form(visit, section, now, filled)
    wanted = _wanted(visit, section)
    problems: dict[str, str] = forms.wrong_dates(visit.form) if section.key == DAYS.key else {}
    if section is CLINIC and "phone_link" in wanted:
        problems |= _follow_phone(wanted, now, visit.console.country)
    if section.words and visit.form.get("sure", "").strip().casefold() != section.words:
        problems["sure"] = f"To be sure that you mean it, type: {section.words}"
    if problems:
        return await _form(visit, section, now, visit.form, tuple(problems.items()))
    seen = number_of(visit.form.get("version"))
    try:
        wrong = await change(visit.console, office_of(visit), visit.staff, wanted, seen)
    except ChangedMeanwhile as error:
        now = await look(visit.console, office_of(visit))
        return await _form(visit, section, now, visit.form, meanwhile=error.newest)
    if wrong:
        return await _form(visit, section, now, visit.form, _problems(section, wrong))
    return saved(visit, f"{SETTINGS}/{section.key}")


def _section(visit: Visit) -> Section:
    section = SECTIONS.get(visit.request.match_info["section"])
    if section is None:
        raise web.HTTPNotFound
    if section is not DAYS:
        return section
    parts = (("", "Not named"), *divisions(visit.console.country).items())
    entries = (
        replace(entry, choices=parts) if entry.name == DIVISION else entry
        for entry in section.entries
    )
    return replace(section, entries=tuple(entries))


def _wanted(visit: Visit, section: Section) -> dict[str, Any]:
    """Return what the form asks for; None brings a file's value back."""
    back = visit.form.get("back")
    if back is not None:
        return {entry.name: None for entry in section.entries if entry.name == back}
    today = visit.console.gate.now().astimezone(visit.console.zone).date()
    return {entry.name: forms.sent(entry, visit.form, today) for entry in section.entries}


def _follow_phone(wanted: dict[str, Any], now: Now, country: str) -> dict[str, str]:
    """Let the link follow a new number, unless it was changed as well."""
    is_new = wanted["phone"] != now.value("phone")
    if not is_new or wanted["phone_link"] != now.value("phone_link"):
        return {}
    try:
        wanted["phone_link"] = f"tel:{read_number(wanted['phone'], country)}"
    except NotANumber as error:
        return {"phone": f"{error} Or write yourself what telephones ring, in the field below."}
    return {}


def _problems(section: Section, wrong: Mapping[str, str]) -> Problems:
    entries = {entry.name: entry for entry in section.entries}
    first = forms.field_of(section.entries[0], "")
    return tuple(
        (forms.field_of(entries[name], words), forms.plainly(entries[name], words))
        if name in entries
        else (first, f"{name.removeprefix('texts.') or 'The settings'}: {words}")
        for name, words in wrong.items()
    )


def _held(visit: Visit, section: Section, now: Now) -> dict[str, str]:
    held: dict[str, str] = {}
    for entry in section.entries:
        held |= forms.shown(entry, now.value(entry.name))
    return held


def _told(visit: Visit, entry: Entry, now: Now) -> tuple[str, ...]:
    if entry.name == DIVISION:
        names = (("", "Not named"), *divisions(visit.console.country).items())
        entry = replace(entry, choices=names)
    return forms.in_words(entry, now.value(entry.name))


async def _form(
    visit: Visit,
    section: Section,
    now: Now,
    held: Mapping[str, str],
    problems: Problems = (),
    meanwhile: Mapping[str, Version] | None = None,
) -> web.Response:
    entries = {entry.name: entry for entry in section.entries}
    listed = await _days(visit, held, now) if "closed_on" in entries else ()
    return visit.page(
        "settings-section.html",
        409 if meanwhile else 422 if problems else 200,
        section=section,
        held=held,
        now=now,
        version=now.newest,
        days=listed,
        others=forms.OTHERS,
        weekdays=forms.WEEKDAYS,
        problems=problems,
        meanwhile=[
            (one, entries[name], forms.in_words(entries[name], now.value(name)))
            for name, one in (meanwhile or {}).items()
        ],
        of_file={
            name: forms.in_words(entry, now.base.get(name)) for name, entry in entries.items()
        },
        **standing(visit),
    )


async def _days(visit: Visit, held: Mapping[str, str], now: Now) -> Sequence[Day]:
    console = visit.console
    division = held.get("country_division", "")
    today = console.gate.now().astimezone(console.zone).date()
    coming = await asyncio.to_thread(coming_holidays, console.country, division, today)
    return days_to_tick(coming, now.value("closed_on"), held, today)


ROUTES = (
    Guarded("GET", SETTINGS, show_all, "manager"),
    Guarded("GET", f"{SETTINGS}/{{section}}", show, "manager"),
    Guarded("POST", f"{SETTINGS}/{{section}}", take, "manager"),
)
