"""For the operator's monitor: is the server up, can it read its database, does mail go out, and is
there room to write?"""

import os

from aiohttp import web
from sqlalchemy import text

from server import keys
from server.services import mailing

LEAST_ROOM = 500_000_000  # bytes: days of meetings, and a copy of a database of the usual size


async def show(request: web.Request) -> web.Response:
    """Late mail and a disk that fills up are no reason to start anything anew, so the status stays
    200 with them."""
    settings = request.app[keys.SETTINGS]
    told = {"standing": "well"}
    async with request.app[keys.DATABASE].read() as db:
        await db.execute(text("SELECT 1"))
        if settings.mails:
            late = await mailing.is_late(db, now=request.app[keys.CLOCK].now())
            told["mail"] = "late" if late else "well"
    disk = os.statvfs(settings.database_file.parent)
    if disk.f_bavail * disk.f_frsize < LEAST_ROOM:
        told["disk"] = "low"
    return web.json_response(told)
