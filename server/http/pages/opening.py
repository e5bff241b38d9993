"""The page behind every guest's link, and the swap of its token for a session."""

from aiohttp import web

from server import keys
from server.http import guards, pacing, render
from server.http.changed import ROOMS
from server.http.forms import read_form
from server.services import coming_back, opening, sessions
from server.services.pacing import Deed


async def open_link(request: web.Request) -> web.Response:
    """The page behind every guest's link. It knows nothing; its script swaps the token."""
    phone = request.app[keys.SETTINGS].phone
    page = render.page(request, "arriving/open.html", {"main_phone": phone})
    page.enable_compression()  # holds nothing secret that its length could give away
    return page


async def swap(request: web.Request) -> web.Response:
    """Swap a link's token for a session. A browser with a staff session is refused (design 2)."""
    form = await read_form(request)
    if await guards.session(request, sessions.Kind.STAFF) is not None:
        text = render.voice(request).say("open.staff.text")
        return web.json_response({"error": "staff-here", "text": text}, status=403)
    here = await guards.session(request, sessions.Kind.GUEST)
    device = await _left_unheard(request) or guards.mark(request)
    key, now, seen = (
        request.app[keys.LINK_KEY],
        request.app[keys.CLOCK].now(),
        request.app[guards.SEEN],
    )
    token = form.get("token", "").strip()[:200]
    # Read first: who makes up links does not get in the way of those who write.
    async with request.app[keys.DATABASE].read() as db:
        seat = (await opening.opens(db, key, token, device=device, now=now)).id
    if here is not None and here.owner == seat:
        pacing.go(request, Deed.SWAP, device=here.id)
    else:
        pacing.go(request, Deed.SWAP, link=f"seat:{seat}", network=pacing.network(request))
    async with request.app[keys.DATABASE].begin() as db:
        opened = await opening.swap(db, key, token, device=device, here=here, awake=seen, now=now)
    response = web.json_response({"to": "/arriving"})
    guards.let_in(request, response, sessions.Kind.GUEST, opened.cookie)
    guards.open_again(request, response)
    return response


async def _left_unheard(request: web.Request) -> str:
    """Gå nu was pressed in this browser where it could not reach us, and the link is open again:
    only now it is told. Returns the mark the browser would have been given then."""
    if request.cookies.get(guards.CLOSED) != guards.SHUT:
        return ""
    left = await guards.session(request, sessions.Kind.GUEST, left=True)
    if left is None:
        return ""
    async with request.app[keys.DATABASE].begin() as db:
        meeting, mark = await coming_back.leave(db, left.id, now=request.app[keys.CLOCK].now())
    if meeting is not None:
        await request.app[ROOMS].changed(meeting)
    return "" if guards.device_cookie(request) in request.cookies else mark
