"""Lines from standard input as they come, without holding up what else is going on."""

import asyncio
import os
import stat
import sys
from collections.abc import AsyncIterator

LONGEST_LINE = 1 << 26


async def typed_lines() -> AsyncIterator[str]:
    """Yield each line without its end; bytes that are no UTF-8 become replacement marks."""
    if stat.S_ISREG(os.fstat(sys.stdin.fileno()).st_mode):
        for line in sys.stdin.buffer:
            yield _text(line)
        return
    reader = asyncio.StreamReader(limit=LONGEST_LINE)
    pipe = os.fdopen(os.dup(sys.stdin.fileno()), "rb", buffering=0)
    loop = asyncio.get_running_loop()
    transport, _ = await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), pipe)
    try:
        while line := await reader.readline():
            yield _text(line)
    finally:
        transport.close()


def _text(line: bytes) -> str:
    return line.decode("utf-8", errors="replace").removesuffix("\n").removesuffix("\r")
