"""What Meta's webhook takes, what it refuses, and that nothing of a patient gets into a log."""

import json
import logging
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession
from aiohttp.test_utils import TestServer

from bot.conversation import StoreUnavailable
from tests.web.clinic_site import clinic_site
from tests.whatsapp.account import NUMBER_ID, SECRET, VERIFY_TOKEN
from tests.whatsapp.clinic_channel import Clinic, clinic_channel
from tests.whatsapp.courier import encoded, envelope, signature
from tests.whatsapp.phones import Phone

pytestmark = pytest.mark.slow

PAT = Phone("447700900123", "GB.99887766", "Philippa Quill")
CHALLENGE = "<b>1158201444</b>"


@pytest.fixture
async def meta() -> AsyncIterator[ClientSession]:
    async with ClientSession() as session:
        yield session


async def post(
    meta: ClientSession, clinic: Clinic, body: bytes, signed: str | None = "right"
) -> ClientResponse:
    headers = {"Content-Type": "application/json"}
    if signed:
        headers["X-Hub-Signature-256"] = signature(SECRET if signed == "right" else "other", body)
    async with meta.post(clinic.webhook, data=BytesIO(body), headers=headers) as response:
        await response.read()
        return response


def kept(clinic: Clinic) -> int:
    """How many updates the database holds."""
    with clinic.store.database.reader.connect() as connection:
        count = connection.exec_driver_sql("SELECT count(*) FROM whatsapp_updates").scalar_one()
    return int(count)


def body_of(clinic: Clinic, *texts: str, number: str = NUMBER_ID) -> bytes:
    written = [clinic.patients.write(PAT, text) for text in texts]
    clinic.patients.number_id = number
    return encoded(clinic.patients.delivery(written))


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({}, 200),
        ({"hub.verify_token": "wrong"}, 403),
        ({"hub.verify_token": "ünicode"}, 403),
        ({"hub.verify_token": ""}, 403),
        ({"hub.mode": "unsubscribe"}, 403),
        ({"hub.mode": ""}, 403),
    ],
)
async def test_the_handshake_is_answered_to_meta_alone(
    tmp_path: Path, meta: ClientSession, changes: dict[str, str], status: int
) -> None:
    asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY_TOKEN, "hub.challenge": CHALLENGE}
    async with (
        clinic_channel(tmp_path) as clinic,
        meta.get(clinic.webhook, params=asked | changes) as response,
    ):
        assert response.status == status
        assert response.content_type != "text/html"
        assert (await response.text() == CHALLENGE) == (status == 200)


@pytest.mark.parametrize(("signed", "status"), [(None, 401), ("wrong", 403)])
async def test_nothing_is_kept_that_is_not_signed(
    tmp_path: Path, meta: ClientSession, signed: str | None, status: int
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        refused = await post(meta, clinic, body_of(clinic, "is it permanent?"), signed)
        assert (refused.status, kept(clinic)) == (status, 0)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"\xff", b'"text"'])
async def test_what_is_no_delivery_is_refused(
    tmp_path: Path, meta: ClientSession, body: bytes
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        assert (await post(meta, clinic, body)).status == 400


@pytest.mark.parametrize("chunked", [False, True])
async def test_what_is_too_large_is_refused(
    tmp_path: Path, meta: ClientSession, chunked: bool
) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(5):
            yield b" " * 1024 * 1024

    async with clinic_channel(tmp_path) as clinic:
        data: Any = pieces() if chunked else BytesIO(b" " * 5 * 1024 * 1024)
        async with meta.post(clinic.webhook, data=data) as response:
            assert response.status == 413


async def test_the_largest_delivery_is_taken(tmp_path: Path, meta: ClientSession) -> None:
    async with clinic_channel(tmp_path) as clinic:
        people = [Phone(f"4477009{number:05}", None, "Somebody") for number in range(1000)]
        written = [clinic.patients.write_item(one, "sticker", {"id": "1"}) for one in people]
        for one in written:
            one.item["sticker"]["padding"] = "x" * 2750
        body = encoded(clinic.patients.delivery(written))
        assert 2_900_000 < len(body) < 3_145_728
        assert (await post(meta, clinic, body)).status == 200
        assert kept(clinic) == 1000


async def test_another_number_is_refused_and_told_but_what_is_ours_is_taken(
    tmp_path: Path, meta: ClientSession, caplog: pytest.LogCaptureFixture
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        theirs = body_of(clinic, "is it permanent?", number="999")
        assert (await post(meta, clinic, theirs)).status == 404
        assert kept(clinic) == 0
        both = json.loads(theirs)
        both["entry"] += json.loads(body_of(clinic, "is it permanent?"))["entry"]
        assert (await post(meta, clinic, encoded(both))).status == 200
        await clinic.said_to(PAT, 1)
        assert len(await clinic.transcript(PAT)) == 2
    assert caplog.text.count("CANDOR_WHATSAPP_NUMBER_ID") == 2


@pytest.mark.parametrize("value", [{}, {"messages": []}, {"errors": [{"code": 131000}]}])
async def test_a_delivery_without_messages_is_taken(
    tmp_path: Path, meta: ClientSession, value: dict[str, Any]
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        assert (await post(meta, clinic, encoded(envelope(value)))).status == 200


async def test_nothing_is_lost_while_the_database_is_away(
    tmp_path: Path, meta: ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with clinic_channel(tmp_path) as clinic:
        body = body_of(clinic, "is it permanent?")

        async def away(*_: object) -> None:
            raise StoreUnavailable("the database can't be used: it is away")

        with monkeypatch.context() as broken:
            broken.setattr(type(clinic.kept), "take", away)
            assert (await post(meta, clinic, body)).status == 503
        assert (await post(meta, clinic, body)).status == 200
        await clinic.said_to(PAT, 1)


async def test_where_the_channel_is_off_there_is_nothing(
    tmp_path: Path, meta: ClientSession
) -> None:
    async with (
        clinic_site(tmp_path, "https://clinic.example") as site,
        TestServer(site.app) as server,
    ):
        for method in ("GET", "POST"):
            async with meta.request(method, server.make_url("/whatsapp")) as response:
                assert response.status == 404


async def test_nothing_of_a_patient_gets_into_a_log(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with clinic_channel(tmp_path) as clinic:
        say = clinic.patients.say
        for words in ("Zanzibar: is it permanent?", "stop", "Zanzibar", "start", "delete my data"):
            await say(PAT, words)
            await clinic.quiet(0.3)
        clinic.graph.statuses.fail_next(131026)
        for kind in ("image", "hologram", "order", "system"):
            content = {"id": "1", "caption": "Zanzibar", "text": "Zanzibar"}
            await clinic.patients.send(clinic.patients.write_item(PAT, kind, content))
        await clinic.said_to(PAT, 6)
    ours = [one for one in caplog.records if one.name.startswith(("bot", "aiohttp"))]
    logged = "\n".join(record.getMessage() for record in ours)
    assert "a message has failed" in logged
    for word in ("Zanzibar", "900123", "99887766", "Quill", "wamid", "permanent"):
        assert word not in logged
