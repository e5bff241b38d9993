"""Pages tell the room of a meeting that something has changed, and ask who is in the call.

Both are answered by the line (server/ws) where there is one; without it nobody is in a call.
"""

from aiohttp import web

from server import keys
from server.domain.roles import Guest


async def tell(request: web.Request, meeting: int) -> None:
    if keys.CHANGED in request.app:
        await request.app[keys.CHANGED](meeting)


async def in_call(request: web.Request, guest: Guest) -> bool:
    """Whether this very device is admitted and in the call with the host at this moment."""
    if not guest.admitted or keys.IN_CALL not in request.app:
        return False
    return await request.app[keys.IN_CALL](guest)
