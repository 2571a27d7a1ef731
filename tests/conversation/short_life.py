"""A small application: sends what it is told, says what was acknowledged, then what was shown.

Run as `short_life.py FOLDER slow|quick [TEXT ...]`; a slow assistant never comes to an end.
"""

import asyncio
import sys
from pathlib import Path

from bot.store import open_store
from tests.conversation.conversation_fakes import Echo, conversations_of
from tests.databases import url_of


async def main(folder: Path, mood: str, sends: list[str]) -> None:
    store = await open_store(url_of(folder))
    assistant = Echo()
    if mood == "slow":
        assistant.held["b"] = asyncio.Event()
    conversations = conversations_of(store, assistant)
    await conversations.resume()
    talk = folder / "conversation"
    if not talk.exists():
        talk.write_text(await conversations.start("widget"))
    for text in sends:
        turn = await conversations.receive(talk.read_text(), text, key=text)
        print("kept", turn, flush=True)
    async for news in conversations.follow(talk.read_text()):
        for entry in news.entries:
            print(entry.seq, entry.author, entry.message.id, entry.message.text, flush=True)


asyncio.run(main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:]))
