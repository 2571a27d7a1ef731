"""Whatever ends the application, the next start finishes what was begun."""

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bot.store import SqlStore, open_store
from tests.conversation.conversation_fakes import Echo, conversations_of, texts
from tests.databases import url_of

PROGRAM = Path(__file__).with_name("short_life.py")
ROOT = PROGRAM.parents[2]


def _until(folder: Path, last: str, *told: str) -> list[str]:
    """Run the small application, kill it when a line ends with `last`, and return its lines."""
    path = os.pathsep.join([str(ROOT), str(PROGRAM.parent)])
    with subprocess.Popen(
        [sys.executable, str(PROGRAM), str(folder), *told],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        assert process.stdout is not None
        lines: list[str] = []
        while not lines or not lines[-1].endswith(last):
            lines.append(process.stdout.readline().rstrip("\n"))
            assert lines[-1], "the application ended by itself"
        process.send_signal(signal.SIGKILL)
    return lines


@pytest.mark.slow
def test_kill_in_the_middle_of_a_turn_loses_and_doubles_nothing(tmp_path: Path) -> None:
    # "a" is answered, "b" hangs in the assistant, "c" waits behind it.
    first = _until(tmp_path, "re: a", "slow", "a", "b", "c")
    second = _until(tmp_path, "re: c", "quick", "b", "c")
    kept = [line for line in first if line.startswith("kept")]
    assert len(kept) == 3
    assert [line for line in second if line.startswith("kept")] == kept[1:], "same key, same turn"
    shown = [line for line in second if not line.startswith("kept")]
    patient, assistant = (
        [line.split(" ", 3)[3] for line in shown if f" {author} " in line]
        for author in ("patient", "assistant")
    )
    assert (patient, assistant) == (["a", "b", "c"], ["re: a", "re: b", "re: c"])
    assert [line.split(" ")[0] for line in shown] == ["1", "2", "3", "4", "5", "6"]
    before = [line for line in first if not line.startswith("kept")]
    assert shown[: len(before)] == before, "what was shown stays as it was"


async def test_a_clean_end_lets_a_turn_finish_and_leaves_the_rest_for_the_next_start(
    tmp_path: Path, store: SqlStore, assistant: Echo
) -> None:
    conversations = conversations_of(store, assistant)
    assistant.held = {"soon": asyncio.Event(), "never": asyncio.Event()}
    one, two = [await conversations.start("widget") for _ in range(2)]
    soon = await conversations.receive(one, "soon")
    later = await conversations.receive(one, "later")
    never = await conversations.receive(two, "never")
    closing = asyncio.create_task(conversations.close(grace=0.1))
    await asyncio.sleep(0.01)
    assistant.held["soon"].set()
    await closing
    assert len(await store.replies(soon) or []) == 1
    assert await store.replies(later) is None
    assert await store.replies(never) is None

    again = await open_store(url_of(tmp_path))
    resumed = conversations_of(again, Echo())
    await resumed.resume()
    assert texts(await resumed.finished(later, timeout=5)) == ["re: later"]
    assert texts(await resumed.finished(never, timeout=5)) == ["re: never"]
    assert texts(await resumed.transcript(one)) == ["soon", "later", "re: soon", "re: later"]
    await resumed.close()
    await again.close()
