"""A hold on a young person's case: set with a ground, and lifted, on their page."""

from aiohttp import web

from server import keys
from server.domain.errors import Invalid
from server.http import guards, staff
from server.http.forms import read_form
from server.http.pages import young_people
from server.services import holding


async def hold(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    form = await read_form(request)
    try:
        async with request.app[keys.DATABASE].begin() as db:
            await holding.hold(db, who, young, form.get("why", ""), now=staff.now(request))
    except Invalid as invalid:
        return await young_people.with_mistake(request, who, form, invalid)
    raise web.HTTPSeeOther(f"/young-people/{young}#hold")


async def lift(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    async with request.app[keys.DATABASE].begin() as db:
        await holding.lift(db, who, young, now=staff.now(request))
    raise web.HTTPSeeOther(f"/young-people/{young}#hold")
