""" "Fik du det sagt?": asked the next time of whoever wanted to say something themselves, and what
their caseworker was told of it by voice."""

from aiohttp import web

from server import keys
from server.domain.errors import Invalid
from server.http import (
    changed,
    choosing_view,
    guards,
    last_time,
    pacing,
    render,
    staff,
    telling_rows,
)
from server.http.forms import read_form
from server.http.note_view import number
from server.services import telling
from server.services.choosing import Reader
from server.texts import Voice


async def show(request: web.Request) -> web.Response:
    """What there is to ask about; with nothing left, that is said."""
    return await _page(request)


async def answer(request: web.Request) -> web.Response:
    """Keep how it went, and ask about the next."""
    guest = await guards.guest(request)
    in_call = await changed.in_call(request, guest)
    form = await read_form(request)
    now = request.app[keys.CLOCK].now()
    pacing.guest_goes(request, guest)
    try:
        async with request.app[keys.DATABASE].begin() as db:
            await telling.answer(
                db, guest, number(request, "telling"), form.get("went", ""), in_call=in_call,
                now=now,
            )  # fmt: skip
    except Invalid:
        return await _page(request, number(request, "telling"))
    await changed.tell(request, guest.meeting)
    raise web.HTTPSeeOther("/choosing/telling")


async def hear(request: web.Request) -> web.Response:
    """The caseworker was told by voice how it went."""
    who = await guards.caseworker(request)
    meeting = number(request, "meeting")
    form = await read_form(request)
    async with request.app[keys.DATABASE].begin() as db:
        await telling.answer_by_voice(
            db, who, meeting, number(request, "telling"), form.get("went", ""),
            now=staff.now(request),
        )  # fmt: skip
    if (kept := last_time.heard(request, staff.voice(request, who))) is not None:
        return kept
    back = form.get("meeting", "")
    is_number = back.isascii() and back.isdigit()
    raise web.HTTPSeeOther(f"/meetings/{int(back[:15])}/brief#promises" if is_number else "/")


async def _page(request: web.Request, wrong: int | None = None) -> web.Response:
    guest = await guards.guest(request)
    in_call = await changed.in_call(request, guest)
    now = request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].read() as db:
        who, found = await telling.for_young_person(db, guest, in_call=in_call, now=now)
    voice = _voice(request, who)
    if not who.is_theirs:
        return choosing_view.not_here(request)
    context = {
        "rows": telling_rows.for_young_person(voice, found),
        "wrong": wrong,
        "opens": who.opens,
    }
    status = 200 if wrong is None else 400
    return render.page(request, "choosing/telling.html", context, status=status)


def _voice(request: web.Request, who: Reader) -> Voice:
    names = {"barn": who.name, "hjem": who.home} if who.is_theirs else {}
    return render.voice(request, who.band, navn=who.caseworker, phone=who.phone, **names)
