"""For the operator's monitor: is the server up, can it read its database, and does mail go out?"""

from aiohttp import web
from sqlalchemy import text

from server import keys
from server.services import mailing


async def show(request: web.Request) -> web.Response:
    """Mail that is late is no reason to start anything anew, so the status stays 200."""
    told = {"standing": "well"}
    async with request.app[keys.DATABASE].read() as db:
        await db.execute(text("SELECT 1"))
        if request.app[keys.SETTINGS].mails:
            late = await mailing.is_late(db, now=request.app[keys.CLOCK].now())
            told["mail"] = "late" if late else "well"
    return web.json_response(told)
