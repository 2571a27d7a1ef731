"""Settings changed while the site serves: the port answers, and conversations go on."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import pytest
from aiohttp import ClientSession, ClientWebSocketResponse

from bot.desk.gate import Gate
from bot.runtime import ground, rounds
from bot.settings import Settings, load_settings
from bot.store.database import open_database
from bot.store.desk import AuditEntry, DeskStore
from bot.store.desk.settings import read_changes, save
from tests.databases import url_of
from tests.desk.desk_client import PASSWORD, Browser, add
from tests.runtime.changing import served
from tests.web.clinic_site import ROOT, knowledge, quick_passwords, red_flags

RED_FLAG = "my knee is hot and swollen and i have a fever after the injection"
EMERGENCY = {
    "emergency_number": "112",
    "crisis_line": "A friend on 01632 960 555",
    "sure": "Change emergency numbers",
}
ENTRY = AuditEntry(None, "anna", "settings.changed")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project of its own clinic.yml, with everything else as it is."""
    root = tmp_path / "project"
    root.mkdir()
    shutil.copy(ROOT / "clinic.yml", root)
    (root / "data").symlink_to(ROOT / "data")
    return root


async def page(session: ClientSession, path: str) -> str:
    async with session.get(path) as response:
        return await response.text()


async def manager(session: ClientSession, settings: Settings) -> Browser:
    database = await open_database(settings.database_url)
    await add(Gate(DeskStore(database), quick_passwords(), settings.secret), "anna", "manager")
    await database.close()
    client = SimpleNamespace(session=session, request=session.request)
    browser = Browser(client)  # type: ignore[arg-type]
    assert (await browser.sign_in("anna", PASSWORD)).status == 303
    return browser


@dataclass
class Caller:
    """Somebody who asks for a page again and again, each time by a new connection."""

    address: str
    refused: int = 0
    slowest: float = 0.0

    async def ask_on(self) -> None:
        while True:
            began = asyncio.get_running_loop().time()
            try:
                async with ClientSession(self.address) as session:
                    await page(session, "/health/live")
            except OSError:
                self.refused += 1
            self.slowest = max(self.slowest, asyncio.get_running_loop().time() - began)
            await asyncio.sleep(0.01)


@pytest.mark.slow
async def test_a_change_is_in_force_at_once_and_what_fails_changes_nothing(
    project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ground, "load_knowledge", lambda _: knowledge())
    monkeypatch.setattr(ground, "load_red_flags", lambda _: red_flags())
    broken = asyncio.Event()
    async with (
        served(project, tmp_path, broken) as settings,
        ClientSession(settings.public_url) as session,
    ):
        browser, caller = await manager(session, settings), Caller(settings.public_url)
        token = await begun(session, settings.public_url)
        asking = asyncio.create_task(caller.ask_on())
        told = await saved(browser, "emergency", **EMERGENCY)
        asking.cancel()
        await asyncio.wait([asking])
        assert "Saved; in force since" in told
        assert caller.refused == 0
        # A second or so; more on a busy machine.
        assert caller.slowest < 8

        lines = await told_of_red_flag(session, settings.public_url, token)
        assert lines[0] == ("patient", "hello there")
        assert "112" in lines[-1][1]
        assert "999" not in lines[-1][1]

        broken.set()
        told = await saved(browser, "booking", booking_url="/demo/x", booking_label="A time")
        assert "not in force" in told
        assert "the disk is full" in told
        assert "Saved; in force" not in told
        assert "A time" not in await page(session, "/")


async def saved(browser: Browser, section: str, **form: str) -> str:
    """Save a section and return the page that follows."""
    at = f"/desk/settings/{section}"
    answer = await browser.fill(at, at, **form)
    assert answer.status == 303, await answer.text()
    return await (await browser.get(answer.headers["Location"])).text()


async def begun(session: ClientSession, origin: str) -> str:
    """Begin a conversation that stays open, and return its token."""
    socket = await session.ws_connect("/ws", headers={"Origin": origin})
    await socket.send_json({"type": "hello"})
    await socket.send_json({"type": "message", "text": "hello there", "key": "message-1"})
    return await of_kind(socket, "kept")


async def told_of_red_flag(
    session: ClientSession, origin: str, token: str
) -> list[tuple[str, str]]:
    """Come back to a conversation, write of an emergency, and return all that was said."""
    socket = await session.ws_connect("/ws", headers={"Origin": origin})
    await socket.send_json({"type": "hello", "conversation": token, "after": 0})
    await socket.send_json({"type": "message", "text": RED_FLAG, "key": "message-2"})
    lines: list[tuple[str, str]] = []
    while not lines or lines[-1][0] != "urgent":
        frame = await socket.receive_json(timeout=5)
        said = [entry["message"] for entry in frame.get("entries", ())]
        lines += [(message["kind"], message["text"]) for message in said]
    await socket.close()
    return lines


async def of_kind(socket: ClientWebSocketResponse, kind: str) -> str:
    while True:
        frame = await socket.receive_json(timeout=5)
        if frame["type"] == kind:
            return str(frame["conversation"])


async def test_settings_that_do_not_start_give_way_to_the_former() -> None:
    held: list[object] = []
    good, bad = object(), object()
    stop, back = asyncio.Event(), asyncio.Event()

    @asynccontextmanager
    async def hold(settings: object) -> AsyncIterator[None]:
        held.append(settings)
        if settings is bad:
            raise OSError("no room")
        if len(held) == 3:
            back.set()
        yield

    loop = rounds.Rounds(good, lambda: bad)  # type: ignore[arg-type, return-value]
    running = asyncio.create_task(loop.run(hold, stop))  # type: ignore[arg-type]
    await asyncio.sleep(0)
    assert await loop.renew() is None

    await asyncio.wait_for(back.wait(), 5)
    assert held == [good, bad, good]
    assert loop.settings is good
    assert loop.failed == "they did not start (OSError)"
    stop.set()
    await running


async def test_a_first_start_that_fails_is_told() -> None:
    @asynccontextmanager
    async def hold(_: object) -> AsyncIterator[None]:
        raise OSError("no room")
        yield

    with pytest.raises(OSError, match="no room"):
        await rounds.Rounds(object(), lambda: None).run(hold, asyncio.Event())  # type: ignore[arg-type, return-value]


async def test_a_start_sees_what_was_changed_before(project: Path, tmp_path: Path) -> None:
    database = await open_database(url_of(tmp_path))
    await database.write(partial(save, changes={"emergency_number": "112"}, seen=0, entry=ENTRY))
    await database.close()
    settings = load_settings(project, {"CANDOR_DATABASE_URL": url_of(tmp_path)}, read_changes)
    assert settings.clinic.emergency_number == "112"
