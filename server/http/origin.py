"""Keeps other sites from acting through a visitor's browser (V3.5.1, V4.4.2).

Every unsafe request and every socket upgrade must come from our own pages: by Fetch Metadata
where the browser says it, else by an exact Origin. There is no token in any form, so that the
home's page is the same bytes for everybody.
"""

from aiohttp import web
from aiohttp.typedefs import Handler

from server import keys

SAFE = frozenset({"GET", "HEAD"})
OWN = frozenset({"same-origin", "none"})


@web.middleware
async def own_pages_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    upgrading = "Upgrade" in request.headers
    if (request.method not in SAFE or upgrading) and not is_own(request, upgrading):
        raise web.HTTPForbidden
    return await handler(request)


def is_own(request: web.Request, upgrading: bool = False) -> bool:
    """Say whether this request was made by a page of ours.

    Under our referrer policy browsers say `Origin: null` on a form's POST; only Fetch Metadata
    then tells. A socket's upgrade always carries the true Origin.
    """
    origin = request.headers.get("Origin")
    site = request.headers.get("Sec-Fetch-Site")
    if origin is not None and origin != "null" and not _is_ours(request, origin):
        return False
    if site is not None and not upgrading:
        return site in OWN
    return origin not in (None, "null")


def _is_ours(request: web.Request, origin: str) -> bool:
    """Compare exactly; where we are served over HTTPS, plain HTTP on the same name is foreign."""
    secure = request.app[keys.SETTINGS].secure
    return origin == f"{'https' if secure else 'http'}://{request.host}"
