"""What a widget says over its WebSocket, and what it waits for."""

import asyncio

from aiohttp import ClientWebSocketResponse


async def receive(socket: ClientWebSocketResponse, kind: str) -> dict:
    """Return the next frame of a kind; others before it are skipped."""
    async with asyncio.timeout(5):
        while True:
            frame = await socket.receive_json()
            if frame["type"] == kind:
                return frame


async def entries_until(socket: ClientWebSocketResponse, seq: int) -> list[dict]:
    """Return the entries that come as news until the one with this number."""
    entries: list[dict] = []
    while not entries or entries[-1]["seq"] < seq:
        entries += (await receive(socket, "news"))["entries"]
    return entries


async def hello(socket: ClientWebSocketResponse, token: str | None, after: int = 0) -> dict:
    await socket.send_json({"type": "hello", "conversation": token, "after": after})
    return await receive(socket, "ready")


async def say(socket: ClientWebSocketResponse, text: str, key: str = "key-of-one") -> None:
    await socket.send_json({"type": "message", "text": text, "key": key})
