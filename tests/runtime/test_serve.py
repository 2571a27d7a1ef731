"""The whole, as `make run` starts it: answers, outlives its engine's death, and stops in order."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from tests.runtime.served import Served, serving, until
from tests.store.marked_people import in_files

pytestmark = pytest.mark.slow


async def test_serves_survives_and_stops(tmp_path: Path) -> None:
    async with serving(tmp_path) as served:
        await until(served, ready=True)
        first = await served.ask("is it permanent?")
        assert first["messages"][0]["kind"] == "answer"

        (engine,) = served.engines()
        os.kill(engine, signal.SIGKILL)
        await until(served, ready=False)
        await until(served, ready=True)
        again = await served.ask("where does that come from?", first["conversation"])
        assert again["messages"][0]["kind"] == "answer", "the conversation is remembered"

        marked = await served.ask("Zanzibar: is it safe for Quillington?")
        token = {"Authorization": f"Bearer {marked['conversation']}"}
        async with served.client.delete("/api/conversation", headers=token) as gone:
            assert gone.status == 204

        (engine,) = served.engines()
        served.process.send_signal(signal.SIGINT)
        assert await asyncio.wait_for(served.process.wait(), 20) == 0
        with pytest.raises(ProcessLookupError):
            os.kill(engine, 0)
    # Neither the database nor the engine's files nor its log.
    assert in_files(tmp_path, ["Zanzibar", "Quillington"]) == []


async def kept_on_the_socket(served: Served, texts: list[str]) -> str:
    """Send the texts over the widget's socket and return the token once all are acknowledged."""
    async with served.client.ws_connect("/ws", headers={"Origin": served.origin}) as socket:
        await socket.send_json({"type": "hello"})
        token = ""
        for number, text in enumerate(texts):
            key = f"message-{number}"
            await socket.send_json({"type": "message", "text": text, "key": key})
        waiting = {f"message-{number}" for number in range(len(texts))}
        while waiting:
            frame = await socket.receive_json(timeout=20)
            token = frame.get("conversation") or token
            if frame["type"] == "kept":
                waiting.discard(frame["key"])
        return token


async def transcript(served: Served, token: str) -> list[tuple[str, str]]:
    headers = {"Authorization": f"Bearer {token}"}
    async with served.client.get("/api/conversation", headers=headers) as response:
        entries = (await response.json())["entries"]
    return [(entry["author"], entry["message"]["kind"]) for entry in entries]


async def test_a_killed_application_finishes_what_was_begun(tmp_path: Path) -> None:
    texts = ["is it permanent?", "how long do results last", "is it safe", "is it worth it"]
    async with serving(tmp_path) as served:
        await until(served, ready=True)
        token = await kept_on_the_socket(served, texts)
        served.process.kill()
        await served.process.wait()
    async with serving(tmp_path) as served:
        await until(served, ready=True)
        told = await transcript(served, token)
        async with asyncio.timeout(60):
            while len(told) < 2 * len(texts):
                await asyncio.sleep(0.1)
                told = await transcript(served, token)
    assert sorted(told) == sorted([("patient", "patient"), ("assistant", "answer")] * len(texts))
