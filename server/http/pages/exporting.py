"""The caseworker sends a note to the case system."""

from aiohttp import web

from server import keys
from server.domain.errors import NotFound
from server.http import guards, staff
from server.services import exporting


async def ask(request: web.Request) -> web.Response:
    """It goes within seconds; pressed twice, it is one."""
    who = await guards.caseworker(request)
    meeting = staff.number(request, "meeting")
    if request.app[keys.SETTINGS].export_dir is None:
        raise NotFound
    async with request.app[keys.DATABASE].begin() as db:
        await exporting.ask(db, who, meeting, now=staff.now(request))
    raise web.HTTPSeeOther(f"/meetings/{meeting}/note#journal")
