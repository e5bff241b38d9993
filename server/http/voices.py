"""Who is spoken to, and by which names: a bare link hears no name but the caseworker's (P6)."""

from contextlib import suppress

from aiohttp import web

from server import keys, log
from server.domain import checklist
from server.domain.ages import Band
from server.domain.errors import Problem
from server.domain.remembering import came_along
from server.domain.roles import Role
from server.http import guards, render
from server.http.dates import spoken
from server.services import arriving, sessions
from server.services.arriving import Arrival
from server.services.sessions import Kind
from server.services.snapshot import Snapshot
from server.texts import Texts, Voice
from server.ws import names

# Where addresses begin that are nobody else's: whoever asks there reads the same page (L11).
ADULTS = frozenset({"h", "home", "signing-in", "first"})
GUESTS = frozenset({"m", "arriving", "choosing"})


def for_guest(request: web.Request, here: Arrival) -> Voice:
    """The voice of a guest's pages: their own age band, names only on the admitted device."""
    request[render.VISITING] = True
    request[render.LARGER] = _wants_larger(here)
    band = here.shot.band if here.me.role == Role.YOUNG_PERSON else Band.ADULT
    texts: Texts = request.app[keys.TEXTS]
    language = render.language(request)
    known = {
        "barn": texts.say(language, band, "common.young-person"),
        "hjem": texts.say(language, band, "common.home"),
    }
    if here.guest.known:
        known |= names.told(here.shot, here.me.role)
    return render.voice(
        request,
        band,
        navn=here.shot.host.name,
        **known,
        phone=here.shot.caseworker_phone,
        tid=spoken(here.shot.starts, request.app[keys.SETTINGS].zone, language),
    )


async def for_whom_it_failed(request: web.Request) -> None:
    """Choose who is spoken to where a page failed before it knew: a young person reads their own
    numbers to ring, by age where it is known (P12). Staff and homes read the adults'."""
    if render.VOICE in request or _is_an_adults(request):
        return
    try:
        with suppress(Problem):  # a link that opens nothing any more
            await _known_guest(request)
    except Exception as error:  # what failed first may fail here too, and is told already
        log.fault("whom it failed", error)
    if render.VOICE not in request:
        render.voice(request, Band.SIX)


async def _known_guest(request: web.Request) -> None:
    """Speak to the guest whose session this is. It only looks: a page that failed changes nothing,
    and may have come from anywhere."""
    cookie = request.cookies.get(guards.cookie_name(request, Kind.GUEST))
    if not cookie or request.cookies.get(guards.CLOSED) == guards.SHUT:
        return
    now, seen = request.app[keys.CLOCK].now(), request.app[guards.SEEN]
    async with request.app[keys.DATABASE].read() as db:
        live = await sessions.find(db, Kind.GUEST, cookie, now=now, seen=seen)
        if live is not None:
            for_guest(request, await arriving.stand(db, await arriving.who(db, live), now=now))


def _is_an_adults(request: web.Request) -> bool:
    place = request.path.split("/")[1]
    if place in ADULTS or place in GUESTS:
        return place in ADULTS
    staff = guards.cookie_name(request, Kind.STAFF) in request.cookies
    return staff and guards.cookie_name(request, Kind.GUEST) not in request.cookies


def _wants_larger(here: Arrival) -> bool:
    """Whether larger text was picked here (U12): a bare link is not told another device's wish."""
    said = checklist.standing(here.me.replies, here.guest.session).get("easier")
    if said is None or not (here.guest.known or said.session == here.guest.session):
        return False
    if came_along(here.me.replies, here.guest.session) and not (
        here.guest.known or here.guest.own_device
    ):
        return False  # "som sidst", pressed on a copy of the link: it learns nothing by it
    return "larger_text" in said.answer.split()


def for_host(request: web.Request, shot: Snapshot) -> Voice:
    language = render.language(request)
    return render.voice(
        request,
        Band.ADULT,
        navn=shot.host.name,
        barn=shot.young.name,
        hjem=shot.home,
        phone=shot.caseworker_phone,
        tid=spoken(shot.starts, request.app[keys.SETTINGS].zone, language),
    )
