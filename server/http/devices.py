"""A young person's own device, remembered so that the note opens on it later (U8)."""

from aiohttp import web

from server import keys
from server.domain.roles import Guest
from server.http import guards
from server.services import arriving, sessions

KEPT = 60 * 24 * 3600  # seconds: the reading right lasts at most that long


async def keep(request: web.Request, guest: Guest, response: web.StreamResponse) -> None:
    """Give the browser its mark, if it was admitted and is called one's own."""
    device = sessions.new_cookie()
    async with request.app[keys.DATABASE].begin() as db:
        kept = await arriving.keep_device(db, guest, device, now=request.app[keys.CLOCK].now())
    if kept:
        name = guards.device_cookie(request)
        guards.set_cookie(request, response, name, device, KEPT)
