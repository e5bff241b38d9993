"""The small question about somebody added late, before the call on a device that is known."""

from aiohttp import web

from server import keys
from server.domain.errors import Invalid, NotFound
from server.domain.roles import BY_NAME
from server.http import changed, guards, pacing, render, voices, with_adult
from server.http.forms import read_form, whole
from server.services import arriving, newcomers
from server.ws import by_name


async def show(request: web.Request) -> web.Response:
    guest = await guards.guest(request)
    now = request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].read() as db:
        here = await arriving.stand(db, guest, now=now)
        asked = await newcomers.asked_about(db, guest, now=now)
    voice = voices.for_guest(request, here)
    with_adult.wait(request, here)
    host = here.shot.host.name
    said_no = by_name.refused(here.shot) if newcomers.may_answer(guest) else []
    if not asked and not said_no:
        raise NotFound
    context = {
        "newcomers": [by_name.question(voice, host, person) for person in asked],
        "said_no": [(p.seat, p.name, by_name.after_a_no(voice, host, p)) for p in said_no],
    }
    return render.page(request, "arriving/newcomers.html", context)


async def answer(request: web.Request) -> web.Response:
    """Keep a yes or a no; a no counts at once, and nobody is told by whom (P2)."""
    guest = await guards.guest(request)
    form = await read_form(request)
    said = form.get("answer", "")
    if said not in ("yes", "no"):
        raise Invalid(answer="unknown-answer")
    seat = whole(form, "seat")
    now = request.app[keys.CLOCK].now()
    pacing.guest_goes(request, guest)
    async with request.app[keys.DATABASE].begin() as db:
        person = await newcomers.answer(db, guest, seat, yes=said == "yes", now=now)
        left = await newcomers.asked_about(db, guest, now=now)
    await changed.tell(request, guest.meeting)
    stays = left or person.role in BY_NAME  # what becomes of a no stands there
    raise web.HTTPSeeOther("/arriving/added" if stays and said == "no" else "/arriving")
