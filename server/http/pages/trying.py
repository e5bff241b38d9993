"""The trial call (prøveopkald): everybody can try everything before any meeting (design 4.1)."""

from contextlib import suppress

from aiohttp import web

from server import keys
from server.domain.ages import Band
from server.http import guards, pacing, render, resuming, voices
from server.http.changed import ROOMS
from server.http.pages.calling import read_offer, refused
from server.media.gateway import BadOffer, Edge, MediaAway
from server.media.trial import LIFE, SEAT, SLOTS, Trials, TrialsFull
from server.services import arriving
from server.services.pacing import Deed
from server.services.sessions import Kind, Live
from server.texts import Voice

TRIALS: web.AppKey[Trials] = web.AppKey("TRIALS", Trials)
VISITOR = "visitor"
BACK = {Kind.STAFF: "/", Kind.HOME: "/home"}
BOTH_WAYS = (Edge(SEAT, VISITOR, 0, True, True), Edge(VISITOR, SEAT, 0, True, False))


async def show(request: web.Request) -> web.Response:
    live, voice, name, phone, back = await _who(request)
    page: dict[str, object] = {
        "meeting": None,
        "slots": SLOTS,
        "role": "other",
        "name": name,
        "young_name": "",
        "young_phone": "",
        "phone": phone,
        "who_calls": voice.say("common.caseworker_calls") if name else "",
        "home": "",
        "offer_url": "/trying/offer",
        "line_url": "",
        "starts": "",
        "camera_locked": False,
        "write_only": False,
        "questions": [],
        "back": back,
        "sill": live.kind == Kind.GUEST,  # another way, and out, from every screen (P3, P8)
    }
    return render.page(request, "calling/trying.html", {"page": page})


async def offer(request: web.Request) -> web.Response:
    """Seat the visitor and a friendly partner in a room of their own; their sound comes back."""
    sdp = await read_offer(request)  # all of it, before asking what its sender may do
    live, voice, *_ = await _who(request)
    if sdp is None:
        return refused(voice, 400, "offer-too-large")
    pacing.go(request, Deed.OFFER, device=live.id, link=f"{live.kind}:{live.owner}")
    gateway = request.app[ROOMS].gateway
    if gateway is None:
        return refused(voice, 503, "media-away")
    room = f"trial-{live.id}"
    try:
        answer = await gateway.join(room, VISITOR, sdp, SLOTS)
        await request.app[TRIALS].open(room, f"{live.kind}-{live.owner}")
        now = int(request.app[keys.CLOCK].now().timestamp() * 1000)  # rises from try to try
        await gateway.matrix(room, now, BOTH_WAYS, lease=LIFE)
    except BadOffer as bad:
        if not request.app[TRIALS].is_open(room):
            with suppress(MediaAway):
                await gateway.forget(room)  # it was made for this offer alone
        return refused(voice, 400, bad.error)
    except TrialsFull:
        return refused(voice, 503, "trials-full")
    except MediaAway as away:
        return refused(voice, 503, away.error)
    told = {"connection": answer.connection, "sdp": answer.sdp, "slots": answer.slots}
    return web.json_response(told)


async def _who(request: web.Request) -> tuple[Live, Voice, str, str, str]:
    """Anybody with a session of any kind: the session, their voice, whom to call and where, and
    the page they came from."""
    now = request.app[keys.CLOCK].now()
    live = await guards.session(request, Kind.GUEST)
    if live is not None:
        async with request.app[keys.DATABASE].read() as db:
            here = await arriving.stand(db, await arriving.who(db, live), now=now)
        return (
            live,
            voices.for_guest(request, here),
            here.shot.host.name,
            here.shot.caseworker_phone,
            resuming.back(here),
        )
    live = await guards.session(request, Kind.STAFF) or await guards.session(request, Kind.HOME)
    if live is None:
        raise guards.nobody(request)
    voice = render.voice(request, Band.ADULT, navn="", barn="", hjem="")
    return live, voice, "", request.app[keys.SETTINGS].phone, BACK[live.kind]
