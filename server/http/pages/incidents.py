"""The caseworker's list of incidents. Over a shoulder it is a list of hours and neutral words: whom
it was about, and what happened, stands folded inside each."""

from typing import Any

from aiohttp import web

from server import keys
from server.domain.errors import Invalid
from server.domain.incidents import Done, Incident
from server.domain.roles import Caseworker
from server.http import guards, render, staff
from server.http.fields import said
from server.http.forms import Form, read_form, whole
from server.services import incidents
from server.texts import Voice


async def show(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    return await _page(request, who)


async def handle(request: web.Request) -> web.Response:
    """Mark one as handled, with what was done about it; what was typed is never lost."""
    who = await guards.caseworker(request)
    form = await read_form(request)
    subject = whole(form, "subject")
    kind = form.get("kind", "")
    try:
        async with request.app[keys.DATABASE].begin() as db:
            await incidents.handle(
                db, who, kind, subject, form.get("done", ""), form.get("words", ""),
                now=staff.now(request),
            )  # fmt: skip
    except Invalid as invalid:
        return await _page(request, who, form, invalid)
    raise web.HTTPSeeOther(f"/incidents#{kind}-{subject}")


async def _page(
    request: web.Request, who: Caseworker, typed: Form | None = None, wrong: Invalid | None = None
) -> web.Response:
    voice = staff.voice(request, who)
    async with request.app[keys.DATABASE].read() as db:
        found = await incidents.of(db, who)
    rows = [_row(request, voice, one, typed or {}) for one in found]
    context = {
        "to_see_to": [row for row in rows if not row["handled"]],
        "handled": [row for row in rows if row["handled"]],
        "ways": [(done.value, voice.say(f"incident.done.{done}")) for done in Done],
        "errors": said(voice, wrong) if wrong is not None else {},
    }
    status = 200 if wrong is None else 400
    return render.page(request, "scheduling/incidents.html", context, status=status)


def _row(request: web.Request, voice: Voice, one: Incident, typed: Form) -> dict[str, Any]:
    known = {"barn": one.young_person, "hvem": one.who or one.young_person}
    mine = (typed.get("kind"), typed.get("subject")) == (one.kind.value, str(one.subject))
    handled = one.handled
    return {
        "id": f"{one.kind}-{one.subject}",
        "kind": one.kind.value,
        "subject": one.subject,
        "meeting": one.meeting,
        "when": staff.said(request, one.at),
        "title": voice.say(f"incident.title.{one.kind}"),
        "what": voice.say(f"incident.what.{one.kind}", **known),
        "did": voice.say(f"incident.did.{one.kind}", **known),
        "advice": voice.say(f"incident.advice.{one.kind}", **known),
        "name": one.young_person,
        "handled": staff.within(request, handled.at) if handled else "",
        "done": voice.say(f"incident.done.{handled.done}") if handled else "",
        "chosen": typed.get("done", "") if mine else (handled.done.value if handled else ""),
        "words": typed.get("words", "") if mine else (handled.words if handled else ""),
        "wrong": mine,
    }
