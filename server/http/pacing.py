"""Where a page asks whether there is still one more to go (services/pacing.py)."""

from ipaddress import ip_address, ip_network

from aiohttp import web

from server import keys
from server.domain.ages import Band
from server.domain.errors import TooFast
from server.domain.roles import Guest, Role
from server.http import render, staff
from server.services.pacing import Deed, Paces

PACES: web.AppKey[Paces] = web.AppKey("PACES", Paces)


def go(
    request: web.Request,
    deed: Deed,
    *,
    device: int | None = None,
    link: str = "",
    network: str = "",
) -> None:
    """Count one more of this deed, or raise `TooFast`."""
    now = request.app[keys.CLOCK].now()
    request.app[PACES].go(deed, now=now, device=device, link=link, network=network)


def guest_goes(request: web.Request, guest: Guest, deed: Deed = Deed.ANSWER) -> None:
    """Count what a guest sends: by the device they hold, and by the link it came from."""
    request[render.VISITING] = (
        True  # whoever must wait keeps the other way and the way out (P3, P8)
    )
    if render.VOICE not in request:
        young = guest.role == Role.YOUNG_PERSON
        render.voice(request, Band.SIX if young else Band.ADULT)
    go(request, deed, device=guest.session, link=f"seat:{guest.seat}")


def network(request: web.Request) -> str:
    """The network a request comes from, to be counted and kept nowhere else (P6); "" where it is
    not known: then only the link is counted."""
    try:
        address = ip_address(staff.address(request))
    except ValueError:
        return ""
    return str(ip_network((address, 24 if address.version == 4 else 64), strict=False))


def waiting(page: web.Response, too_fast: TooFast) -> web.Response:
    """The page that was sent, with every word still in it, and when to send it again."""
    page.set_status(429)
    page.headers["Retry-After"] = str(too_fast.after)
    return page


def sentence(request: web.Request) -> str:
    speaking = request.get(render.VOICE) or render.voice(request)
    return speaking.say("error.too-fast")
