"""Listening sockets that outlive the application behind them.

Whoever connects while one application gives way to another waits in the socket's queue, and isn't
refused.
"""

import socket
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager

from aiohttp import web

# Connections that may wait to be taken up.
QUEUE = 1024
STOP_SECONDS = 5

type Address = tuple[str, int] | tuple[str, int, int, int] | tuple[int, bytes]


@contextmanager
def open_sockets(host: str, port: int) -> Iterator[Sequence[socket.socket]]:
    """Listen on every address of a host within the block; OSError when the port is taken."""
    with ExitStack() as stack:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        places = dict.fromkeys((family, address) for family, *_, address in found)
        yield [stack.enter_context(_listening(family, address)) for family, address in places]


@asynccontextmanager
async def serving_on(sockets: Sequence[socket.socket], app: web.Application) -> AsyncIterator[None]:
    """Serve an application within the block; the sockets stay open when it ends."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_SECONDS)
    await runner.setup()
    try:
        for one in sockets:
            # What serves closes its socket; the queue belongs to both.
            await web.SockSite(runner, one.dup(), backlog=QUEUE).start()
        yield
    finally:
        await runner.cleanup()


def _listening(family: int, address: Address) -> socket.socket:
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listener.bind(address)
        listener.listen(QUEUE)
        listener.setblocking(False)
    except BaseException:
        listener.close()
        raise
    return listener
