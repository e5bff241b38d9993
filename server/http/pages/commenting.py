"""What a young person says about a line of their note, on a page of its own (S54)."""

from aiohttp import web

from server import keys
from server.domain.commenting import FITS, Stand
from server.domain.errors import Invalid, Stale, TooFast
from server.http import changed, choosing_view, pacing, render
from server.http.choosing_view import Reading, not_here, points
from server.http.forms import Form, read_form, whole
from server.http.note_view import number
from server.services import commenting


async def show(request: web.Request) -> web.Response:
    """The line, and three ways to say whether it fits; words besides for who likes to write."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    return _page(request, reading, number(request, "item"), {}, {})


async def say(request: web.Request) -> web.Response:
    """Keep what was said, beside the line."""
    reading = await choosing_view.reading(request)
    form = await read_form(request)
    item = number(request, "item")
    try:
        seen = whole(form, "revision")
        pacing.guest_goes(request, reading.guest)
        async with request.app[keys.DATABASE].begin() as db:
            await commenting.comment(
                db,
                reading.guest,
                item,
                seen,
                form.get("stand", ""),
                "" if points(reading) else form.get("words", ""),
                in_call=reading.in_call,
                now=request.app[keys.CLOCK].now(),
            )
    except (Invalid, Stale) as problem:
        return await _once_more(request, item, form, problem)
    except TooFast as problem:
        if not reading.who.opens:
            raise
        page = _page(request, reading, item, form, {"stand": pacing.sentence(request)})
        return pacing.waiting(page, problem)
    await changed.tell(request, reading.who.meeting)
    raise web.HTTPSeeOther(f"/choosing/{item}")


def _page(
    request: web.Request,
    reading: Reading,
    item: int,
    typed: Form,
    errors: dict[str, str],
    status: int = 200,
) -> web.Response:
    found = reading.items[reading.place(item)]
    context = {
        "item": found,
        "stands": [stand.value for stand in FITS],
        "asked": any(one["mark"] == Stand.ASK_FIRST for one in found["comments"]),
        "types": not points(reading),
        "typed": typed,
        "errors": errors,
    }
    return render.page(request, "choosing/own_words.html", context, status=status)


async def _once_more(
    request: web.Request, item: int, form: Form, problem: Invalid | Stale
) -> web.Response:
    """The same page with what was typed still in it, and what is wrong said beside it (P10)."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        raise problem
    say = reading.voice.say
    if isinstance(problem, Stale):
        errors = {"stand": say(f"error.{problem.error}")}
    else:
        errors = {field: say(f"field.{code}") for field, code in problem.fields.items()}
    status = 409 if isinstance(problem, Stale) else 400
    return _page(request, reading, item, form, errors, status)
