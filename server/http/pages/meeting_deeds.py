"""What a caseworker does with a meeting that is planned: change it, call it off, add people."""

from typing import Any

from aiohttp import web

from server import keys
from server.domain.errors import Invalid, NotFound, Refused
from server.domain.roles import Caseworker, MeetingId, SeatId
from server.http import changed, guards, render, staff
from server.http.fields import Fields, said
from server.http.forms import Form, read_form
from server.http.pages.scheduling import PLACES, companion_of, meeting_page, plan_of
from server.services import calling, inviting, room, scheduling


async def change(request: web.Request) -> web.Response:
    """The plan as it is, to be written over; below it, calling the meeting off."""
    who = await guards.caseworker(request)
    return await _plan_page(request, who, None, {})


async def move(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    meeting = _meeting(request)
    form = await read_form(request)
    now = staff.now(request)
    async with request.app[keys.DATABASE].read() as db:
        shot = room.of(await calling.own_meeting(db, who, meeting), now)
    voice = staff.voice(request, who, barn=shot.young.name, hjem=shot.home)
    try:
        fields = Fields(form)
        wanted = plan_of(request, fields)
        told = fields.one_of("home", "told", "as_it_was")
        fields.done()
        async with request.app[keys.DATABASE].begin() as db:
            await scheduling.move(
                db, who, meeting, wanted, seen=form.get("seen", ""), tell_home=told == "told",
                now=now,
            )  # fmt: skip
    except Invalid as invalid:
        return await _plan_page(request, who, form, said(voice, invalid, PLACES), 400)
    return await _back(request, meeting)


async def call_off(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    form = await read_form(request)
    async with request.app[keys.DATABASE].begin() as db:
        await scheduling.call_off(
            db, who, _meeting(request), tell_home=form.get("home") == "told", now=staff.now(request)
        )
    return await _back(request, _meeting(request))


async def tell_home(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    form = await read_form(request)
    if form.get("home") not in ("told", "not_told"):
        raise NotFound
    async with request.app[keys.DATABASE].begin() as db:
        await scheduling.tell_home(
            db, who, _meeting(request), told=form["home"] == "told", now=staff.now(request)
        )
    return await _back(request, _meeting(request))


async def invite(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    form = await read_form(request)
    try:
        async with request.app[keys.DATABASE].begin() as db:
            seat = await inviting.invite(
                db, who, _meeting(request), companion_of(form), now=staff.now(request)
            )
    except Invalid as invalid:
        context = await meeting_page(request, who, form, invalid)
        return render.page(request, "scheduling/show.html", context, status=400)
    return await _back(request, _meeting(request), f"#seat-{seat}")


async def uninvite(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    meeting, seat = _meeting(request), _seat(request)
    try:
        async with request.app[keys.DATABASE].begin() as db:
            await inviting.uninvite(db, who, meeting, seat, now=staff.now(request))
    except Refused as refused:
        if refused.error != "decision-first":
            raise
        # The young person wants them there: the form says what that takes.
        raise web.HTTPSeeOther(f"/meetings/{meeting}/decisions/new?seat={seat}") from None
    return await _back(request, meeting)


async def renew(request: web.Request) -> web.Response:
    """Kill a link that was sent, and show the one that holds now. The browser asks for that with a
    form of its own: who loads the page anew renews nothing a second time."""
    who = await guards.caseworker(request)
    meeting, seat = _meeting(request), _seat(request)
    async with request.app[keys.DATABASE].begin() as db:
        await inviting.renew(db, who, meeting, seat, now=staff.now(request))
    await changed.tell(request, meeting)
    raise web.HTTPTemporaryRedirect(f"/meetings/{meeting}/people/{seat}/link")


def _meeting(request: web.Request) -> MeetingId:
    return MeetingId(staff.number(request, "meeting"))


def _seat(request: web.Request) -> SeatId:
    return SeatId(staff.number(request, "seat"))


async def _back(request: web.Request, meeting: MeetingId, place: str = "") -> web.Response:
    """To the meeting's page. Whoever is connected to it is told, and whose link died is out."""
    await changed.tell(request, meeting)
    raise web.HTTPSeeOther(f"/meetings/{meeting}{place}")


async def _plan_page(
    request: web.Request,
    who: Caseworker,
    typed: Form | None,
    errors: dict[str, str],
    status: int = 200,
) -> web.Response:
    meeting = _meeting(request)
    now = staff.now(request)
    async with request.app[keys.DATABASE].read() as db:
        row = await calling.own_meeting(db, who, meeting)
        shot = room.of(row, now)
        told = await scheduling.told_time(db, meeting)
    staff.voice(request, who, barn=shot.young.name, hjem=shot.home)
    local = shot.starts.astimezone(request.app[keys.SETTINGS].zone)
    as_planned: dict[str, Any] = {
        "title": shot.title,
        "why": shot.host.why,
        "day": local.strftime("%Y-%m-%d"),
        "clock": local.strftime("%H:%M"),
        "minutes": shot.minutes,
        "seen": scheduling.mark(shot.starts),
    }
    context = {
        "meeting": meeting,
        "typed": as_planned if typed is None else typed,
        "errors": errors,
        "told": staff.within(request, told[0]) if told else "",
    }
    return render.page(request, "scheduling/plan.html", context, status=status)
