"""Patients' data: found by whoever is at the desk, handed over and erased by a manager.

What is looked for comes in a form and stands in no address; ids of people do neither.
"""

import json
from datetime import timedelta

from aiohttp import web

from bot.conversation.references import NotAReference, read_reference, reference_of
from bot.desk.channels import channel_name
from bot.desk.console import HEADERS
from bot.desk.guard import Guarded
from bot.desk.rights import rights
from bot.desk.rights.asking import KINDS, CannotRead
from bot.desk.rights.handing_over import as_object
from bot.desk.rights.rights import Rights
from bot.desk.rights.words import counted, shown, table_words
from bot.desk.visit import Problems, Visit
from bot.store.rights import Found

PATIENTS = "/desk/patients"
GONE = "Nothing is kept under that any more. Look for the patient once more."


async def show(visit: Visit) -> web.Response:
    """Show what a patient can be looked for by."""
    return _search(visit)


async def find(visit: Visit) -> web.Response:
    """Look for a patient and show how things stand with them, without their words."""
    kind = visit.form.get("kind", "number")
    if kind not in KINDS:
        raise web.HTTPBadRequest(reason="There is no such kind")
    try:
        found = await rights.find(_rights(visit), visit.staff, kind, visit.form.get("what", ""))
    except CannotRead as error:
        return _search(visit, 422, (("what", str(error)),))
    return _search(visit, found=found)


async def export(visit: Visit) -> web.Response:
    """Show all that is kept of a patient, to be read and printed."""
    ours, an_id = _rights(visit), visit.form.get("record", "")
    gathered = await rights.export(ours, visit.staff, an_id, "to read")
    if gathered is None:
        return _gone(visit)
    data = as_object(gathered, visit.console.clinic, ours.keep, ours.now())
    return visit.page(
        "patient-data.html",
        data=data,
        record=an_id,
        made_at=ours.now(),
        channel=channel_name,
        table=table_words,
        shown=lambda value: shown(value, visit.console.when),
    )


async def export_file(visit: Visit) -> web.Response:
    """Hand over all that is kept of a patient as a JSON file."""
    ours, an_id = _rights(visit), visit.form.get("record", "")
    gathered = await rights.export(ours, visit.staff, an_id, "as a file")
    if gathered is None:
        return _gone(visit)
    data = as_object(gathered, visit.console.clinic, ours.keep, ours.now())
    name = f"patient-{data['reference']}.json"
    return web.Response(
        text=json.dumps(data, ensure_ascii=False, indent=2) + "\n",
        content_type="application/json",
        headers={**HEADERS, "Content-Disposition": f'attachment; filename="{name}"'},
    )


async def ask_to_erase(visit: Visit) -> web.Response:
    """Show what would be erased, and ask for the reference."""
    found = await rights.known(_rights(visit), visit.form.get("record", ""))
    return _gone(visit) if found is None else _sure(visit, found)


async def erase(visit: Visit) -> web.Response:
    """Erase a patient whose reference was typed, and show the receipt."""
    ours, an_id = _rights(visit), visit.form.get("record", "")
    found = await rights.known(ours, an_id)
    if found is None:
        return _gone(visit)
    reference = reference_of(found.record.id)
    if _typed(visit) != reference:
        return _sure(visit, found, 422, (("reference", f"Type {reference} to confirm."),))
    receipt = await rights.erase_all(ours, visit.staff, an_id)
    if receipt is None:
        return _gone(visit)
    at = receipt.erased.at
    return visit.page(
        "patient-erased.html",
        reference=reference,
        at=at,
        counts=counted(receipt.erased.found.counts),
        backups=[(one, at + timedelta(days=one.kept_days)) for one in ours.backups],
        noted=receipt.noted,
    )


def _rights(visit: Visit) -> Rights:
    console = visit.console
    return Rights(
        console.database,
        console.gate.secret,
        console.country,
        console.keep,
        console.backups,
        console.conversations,
        console.let_go,
        console.gate.now,
    )


def _typed(visit: Visit) -> str | None:
    try:
        return read_reference(visit.form.get("reference", ""))
    except NotAReference:
        return None


def _search(
    visit: Visit, status: int = 200, problems: Problems = (), found: list[Found] | None = None
) -> web.Response:
    return visit.page(
        "patients.html",
        status,
        kinds=KINDS,
        kind=visit.form.get("kind", "number"),
        what=visit.form.get("what", ""),
        problems=problems,
        found=found,
        reference=reference_of,
        channel=channel_name,
        ends=lambda talk: visit.console.keep.ends(talk.channel, talk.changed),
    )


def _sure(visit: Visit, found: Found, status: int = 200, problems: Problems = ()) -> web.Response:
    return visit.page(
        "patient-erase.html",
        status,
        found=found,
        reference=reference_of(found.record.id),
        counts=counted(found.counts),
        problems=problems,
    )


def _gone(visit: Visit) -> web.Response:
    return _search(visit, 422, (("what", GONE),))


ROUTES = (
    Guarded("GET", PATIENTS, show, "front_desk"),
    Guarded("POST", f"{PATIENTS}/find", find, "front_desk"),
    Guarded("POST", f"{PATIENTS}/export", export, "manager"),
    Guarded("POST", f"{PATIENTS}/export-file", export_file, "manager"),
    Guarded("POST", f"{PATIENTS}/erase", ask_to_erase, "manager"),
    Guarded("POST", f"{PATIENTS}/erase-now", erase, "manager"),
)
