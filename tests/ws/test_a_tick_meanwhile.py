"""The heartbeat beats while somebody is just coming in."""

import asyncio

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
