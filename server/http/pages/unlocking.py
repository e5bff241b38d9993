"""A note is locked by whoever's it is, at once; it is opened by two: a colleague says a code, and
whoever's note it is types it."""

from aiohttp import web

from server import keys
from server.domain.errors import Invalid, TooFast
from server.domain.roles import MeetingId
from server.domain.vouching import said_aloud
from server.http import changed, guards, note_view, pacing, render, staff
from server.http.forms import read_form
from server.http.pages import account
from server.services import calling, during, room, unlocking
from server.services.pacing import Deed
from server.services.unlocking import Colleagues

COLLEAGUES: web.AppKey[Colleagues] = web.AppKey("COLLEAGUES", Colleagues)


async def say(request: web.Request) -> web.Response:
    """A code for a colleague's locked note, shown in this answer alone."""
    who = await guards.caseworker(request)
    code = request.app[COLLEAGUES].say(who, now=staff.now(request))
    return await account.with_code(request, who, " ".join(said_aloud(code)))


async def lock(request: web.Request) -> web.Response:
    """Nothing of this note leaves from now on, also when the talk is long over. Twice is once."""
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    now, zone = staff.now(request), request.app[keys.SETTINGS].zone
    async with request.app[keys.DATABASE].begin() as db:
        await calling.own_meeting(db, who, meeting)
        shot = await room.snapshot(db, meeting, now)
        await during.lock_note(db, shot, who, on=True, now=now, zone=zone)
    await changed.tell(request, meeting)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/note")


async def unlock(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    form = await read_form(request)
    now, zone = staff.now(request), request.app[keys.SETTINGS].zone
    async with request.app[keys.DATABASE].read() as db:
        await calling.own_meeting(db, who, meeting)
    try:
        pacing.go(request, Deed.CODE, device=who.session)
        colleague = request.app[COLLEAGUES].take(who, form.get("code", ""), now=now)
    except (Invalid, TooFast) as problem:
        async with request.app[keys.DATABASE].read() as db:
            note = await note_view.of(request, db, who, meeting)
        say = request[render.VOICE].say
        if isinstance(problem, TooFast):
            note = note.with_errors({"unlock": say("error.too-fast")})
            page = render.page(request, "noting/show.html", {"note": note})
            return pacing.waiting(page, problem)
        note = note.with_errors({"unlock": say("field.colleague-code-wrong")})
        return render.page(request, "noting/show.html", {"note": note}, status=400)
    async with request.app[keys.DATABASE].begin() as db:
        await unlocking.unlock(db, who, meeting, colleague, now=now, zone=zone)
    await changed.tell(request, meeting)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/note")
