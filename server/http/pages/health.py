"""For the operator's monitor: is the server up and can it read its database?"""

from aiohttp import web
from sqlalchemy import text

from server import keys


async def show(request: web.Request) -> web.Response:
    async with request.app[keys.DATABASE].read() as db:
        await db.execute(text("SELECT 1"))
    return web.json_response({"standing": "well"})
