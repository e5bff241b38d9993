"""Who is asking. Every page begins with one of these, and a wrong asker learns nothing."""

from datetime import datetime

from aiohttp import web

from server import keys
from server.domain.errors import NotFound
from server.domain.roles import Caseworker, FosterHome, Guest, PlacementId
from server.http import render
from server.http.origin import SAFE
from server.services import arriving, sessions, signing_in
from server.services.sessions import Kind, Live

CLOSED = "closed"  # the cookie of a browser somebody left with Gå nu; web/static/js/lib/leaving.js
SHUT = "1"  # as the browser writes it itself: nobody comes in, whatever the server knows
TOLD = "told"  # as the server writes it, which has ended the session
CLOSED_FOR = 12 * 3600  # seconds: no guest's session lasts longer
SEEN: web.AppKey[dict[int, datetime]] = web.AppKey("SEEN", dict)


class SignedOut(Exception):
    """A caseworker's session ran out under a form. Answered by kept_words, in the middlewares."""


def cookie_name(request: web.Request, kind: Kind) -> str:
    """`__Host-` cookies need HTTPS; plain HTTP is served on localhost only."""
    return f"__Host-{kind}" if request.app[keys.SETTINGS].secure else kind.value


def device_cookie(request: web.Request) -> str:
    return "__Host-device" if request.app[keys.SETTINGS].secure else "device"


def home_cookie(request: web.Request) -> str:
    """A device of a home's where a code was typed once."""
    return "__Host-home-device" if request.app[keys.SETTINGS].secure else "home-device"


def set_cookie(
    request: web.Request, response: web.StreamResponse, name: str, value: str, seconds: int | None
) -> None:
    response.set_cookie(
        name,
        value,
        path="/",
        httponly=True,
        samesite="Strict",
        secure=request.app[keys.SETTINGS].secure,
        max_age=seconds,
    )


def let_in(request: web.Request, response: web.StreamResponse, kind: Kind, cookie: str) -> None:
    set_cookie(request, response, cookie_name(request, kind), cookie, None)


def close(request: web.Request, response: web.StreamResponse, mark: str = "") -> None:
    """After Gå nu this browser has no session, and finds no way back in but the link (L18). `mark`
    is what the link's page knows it by again (services/coming_back.py).

    What answers a beacon may be late: the link may have been opened anew before it comes. So it
    takes nothing away that could be the new session's; its own is over on the server.
    """
    if navigates(request):
        response.del_cookie(
            cookie_name(request, Kind.GUEST),
            httponly=True,
            samesite="Strict",
            secure=request.app[keys.SETTINGS].secure,
        )
    set_cookie(request, response, CLOSED, mark or TOLD, CLOSED_FOR)


def mark(request: web.Request) -> str:
    """What this browser is known by: the mark of one's own device, else the one of having left."""
    return request.cookies.get(device_cookie(request)) or request.cookies.get(CLOSED, "")


def open_again(request: web.Request, response: web.StreamResponse) -> None:
    """The link was opened anew in a browser somebody had left."""
    if CLOSED in request.cookies:
        response.del_cookie(
            CLOSED, httponly=True, samesite="Strict", secure=request.app[keys.SETTINGS].secure
        )


async def session(request: web.Request, kind: Kind, *, left: bool = False) -> Live | None:
    """The living session of this kind in this browser, and a note that it clicked just now.

    A guest who has left has none, also where the server could not be told: `left` asks for it
    all the same, to end it.
    """
    cookie = request.cookies.get(cookie_name(request, kind))
    shut = kind == Kind.GUEST and request.cookies.get(CLOSED) == SHUT
    if not cookie or (shut and not left):
        return None
    now = request.app[keys.CLOCK].now()
    seen = request.app[SEEN]
    async with request.app[keys.DATABASE].read() as db:
        found = await sessions.find(db, kind, cookie, now=now, seen=seen)
    if found is not None:
        _note_click(seen, found.id, now)
        if found.arrived:
            async with request.app[keys.DATABASE].begin() as db:
                await sessions.arrive(db, found.id, cookie)
        if request.method not in SAFE:
            async with request.app[keys.DATABASE].begin() as db:
                await sessions.touch(db, found.id, now=now)
    return found


def _note_click(seen: dict[int, datetime], session: int, now: datetime) -> None:
    """Keep the last click of a session; those too old for any to live by are forgotten."""
    seen.pop(session, None)
    seen[session] = now  # at the end: the first is always the one whose click is oldest
    while now - seen[first := next(iter(seen))] > max(sessions.IDLE.values()):
        del seen[first]


async def caseworker(request: web.Request) -> Caseworker:
    """A signed-in caseworker, or the way to sign in."""
    row = await session(request, Kind.STAFF)
    if row is None:
        if request.method not in SAFE and cookie_name(request, Kind.STAFF) in request.cookies:
            raise SignedOut
        raise web.HTTPSeeOther("/signing-in")
    request[render.AT_DESK] = True
    return signing_in.who(row)


async def guest(request: web.Request) -> Guest:
    """A guest with a living link session; anything else looks like an unknown link."""
    row = await session(request, Kind.GUEST)
    if row is None:
        raise nobody(request)
    async with request.app[keys.DATABASE].read() as db:
        return await arriving.who(db, row)


def nobody(request: web.Request) -> Exception:
    """What somebody without a session is answered. Whoever goes back through the pages of a
    browser that was left finds the blank-faced one (L18)."""
    if CLOSED in request.cookies and request.method in SAFE and navigates(request):
        return web.HTTPSeeOther("/arriving/gone")
    if CLOSED not in request.cookies and cookie_name(request, Kind.GUEST) in request.cookies:
        return NotFound("session-over")  # the link has done nothing wrong: it can be opened again
    return NotFound("link-unknown")


async def home_session(request: web.Request) -> Live:
    """A browser that opened a home's link, whether or not a code was typed on it."""
    row = await session(request, Kind.HOME)
    if row is None:
        raise NotFound("link-unknown")
    return row


async def home(request: web.Request) -> FosterHome:
    """A home on a device where a code was typed once; any other goes to where one types it."""
    row = await home_session(request)
    if row.typed is None:
        raise web.HTTPSeeOther("/home/code")
    return FosterHome(PlacementId(row.owner))


def navigates(request: web.Request) -> bool:
    """Whether a person's browser goes to an address, rather than a script or a beacon of ours."""
    return request.headers.get("Sec-Fetch-Mode", "navigate") == "navigate"
