"""Keeps other sites from acting through a visitor's browser (V3.5.1, V4.4.2).

Every unsafe request and every socket upgrade must come from our own pages: by Fetch Metadata
where the browser says it, else by an exact Origin. There is no token in any form, so that the
home's page is the same bytes for everybody.
"""

import re

from aiohttp import web
from aiohttp.typedefs import Handler
from yarl import URL

from server import keys
from server.settings import LOCAL

SAFE = frozenset({"GET", "HEAD"})
OWN = frozenset({"same-origin", "none"})


@web.middleware
async def own_host_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer to our own name alone, where we know it (L11). Else a page of somebody else's whose
    name leads to this machine would count as ours (DNS rebinding), and any name a browser sends
    would stand in our policy."""
    if request.path != "/health" and not is_our_host(request):
        raise web.HTTPNotFound
    return await handler(request)


def is_our_host(request: web.Request) -> bool:
    """Say whether a request was sent to our own name. Ports are not compared: proxies leave them
    out. (The operator's watch may use any name.)"""
    settings = request.app[keys.SETTINGS]
    named = re.fullmatch(r"(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9.-]+)(:\d{1,5})?", request.host)
    if named is None:
        return False
    if settings.public_url:
        ours: frozenset[str | None] = frozenset({URL(settings.public_url).host})
    elif settings.local:
        ours = LOCAL
    else:
        return True  # reached by a name of its own certificate, which the browser checks
    return named[1].strip("[]").lower() in ours


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
