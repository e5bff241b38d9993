"""A home's mail: the caseworker says where it goes, the home reads so and can switch it off.

Without a mail server none is sent, and then no page speaks of one. The way in is where the mail
leads: it knows nobody, and holds nothing of the link a home was given.
"""

from aiohttp import web

from server import keys
from server.domain.ages import Band
from server.domain.errors import Invalid, NotFound
from server.http import guards, render, staff
from server.http.forms import read_form
from server.http.pages import young_people as page
from server.services import handing_over, home_mail
from server.services.sessions import Kind
from server.texts import LANGUAGES


async def put(request: web.Request) -> web.Response:
    """Keep where a home's mail goes."""
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    _require_mails(request)
    form = await read_form(request)
    language = form.get("home_mail_language", "")
    try:
        async with request.app[keys.DATABASE].begin() as db:
            await home_mail.put(
                db,
                who,
                young,
                form.get("home_mail", ""),
                language if language in LANGUAGES else "",
                now=staff.now(request),
            )
    except Invalid as invalid:
        return await page.with_mistake(request, who, form, invalid)
    raise web.HTTPSeeOther(staff.saved(f"/young-people/{young}", "mail"))


async def remove(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    _require_mails(request)
    async with request.app[keys.DATABASE].begin() as db:
        await home_mail.remove(db, who, young, now=staff.now(request))
    raise web.HTTPSeeOther(f"/young-people/{young}#home-mail")


async def show(request: web.Request) -> web.Response:
    """The home's own page about its mail: no script, nothing of the visit (P4)."""
    home = await guards.home(request)
    if not request.app[keys.SETTINGS].mails:
        raise web.HTTPSeeOther("/home")
    async with request.app[keys.DATABASE].read() as db:
        handover = await handing_over.show(db, home, now=request.app[keys.CLOCK].now())
        found = await home_mail.own(db, home)
    names = {"navn": handover.caseworker_name, "phone": handover.caseworker_phone}
    render.voice(request, Band.ADULT, **names)
    return render.page(request, "handing_over/mail.html", {"mail": found})


async def switch(request: web.Request) -> web.Response:
    """The home wants no mails, or wants them again."""
    home = await guards.home(request)
    wanted = (await read_form(request)).get("mail", "")
    if wanted not in ("on", "off"):
        raise Invalid(mail="unknown-answer")
    async with request.app[keys.DATABASE].begin() as db:
        now = request.app[keys.CLOCK].now()
        await handing_over.show(db, home, now=now)
        await home_mail.switch(db, home, on=wanted == "on", now=now)
    raise web.HTTPSeeOther("/home/mail")


async def way_in(request: web.Request) -> web.Response:
    """Where the mail leads: on to the page where the home is in already, else how to get in."""
    if await guards.session(request, Kind.HOME) is not None:
        raise web.HTTPSeeOther("/home")
    return render.page(request, "handing_over/way_in.html", {})


def _require_mails(request: web.Request) -> None:
    if not request.app[keys.SETTINGS].mails:
        raise NotFound
