"""Whoever has gone takes everything along, also out of the web process (W9, V17.3.1).

With a real worker behind the rooms: each round a young person opens the line, makes a connection
and goes, as browsers do it: politely, with a dead socket, or with another tab in between.
"""

import asyncio
import os

import pytest

from server.domain.roles import Role
from server.media.pool import Pool
from server.ws.parting import PATIENCE
from tests.lines import store_answers
from tests.media.client import Client

ROUNDS = 30
LONG_AFTER = PATIENCE + 1  # seconds


@pytest.fixture
async def pool(rooms):
    made = Pool(addresses=["127.0.0.1"], port=0, on_event=rooms.on_media, workers=1, realtime=False)
    await made.start()
    rooms.gateway = made
    return made  # the rooms close it


async def test_lines_that_came_and_went_leave_nothing_behind(
    pool, rooms, opened, connect, as_kind, clock, database
):
    """V17.3.1: no room, line, task, socket or connection of the worker's stays."""
    browser = await as_kind(seat=opened.sofies_seat)
    async with database.begin() as db:
        await store_answers(db, opened.sofies_seat, clock)
    await visit(connect, browser, rooms, opened, 0)
    await all_over(rooms)
    before = held()
    for number in range(1, ROUNDS + 1):
        await visit(connect, browser, rooms, opened, number)
    await all_over(rooms)
    assert (rooms.rooms, rooms.lineless.since, pool._rooms) == ({}, {}, {})
    counts = await pool.statistics()
    left = {name: n for name, n in counts.items() if n and name.startswith("kept_")}
    assert (left, counts["connections"], counts["rooms"]) == ({}, 0, 0)
    assert held() == before


async def visit(connect, browser, rooms, opened, number: int) -> None:
    talker = await connect(browser, Role.YOUNG_PERSON)
    line = rooms.rooms[opened.meeting].lines[-1]
    client = Client(rooms.gateway, rooms.rooms[opened.meeting].name, line.media)
    await client.join()
    match number % 3:
        case 0:
            await talker.socket.close()
        case 1:
            talker.socket._response.connection.transport.abort()
        case 2:
            again = await connect(browser, Role.YOUNG_PERSON)
            assert await talker.close_code() == 4409
            await again.socket.close()
    client.close()
    while any(line.gone_at is None for line in rooms.rooms[opened.meeting].lines):
        await rooms.changed(opened.meeting)


async def all_over(rooms) -> None:
    """So much time goes by that nobody who has gone is waited for any more."""
    now = rooms.time()
    for later in (0, LONG_AFTER, 2 * LONG_AFTER):
        rooms.time = lambda: now + later  # noqa: B023, asked before the next round
        await rooms.tick()
    while rooms.tasks:
        await asyncio.gather(*rooms.tasks)


def held() -> dict[str, int]:
    """Tasks and sockets. The database keeps its connections, each with a thread and a file."""
    descriptors = (f"/proc/self/fd/{name}" for name in os.listdir("/proc/self/fd"))
    sockets = [name for name in descriptors if "/socket:[" in os.path.realpath(name)]
    return {"tasks": len(asyncio.all_tasks()), "sockets": len(sockets)}
