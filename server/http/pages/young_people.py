"""A caseworker's young people: the list, one of them, and where they live."""

from datetime import date, timedelta
from typing import Any

from aiohttp import web

from server import keys
from server.domain.ages import OLDEST, YOUNGEST
from server.domain.errors import Invalid
from server.domain.roles import Caseworker
from server.http import guards, render, staff
from server.http.fields import Fields, said
from server.http.forms import Form, read_form
from server.services import holding, home_mail, young_people
from server.services.young_people import HOME_LIMIT, NAME_LIMIT, About


async def show_all(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    async with request.app[keys.DATABASE].read() as db:
        everybody = await young_people.of(db, who, now=staff.now(request))
    staff.voice(request, who)
    return render.page(request, "scheduling/young_people.html", {"young_people": everybody})


async def new(request: web.Request) -> web.Response:
    return _new_page(request, await guards.caseworker(request), {}, {})


async def add(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    form = await read_form(request)
    voice = staff.voice(request, who)
    try:
        about = _about(form)
    except Invalid as invalid:
        return _new_page(request, who, form, said(voice, invalid), 400)
    async with request.app[keys.DATABASE].begin() as db:
        young = await young_people.add(db, who, about, now=staff.now(request))
    raise web.HTTPSeeOther(f"/young-people/{young}")


async def show(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    return await _page(request, who)


async def change(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    form = await read_form(request)
    async with request.app[keys.DATABASE].read() as db:
        await young_people.one(db, who, young, now=staff.now(request))
    try:
        about = _about(form)
    except Invalid as invalid:
        return await _page(request, who, typed=form, wrong=invalid)
    async with request.app[keys.DATABASE].begin() as db:
        await young_people.change(db, who, young, about, now=staff.now(request))
    raise web.HTTPSeeOther(staff.saved(f"/young-people/{young}", "about"))


async def note_visits(request: web.Request) -> web.Response:
    """When they last met in person, and the next supervision visit; either may be unknown."""
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    form = await read_form(request)
    days: dict[str, date | None] = {}
    for field in ("last_seen", "next_visit"):
        written = form.get(field, "").strip()
        try:
            days[field] = date.fromisoformat(written) if written else None
        except ValueError:
            return await _page(request, who, typed=form, wrong=Invalid(**{field: "not-a-time"}))
    async with request.app[keys.DATABASE].begin() as db:
        await young_people.note_visits(
            db, who, young, days["last_seen"], days["next_visit"], now=staff.now(request)
        )
    raise web.HTTPSeeOther(staff.saved(f"/young-people/{young}", "visits"))


async def move_home(request: web.Request) -> web.Response:
    """The young person lives somewhere else; the old home's link is dead with this."""
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    form = await read_form(request)
    async with request.app[keys.DATABASE].read() as db:
        await young_people.one(db, who, young, now=staff.now(request))
    try:
        fields = Fields(form)
        home = fields.short("new_home", HOME_LIMIT)
        fields.done()
    except Invalid as invalid:
        return await _page(request, who, typed=form, wrong=invalid)
    async with request.app[keys.DATABASE].begin() as db:
        await young_people.move_home(db, who, young, home, now=staff.now(request))
    raise web.HTTPSeeOther(f"/young-people/{young}")


async def show_link(request: web.Request) -> web.Response:
    """The home's link, on demand: the answer to a POST, so that it stands in no address."""
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    async with request.app[keys.DATABASE].begin() as db:
        path = await young_people.home_link(
            db, request.app[keys.LINK_KEY], who, young, now=staff.now(request)
        )
    return await _page(request, who, shown=staff.shown_link(request, path))


async def renew_link(request: web.Request) -> web.Response:
    """Kill the home's link and show the one that holds now, without renewing it on a reload."""
    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    async with request.app[keys.DATABASE].begin() as db:
        await young_people.renew_home_link(db, who, young, now=staff.now(request))
    raise web.HTTPTemporaryRedirect(f"/young-people/{young}/home-link")


async def with_code(request: web.Request, who: Caseworker, code: dict[str, Any]) -> web.Response:
    """The same page with the home's code on it, to be said on the phone."""
    return await _page(request, who, code=code)


async def with_mistake(
    request: web.Request, who: Caseworker, typed: Form, wrong: Invalid
) -> web.Response:
    """The same page with what was typed on it and what is wrong with it."""
    return await _page(request, who, typed=typed, wrong=wrong)


def _about(form: Form) -> About:
    fields = Fields(form)
    about = About(
        name=fields.short("name", NAME_LIMIT),
        age=fields.number("age", YOUNGEST, OLDEST, "age-range"),
        phone=fields.phone(needed=False),
        home=fields.short("home", HOME_LIMIT),
    )
    fields.done()
    return about


def _new_page(
    request: web.Request, who: Caseworker, typed: Form, errors: dict[str, str], status: int = 200
) -> web.Response:
    staff.voice(request, who)
    context = {"typed": typed, "errors": errors}
    return render.page(request, "scheduling/new_young_person.html", context, status=status)


async def _page(
    request: web.Request,
    who: Caseworker,
    *,
    typed: Form | None = None,
    wrong: Invalid | None = None,
    shown: dict[str, Any] | None = None,
    code: dict[str, Any] | None = None,
) -> web.Response:
    now = staff.now(request)
    async with request.app[keys.DATABASE].read() as db:
        young = await young_people.one(db, who, staff.number(request, "young"), now=now)
        coming = await young_people.meetings_of(db, young.id, since=now - timedelta(days=30))
        held = await holding.of(db, who, young.id)
        mail = await home_mail.of(db, who, young.id, now=now)
    voice = staff.voice(request, who, barn=young.name, hjem=young.home)
    settings = request.app[keys.SETTINGS]
    as_it_is = {
        "home_mail": mail.address,
        "home_mail_language": mail.language or settings.language,
        "last_seen": young.last_seen.isoformat() if young.last_seen else "",
        "next_visit": young.next_visit.isoformat() if young.next_visit else "",
        "name": young.name, "age": young.age, "phone": young.phone, "home": young.home,
    }  # fmt: skip
    context = {
        "young": young,
        "mail": mail if settings.mails else None,
        "typed": as_it_is | dict(typed or {}),
        "errors": said(voice, wrong) if wrong is not None else {},
        "shown": shown,
        "code": code,
        "hold": None
        if held is None
        else {"by": held.by, "why": held.why, "since": staff.within(request, held.since, "day")},
        "meetings": [
            (staff.said(request, starts), title, f"/meetings/{meeting}")
            for meeting, starts, title in coming
        ],
    }
    status = 200 if wrong is None else 400
    return render.page(request, "scheduling/young_person.html", context, status=status)
