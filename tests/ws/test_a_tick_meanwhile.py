"""The heartbeat beats while other things go on."""

import asyncio
from typing import Any

from server.ws.held import Room
from server.ws.rooms import READ_AGAIN
from tests.lines import own_origin


async def test_the_first_to_come_in_is_not_forgotten_by_a_tick(opened, sofie, rooms, database):
    """P10: her line waited for its turn to write while the room had nobody in it yet."""
    async with database.begin():
        opening = await sofie.ws_connect("/line", headers={"Origin": own_origin(sofie)})
        hearing = asyncio.create_task(opening.receive_json())
        await asyncio.wait({hearing}, timeout=0.2)
        await rooms.tick()
    state = await asyncio.wait_for(hearing, 10)
    assert state["phase"] == "outside"
    assert rooms.line_of(opened.meeting, next(iter(rooms.rooms.values())).lines[0].session)
    await opening.close()


async def test_no_lease_runs_out_while_it_waits_for_another_rooms(sofie_in, rooms, opened):
    """R4: a worker with much to do answers late; eighty rooms one after another took longer than
    a lease holds."""
    here = rooms.rooms[opened.meeting]
    other = Room(opened.meeting + READ_AGAIN, lines=list(here.lines), name="another")
    rooms.rooms[other.meeting] = other
    rooms.ticks = READ_AGAIN - opened.meeting % READ_AGAIN  # no turn of theirs to be read anew
    rooms.gateway = Late(2)
    try:
        await asyncio.wait_for(rooms.tick(), 10)
        assert rooms.gateway.asked == {here.name, "another"}
    finally:
        rooms.gateway = None
        del rooms.rooms[other.meeting]


class Late:
    """A worker that answers nobody before it has heard from so many rooms."""

    def __init__(self, rooms: int) -> None:
        self.asked: set[str] = set()
        self._all = asyncio.Barrier(rooms)

    async def matrix(self, room: str, *_: Any, **__: Any) -> None:
        self.asked.add(room)
        await self._all.wait()


async def test_a_line_lost_while_the_server_stops_is_looked_after_by_nobody(mette_in, rooms):
    """P10: the database is closed next; whoever looked now would open it again, for good."""
    (here,) = rooms.rooms.values()
    (line,) = here.lines
    await rooms.close()
    rooms.lost(line)
    await rooms.changed(here.meeting)
    assert rooms.tasks == set()
