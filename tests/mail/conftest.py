"""A desk without opening hours, and a room with a post office."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.mail.room import Room, a_room
from tests.mail.small_desk import Desk, a_desk


@pytest.fixture
def desk() -> Iterator[Desk]:
    with a_desk() as made:
        yield made


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with a_room(tmp_path) as made:
        yield made
