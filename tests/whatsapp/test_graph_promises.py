"""Whatever goes wrong on the way: what is told as not sent was not, what is told as sent was."""

import asyncio
import logging

import pytest
from aiohttp import ClientSession

from bot.channels.whatsapp.graph import NotSent, Unsure
from tests.whatsapp.graph_client import PHONE, SECRETS, client, text
from tests.whatsapp.graph_server import graph_server


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_no_answer_of_the_client_is_ever_wrong(
    seed: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    async with graph_server(pair_seconds=0) as server, ClientSession() as session:
        server.limits.per_second = 1000
        server.faults.seeded(seed, 0.5)
        server.patient_wrote(PHONE)
        graph = client(session, server.base, timeout=1.5)
        lines = asyncio.Semaphore(40)

        async def outcome(number: int) -> object:
            try:
                async with lines:
                    return await graph.send(text(biz_opaque_callback_data=f"ob-{number}"))
            except (NotSent, Unsure) as error:
                return error

        outcomes = await asyncio.gather(*[outcome(number) for number in range(150)])
        accepted = {one.opaque: one.wamid for one in server.accepted}
    for number, one in enumerate(outcomes):
        wamid = accepted.get(f"ob-{number}")
        if isinstance(one, NotSent):
            assert wamid is None
        elif not isinstance(one, Unsure):
            assert one == wamid
    assert {type(one) for one in outcomes} == {str, NotSent, Unsure}
    assert not server.malformed
    assert not [secret for secret in SECRETS if secret in caplog.text]
