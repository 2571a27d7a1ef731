"""The outbox: every e-mail leaves, however servers and databases fail, and not twice knowingly."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from unittest.mock import patch

import pytest

from bot.conversation import Change, Message, StoreUnavailable
from bot.conversation.holding import wait
from bot.conversation.message import new_id
from bot.desk.mail import Postman
from bot.runtime.mail import postman_of
from bot.runtime.stack import Stack
from bot.settings import MailSettings
from bot.store import open_store
from bot.store.desk import mails
from tests.databases import at_once, said, url_of
from tests.mail.post_office import post_office
from tests.mail.room import CLOSED, OPEN, SECRET_WORDS, Room, clinic_texts
from tests.web.clinic_site import clinic_site


async def test_an_urgent_message_leads_to_one_e_mail_without_its_words(room: Room) -> None:
    for _ in range(3):
        await room.postman.look()
    [message] = room.office.taken
    shown = message.as_string()
    assert f"https://ask.x/desk/conversations/{room.conversation}" in shown
    assert "chest" not in shown
    assert "Pat" not in shown
    assert await room.problem() is None


async def test_a_server_that_says_later_gets_it_later(room: Room) -> None:
    room.office.answers = ["451 later", "451 later"]
    for seconds in (0, 14, 1, 59, 1):
        room.clock.pass_by(seconds=seconds)
        await room.postman.look()
    assert room.office.answers == []
    assert len(room.office.taken) == 1
    assert await room.problem() is None


async def test_what_may_have_arrived_is_sent_again_under_the_same_name(room: Room) -> None:
    room.office.answers = ["drop"]
    for _ in range(2):
        await room.postman.look()
        room.clock.pass_by(minutes=1)
    one, other = room.office.taken
    assert one["Message-ID"] == other["Message-ID"]
    assert one["Date"] == other["Date"]


async def test_nothing_is_lost_or_doubled_by_a_restart(room: Room, tmp_path: Path) -> None:
    room.office.answers = ["451 later"]
    await room.postman.look()
    await room.store.close()
    store = room.store = await open_store(url_of(tmp_path))
    room.clock.pass_by(minutes=1)
    again = Postman(
        store.database,
        room.postman.server,
        room.postman.head,
        CLOSED,
        room.postman.patience,
        room.clock,
    )
    for _ in range(2):
        await again.look()
    assert len(room.office.taken) == 1


async def test_what_is_known_to_be_sent_is_not_sent_again(room: Room) -> None:
    with (
        patch("bot.store.desk.mails.sent", side_effect=StoreUnavailable("the disk is full")),
        suppress(StoreUnavailable),
    ):
        await room.postman.look()
    await room.postman.look()
    await room.postman.look()
    assert len(room.office.taken) == 1
    assert await mails.due(room.store.database, room.clock() + timedelta(days=1)) == []


async def test_after_a_day_it_is_given_up_and_told_of(
    room: Room, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.WARNING, "bot")
    room.office.refused = "550 Pat Invented is unknown"
    told = []
    for hours in (0, 1, 1, 21, 1, 1):
        room.clock.pass_by(hours=hours)
        await room.postman.look()
        told.append(await room.problem())
    words = "refuses the address in desk_email (550)"
    assert told[:3] == [None, None, f"{told[2]}"]
    assert told[2]
    assert "doesn't get through" in told[2]
    assert words in told[2]
    assert told[-1]
    assert "was given up" in told[-1]
    errors = [one.getMessage() for one in caplog.records if one.levelname == "ERROR"]
    assert len(errors) == 1
    assert words in errors[0]
    assert "Pat" not in caplog.text
    # The next one that leaves says that all is well again.
    room.office.refused = ""
    await room.store.change(
        room.conversation, lambda now, _: Change(wait(now, room.clock(), "asked", told=False))
    )
    room.clock.pass_by(minutes=1)
    await replace(room.postman, calendar=OPEN).look()
    assert room.office.taken
    assert await room.problem() is None


async def test_a_deleted_conversation_takes_its_e_mail_along(room: Room) -> None:
    room.office.answers = ["451 later"]
    await room.postman.look()
    await room.store.forget(room.conversation)
    room.clock.pass_by(minutes=5)
    await room.postman.look()
    assert room.office.taken == []


async def _until(reached: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not reached():  # noqa: ASYNC110 - nobody rings
            await asyncio.sleep(0.01)


async def test_it_works_on_and_wakes_for_news(room: Room, caplog: pytest.LogCaptureFixture) -> None:
    room.clock.at = datetime.now(UTC) + timedelta(seconds=1)
    with patch.object(
        type(room.store.database), "write", side_effect=StoreUnavailable(SECRET_WORDS)
    ):
        task = asyncio.create_task(room.postman.work(every=60, rest=0))
        await _until(lambda: "can't be looked after" in caplog.text)
    assert "chest" not in caplog.text
    room.postman.hear("anything")
    await _until(lambda: bool(room.office.taken))
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_on_the_running_stack_an_emergency_is_told_at_once(tmp_path: Path) -> None:
    async with post_office() as office, clinic_site(tmp_path, "http://clinic.test") as site:
        who = (None, None, "a@clinic.example", "d@clinic.example")
        mail = MailSettings("127.0.0.1", office.port, "none", *who, 10)
        stack = SimpleNamespace(
            store=site.store, conversations=site.conversations, texts=clinic_texts()
        )
        postman = postman_of(replace(site.settings, mail=mail), cast(Stack, stack))
        assert postman is not None
        task = asyncio.create_task(postman.work(every=60, rest=0))
        conversation = await site.conversations.start("widget")
        await site.conversations.receive(conversation, "I can hardly breathe and my lips swell")
        await _until(lambda: bool(office.taken))
        assert office.taken[0]["Subject"].startswith("Urgent")
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        assert postman_of(site.settings, cast(Stack, stack)) is None


async def test_one_that_fails_does_not_keep_the_others_back(room: Room) -> None:
    other = await room.store.start("whatsapp")
    alarm = partial(Message, kind="urgent", text="Ring 999 now.")
    await room.store.keep(other, said("help"), settle=at_once(alarm(id=new_id())))
    room.office.answers = ["554 not this one"]
    for _ in range(2):
        await room.postman.look()
        room.clock.pass_by(seconds=1)
    assert len(room.office.taken) == 1
