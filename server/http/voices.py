"""Who is spoken to, and by which names: a bare link hears no name but the caseworker's (P6)."""

from aiohttp import web

from server import keys
from server.domain import checklist
from server.domain.ages import Band
from server.domain.remembering import came_along
from server.domain.roles import Role
from server.http import render
from server.http.dates import spoken
from server.services.arriving import Arrival
from server.services.snapshot import Snapshot
from server.texts import Texts, Voice


def for_guest(request: web.Request, here: Arrival) -> Voice:
    """The voice of a guest's pages: their own age band, names only on the admitted device."""
    request[render.VISITING] = True
    request[render.LARGER] = _wants_larger(here)
    band = here.shot.band if here.me.role == Role.YOUNG_PERSON else Band.ADULT
    texts: Texts = request.app[keys.TEXTS]
    language = render.language(request)
    known = here.guest.known
    young = here.shot.young.name if known else texts.say(language, band, "common.young-person")
    # A protected place is named to nobody but its own young person (R5).
    told = known and (here.me.role == Role.YOUNG_PERSON or not here.shot.protected)
    home = here.shot.home if told else texts.say(language, band, "common.home")
    return render.voice(
        request,
        band,
        navn=here.shot.host.name,
        barn=young,
        hjem=home,
        Hjem=home[0].upper() + home[1:],
        phone=here.shot.caseworker_phone,
        tid=spoken(here.shot.starts, request.app[keys.SETTINGS].zone, language),
    )


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
        Hjem=shot.home,
        phone=shot.caseworker_phone,
        tid=spoken(shot.starts, request.app[keys.SETTINGS].zone, language),
    )
