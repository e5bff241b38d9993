"""Pages tell the room of a meeting that something has changed, and ask who is in the call."""

from aiohttp import web

from server.domain.roles import Guest
from server.ws.rooms import Rooms

ROOMS: web.AppKey[Rooms] = web.AppKey("ROOMS", Rooms)


async def tell(request: web.Request, meeting: int) -> None:
    """Push what changed to everybody connected to this meeting."""
    await request.app[ROOMS].changed(meeting)


async def tell_all(request: web.Request) -> None:
    """Look at every room anew: a session has ended, and its line is to end with it (V7.4)."""
    rooms = request.app[ROOMS]
    for meeting in list(rooms.rooms):
        await rooms.changed(meeting)


async def in_call(request: web.Request, guest: Guest) -> bool:
    """Whether this very device is admitted and in the call with the host at this moment: not in
    the bisidder's room, which is there also after the meeting (P4)."""
    line = request.app[ROOMS].line_of(guest.meeting, guest.session)
    if line is None or line.apart or not guest.admitted:
        return False
    return line.shown.get("phase") in ("call", "paused")
