"""The register of one young person: a protected address, contact suspended, and until when."""

from datetime import date
from typing import Any

from aiohttp import web

from server import keys
from server.domain.errors import Invalid
from server.domain.restricting import RestrictionKind, restrict
from server.domain.roles import Caseworker
from server.http import changed, guards, render, staff
from server.http.fields import said
from server.http.forms import Form, read_form
from server.services import restricting, young_people

KINDS = tuple(RestrictionKind)


async def show(request: web.Request) -> web.Response:
    return await _page(request, await guards.caseworker(request), {})


async def add(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    form = await read_form(request)
    today = staff.now(request).date()
    try:
        wanted = restrict(form.get("kind", ""), form.get("whom", ""), _day(form), today)
    except Invalid as invalid:
        return await _page(request, who, form, invalid)
    async with request.app[keys.DATABASE].begin() as db:
        await restricting.add(db, who, young, wanted, now=staff.now(request))
    await changed.tell_all(request)  # whom it concerns is out of any call of hers at once
    raise web.HTTPSeeOther(f"/young-people/{young}/register#main")


async def lift(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    young, line = staff.number(request, "young"), staff.number(request, "line")
    async with request.app[keys.DATABASE].begin() as db:
        await restricting.lift(db, who, young, line, now=staff.now(request))
    await changed.tell_all(request)
    raise web.HTTPSeeOther(f"/young-people/{young}/register")


def _day(form: Form) -> date | None:
    """The last day, where one is written; a broken one is a missing one with its own sentence."""
    written = form.get("until", "").strip()
    if not written:
        return None
    try:
        return date.fromisoformat(written)
    except ValueError:
        return date.min


async def _page(
    request: web.Request, who: Caseworker, typed: Form, wrong: Invalid | None = None
) -> web.Response:
    number, now = staff.number(request, "young"), staff.now(request)
    async with request.app[keys.DATABASE].read() as db:
        young = await young_people.one(db, who, number, now=now)
        lines = await restricting.of(db, who, number, now=now)
    voice = staff.voice(request, who, barn=young.name, hjem=young.home)
    context: dict[str, Any] = {
        "young": young,
        "lines": [
            (one, staff.day_within(request, one.until) if one.until else "") for one in lines
        ],
        "kinds": [kind.value for kind in KINDS],
        "typed": typed,
        "errors": said(voice, wrong) if wrong is not None else {},
    }
    status = 200 if wrong is None else 400
    return render.page(request, "protecting/register.html", context, status=status)
