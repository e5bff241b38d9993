"""Is something missing? The young person writes it into the note in their own words (C20)."""

from aiohttp import web

from server import keys
from server.domain.errors import Invalid, NotFound, Refused, TooFast
from server.http import changed, choosing_view, pacing, render
from server.http.choosing_view import Reading, not_here, points
from server.http.forms import read_form
from server.services import own_lines


async def show(request: web.Request) -> web.Response:
    """One field, and what becomes of it: who can read it, and that nobody can change it."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    if points(reading):
        raise NotFound
    return _page(request, "", "")


async def write(request: web.Request) -> web.Response:
    """Keep the line, and go on to choose what the home is told of it."""
    reading = await choosing_view.reading(request)
    form = await read_form(request)
    text = form.get("text", "")
    try:
        pacing.guest_goes(request, reading.guest)
        async with request.app[keys.DATABASE].begin() as db:
            item = await own_lines.write(
                db,
                reading.guest,
                text,
                in_call=reading.in_call,
                now=request.app[keys.CLOCK].now(),
                zone=request.app[keys.SETTINGS].zone,
            )
    except Invalid as problem:
        if not reading.who.opens:
            raise
        return _page(request, text, _said(reading, problem), 400)
    except Refused as problem:
        if not reading.who.opens:
            raise
        return _page(request, text, reading.voice.say(f"error.{problem.error}"), 409)
    except TooFast as problem:
        if not reading.who.opens:
            raise
        page = _page(request, text, pacing.sentence(request))
        return pacing.waiting(page, problem)
    await changed.tell(request, reading.who.meeting)
    raise web.HTTPSeeOther(f"/choosing/{item}")


def _said(reading: Reading, problem: Invalid) -> str:
    return reading.voice.say(f"field.{problem.fields['text']}")


def _page(request: web.Request, typed: str, error: str, status: int = 200) -> web.Response:
    context = {"typed": typed, "error": error}
    return render.page(request, "choosing/own_line.html", context, status=status)
