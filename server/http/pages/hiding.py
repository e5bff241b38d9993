"""What the home has already is hidden by two, while a note is locked."""

from aiohttp import web

from server import keys
from server.domain.errors import Invalid
from server.domain.roles import MeetingId
from server.http import changed, guards, note_view, render, staff
from server.http.forms import read_form
from server.http.pages import seconding
from server.services import hiding


async def hide(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    form = await read_form(request)
    try:
        with seconding.beside(request, who, form) as second:
            async with request.app[keys.DATABASE].begin() as db:
                await hiding.hide(db, who, meeting, second, now=staff.now(request))
    except Invalid as invalid:
        async with request.app[keys.DATABASE].read() as db:
            note = await note_view.of(request, db, who, meeting)
        said = request[render.VOICE].say(f"field.{invalid.fields['code']}")
        context = {"note": note.with_errors({"hide:code": said})}
        return render.page(request, "noting/show.html", context, status=400)
    await changed.tell(request, meeting)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/note")
