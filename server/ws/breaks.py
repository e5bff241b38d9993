"""Lines that break and come back, written down as they do (S29)."""

from typing import TYPE_CHECKING

from sqlalchemy.ext.asyncio import AsyncSession

from server.services import calling, interrupting
from server.ws.line import Line

if TYPE_CHECKING:
    from server.ws.rooms import Rooms


async def keep(rooms: "Rooms", line: Line) -> None:
    """Somebody has been gone for longer than a breath: the phone plan opens."""
    async with rooms.database.begin() as db:
        await interrupting.broke(db, line.session, now=rooms.clock.now())
    rooms.soon(line.meeting)


async def came(db: AsyncSession, rooms: "Rooms", line: Line, *, in_time: bool) -> None:
    """Somebody is on the line, again or for the first time."""
    await interrupting.came_back(db, line.session, now=rooms.clock.now())
    if not in_time:
        await calling.step_back(db, line.session)
