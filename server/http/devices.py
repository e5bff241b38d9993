"""A device that was let in: its new cookie (L10), and a young person's own one remembered, so that
the note opens on it later (U8)."""

from aiohttp import web

from server import keys
from server.domain.roles import Guest, Role
from server.http import guards
from server.services import arriving, calling, sessions
from server.services.sessions import Kind

KEPT = 60 * 24 * 3600  # seconds: the reading right lasts at most that long


async def cookie_of_admission(request: web.Request, guest: Guest) -> str | None:
    """The cookie this browser goes on with, if it is in the call and has not got it yet."""
    cookie = request.cookies[guards.cookie_name(request, Kind.GUEST)]
    key = request.app[keys.LINK_KEY]
    async with request.app[keys.DATABASE].begin() as db:
        if not await calling.is_inside(db, guest.session):
            return None
        return await sessions.cookie_of_admission(db, key, guest.session, cookie)


async def keep(request: web.Request, guest: Guest, response: web.StreamResponse) -> None:
    """Give a young person's browser its mark, if it was admitted and is called one's own."""
    if guest.role != Role.YOUNG_PERSON:
        return
    device = sessions.new_cookie()
    async with request.app[keys.DATABASE].begin() as db:
        kept = await arriving.keep_device(db, guest, device, now=request.app[keys.CLOCK].now())
    if kept:
        name = guards.device_cookie(request)
        guards.set_cookie(request, response, name, device, KEPT)
