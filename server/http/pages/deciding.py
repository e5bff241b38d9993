"""A decision about somebody the young person wanted: recorded by the caseworker, read by the
young person in words of their own, with how to complain (C4, § 6, § 105)."""

from typing import Any

from aiohttp import web

from server import keys
from server.domain.deciding import DecisionKind, Guidance, decide
from server.domain.errors import Invalid, NotFound
from server.domain.roles import Caseworker, MeetingId, Role, SeatId
from server.http import changed, guards, render, staff, voices, with_adult
from server.http.dates import spoken
from server.http.fields import said
from server.http.forms import Form, read_form
from server.services import arriving, calling, deciding, room

KINDS = tuple(DecisionKind)
GUIDANCE = tuple(Guidance)


async def new(request: web.Request) -> web.Response:
    """The form, about one invited person where `seat` names one."""
    who = await guards.caseworker(request)
    return await _page(request, who, {"seat": request.query.get("seat", "")})


async def record(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    form = await read_form(request)
    seat = form.get("seat", "")
    try:
        decision = decide(
            form.get("kind", ""),
            form.get("whom", ""),
            form.get("reason", ""),
            form.get("words", ""),
            form.get("guidance", ""),
        )
    except Invalid as invalid:
        return await _page(request, who, form, invalid)
    async with request.app[keys.DATABASE].begin() as db:
        await deciding.record(
            db,
            who,
            meeting,
            SeatId(int(seat[:15])) if seat.isascii() and seat.isdigit() else None,
            decision,
            now=staff.now(request),
        )
    await changed.tell(request, meeting)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/decisions")


async def show_all(request: web.Request) -> web.Response:
    """What stands in this case, with its grounds, and whether the young person has read it."""
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    async with request.app[keys.DATABASE].read() as db:
        row = await calling.own_meeting(db, who, meeting)
        found = await deciding.of_meeting(db, who, meeting)
    staff.voice(request, who, barn=row.young_person.name, hjem=row.placement.home_name)
    context = {
        "meeting": meeting,
        "decisions": [(one, staff.said(request, one.at)) for one in found],
    }
    return render.page(request, "protecting/decisions.html", context)


async def take_back(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    async with request.app[keys.DATABASE].begin() as db:
        await deciding.take_back(
            db, who, meeting, staff.number(request, "decision"), now=staff.now(request)
        )
    await changed.tell(request, meeting)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/decisions")


async def read(request: web.Request) -> web.Response:
    """What was decided, for the young person: who, why, and that one may complain."""
    guest = await guards.guest(request)
    now = request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].read() as db:
        here = await arriving.stand(db, guest, now=now)
        found = await deciding.for_young_person(db, guest)
    voice = voices.for_guest(request, here)
    with_adult.wait(request, here)
    if not found:
        raise NotFound
    zone = request.app[keys.SETTINGS].zone
    context = {
        "decisions": [(one, spoken(one.at, zone, voice.language, "day")) for one in found],
        "seen": all(one.seen for one in found),
        "phone": here.shot.caseworker_phone,
    }
    return render.page(request, "arriving/decisions.html", context)


async def note_seen(request: web.Request) -> web.Response:
    guest = await guards.guest(request)
    async with request.app[keys.DATABASE].begin() as db:
        await deciding.note_seen(db, guest, now=request.app[keys.CLOCK].now())
    raise web.HTTPSeeOther("/arriving")


async def _page(
    request: web.Request,
    who: Caseworker,
    typed: Form,
    wrong: Invalid | None = None,
) -> web.Response:
    meeting = MeetingId(staff.number(request, "meeting"))
    async with request.app[keys.DATABASE].read() as db:
        shot = room.of(await calling.own_meeting(db, who, meeting), staff.now(request))
    voice = staff.voice(request, who, barn=shot.young.name, hjem=shot.home)
    about = next((p for p in shot.people if str(p.seat) == typed.get("seat", "")), None)
    known: dict[str, Any] = {"seat": ""}
    if about is not None and about.role not in (Role.CASEWORKER, Role.YOUNG_PERSON):
        known = {"seat": str(about.seat), "whom": about.name}
    context = {
        "meeting": meeting,
        "typed": dict(typed) | {k: v for k, v in known.items() if not typed.get(k)},
        "errors": said(voice, wrong) if wrong is not None else {},
        "kinds": [kind.value for kind in KINDS],
        "ways": [way.value for way in GUIDANCE],
        "band": shot.band.value,
    }
    status = 200 if wrong is None else 400
    return render.page(request, "protecting/decide.html", context, status=status)
