"""Requests ("anmodninger"): kept with one tap in the call, words and a day afterwards (D12)."""

from datetime import date, datetime, time
from typing import Any

from aiohttp import web

from server import keys
from server.domain.errors import Invalid, NotFound
from server.domain.roles import Caseworker, MeetingId
from server.domain.sections import Tag
from server.http import guards, render, staff
from server.http.fields import said
from server.http.forms import Form, day_of, read_form, wants_json
from server.http.pages import seconding
from server.services import assessing, calling, requesting
from server.services.requesting import Wanted

TYPED = ("words", "owner", "due", "told", "code")


async def show(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    return await _page(request, who)


async def note(request: web.Request) -> web.Response:
    """One tap, with or without words. A script is told when it was kept; a form sees the list."""
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    form = await read_form(request)
    now, zone = staff.now(request), request.app[keys.SETTINGS].zone
    words = form.get("words", "")
    async with request.app[keys.DATABASE].begin() as db:
        kept = await requesting.note(db, who, meeting, words, now=now, zone=zone)
    if wants_json(request):
        text = staff.voice(request, who).say(
            "request.kept", tid=staff.within(request, now, "clock")
        )
        return web.json_response({"request": kept, "text": text})
    raise web.HTTPSeeOther(f"/meetings/{meeting}/requests#request-{kept}")


async def change(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    number = staff.number(request, "request")
    form = await read_form(request)
    today = staff.now(request).astimezone(request.app[keys.SETTINGS].zone).date()
    try:
        async with request.app[keys.DATABASE].begin() as db:
            await requesting.change(
                db,
                who,
                meeting,
                number,
                words=form.get(f"words-{number}", ""),
                owner=form.get(f"owner-{number}", ""),
                due=day_of(form.get(f"due-{number}", "")),
                today=today,
                answer=form.get(f"told-{number}", ""),
            )
    except Invalid as invalid:
        return await _page(request, who, number, form, invalid)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/requests#request-{number}")


async def answered(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    number = staff.number(request, "request")
    form = await read_form(request)
    if form.get("done") not in ("yes", "no"):
        raise NotFound
    done, answer = form["done"] == "yes", form.get(f"told-{number}", "")
    words = form.get(f"words-{number}")
    try:
        async with request.app[keys.DATABASE].begin() as db:
            await requesting.answered(
                db, who, meeting, number, done=done, answer=answer, words=words,
                now=staff.now(request),
            )  # fmt: skip
    except Invalid as invalid:
        return await _page(request, who, number, form, invalid)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/requests#request-{number}")


async def take_back(request: web.Request) -> web.Response:
    """A tap by mistake, under which nothing was written."""
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    number, now = staff.number(request, "request"), staff.now(request)
    async with request.app[keys.DATABASE].begin() as db:
        await requesting.take_back(db, who, meeting, number, now=now)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/requests")


async def assess(request: web.Request) -> web.Response:
    """Who stood beside a concern, by their code, and what the young person is told."""
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    number = staff.number(request, "request")
    form = await read_form(request)
    told, code = form.get(f"told-{number}", ""), form.get(f"code-{number}", "")
    try:
        with seconding.beside(request, who, {"code": code}) as second:
            async with request.app[keys.DATABASE].begin() as db:
                await assessing.assess(
                    db, who, meeting, number, told, second=second, now=staff.now(request)
                )
    except Invalid as invalid:
        return await _page(request, who, number, form, invalid)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/requests#request-{number}")


def row(request: web.Request, one: Wanted) -> dict[str, Any]:
    """A request in the reader's words."""
    return {
        "id": one.id,
        "meeting": one.meeting,
        "name": one.name,
        "words": one.words,
        "owner": one.owner,
        "is_concern": one.tag == Tag.CONCERN,
        "said": staff.within(request, one.said),
        "due": one.due.isoformat(),
        "due_words": day_words(request, one.due),
        "done": staff.within(request, one.done, "day") if one.done else "",
        "told": one.told,
        "code": "",
        "second": "",
    }


def day_words(request: web.Request, day: date) -> str:
    return staff.within(
        request, datetime.combine(day, time(12), request.app[keys.SETTINGS].zone), "day"
    )


async def _page(
    request: web.Request,
    who: Caseworker,
    wrong_at: int = 0,
    typed: Form | None = None,
    wrong: Invalid | None = None,
) -> web.Response:
    meeting = MeetingId(staff.number(request, "meeting"))
    async with request.app[keys.DATABASE].read() as db:
        meant = await calling.own_meeting(db, who, meeting)
        found = await requesting.of_meeting(db, who, meeting)
        beside = await assessing.seconds(db, meeting)
    voice = staff.voice(request, who, barn=meant.young_person.name, hjem=meant.placement.home_name)
    if wrong is not None and all(one.id != wrong_at for one in found):
        raise NotFound
    rows = [row(request, one) for one in found]
    for one in rows:  # what was typed is never lost
        if one["id"] in beside:
            name, at = beside[one["id"]]
            one["second"] = f"{name}, {staff.within(request, at)}"
        if wrong is not None and typed is not None and one["id"] == wrong_at:
            kept = [name for name in TYPED if f"{name}-{wrong_at}" in typed]
            one |= {name: typed[f"{name}-{wrong_at}"] for name in kept}
    places = {name: f"{name}-{wrong_at}" for name in TYPED}
    context = {
        "meeting": meeting,
        "name": meant.young_person.name,
        "requests": rows,
        "errors": said(voice, wrong, places) if wrong is not None else {},
    }
    status = 200 if wrong is None else 400
    return render.page(request, "noting/requests.html", context, status=status)
