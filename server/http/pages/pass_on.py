"""The municipality's list of what must be passed on: all read it, its keeper sets it."""

from typing import Any

from aiohttp import web

from server import keys
from server.domain import passing_on as rules
from server.domain.errors import Invalid
from server.domain.passing_on import MOST
from server.domain.roles import Caseworker
from server.http import guards, render, staff
from server.http.fields import said
from server.http.forms import Form, day_of, read_form, whole
from server.services import pass_on_list
from server.services.pass_on_list import Version

FIELDS = tuple(f"entry_{place}" for place in range(1, MOST + 1))


async def show(request: web.Request) -> web.Response:
    return await _page(request, await guards.caseworker(request))


async def put(request: web.Request) -> web.Response:
    """Set another list, with who approved it and when."""
    who = await guards.caseworker(request)
    form = await read_form(request)
    now = staff.now(request)
    today = now.astimezone(request.app[keys.SETTINGS].zone).date()
    typed = [(form.get(name, ""), form.get(f"{name}_urgent") == "yes") for name in FIELDS]
    wrong: dict[str, str] = {}
    try:
        entries = rules.entries(typed)
    except Invalid as invalid:
        wrong |= invalid.fields
    try:
        on = day_of(form.get("approved_on", ""))
        by, post = form.get("approved_by", ""), form.get("approved_post", "")
        approved = rules.approval(by, post, on, today)
    except Invalid as invalid:
        wrong |= invalid.fields
    if wrong:
        return await _page(request, who, form, Invalid(**wrong))
    seen = whole(form, "seen")
    async with request.app[keys.DATABASE].begin() as db:
        await pass_on_list.put(db, who, seen, entries, approved, now=now)
    raise web.HTTPSeeOther("/pass-on#main")


async def hand_on(request: web.Request) -> web.Response:
    """A colleague looks after the list too."""
    who = await guards.caseworker(request)
    form = await read_form(request)
    try:
        colleague = whole(form, "colleague")
        async with request.app[keys.DATABASE].begin() as db:
            await pass_on_list.hand_on(db, who, colleague, now=staff.now(request))
    except Invalid as invalid:
        return await _page(request, who, form, invalid)
    raise web.HTTPSeeOther("/pass-on#keepers")


async def _page(
    request: web.Request, who: Caseworker, typed: Form | None = None, wrong: Invalid | None = None
) -> web.Response:
    async with request.app[keys.DATABASE].read() as db:
        book = await pass_on_list.book(db, who)
    voice = staff.voice(request, who)
    sets = typed is not None and "seen" in typed
    context: dict[str, Any] = {
        "now": _version(request, book.now),
        "before": [_version(request, one) for one in book.before],
        "keepers": book.keepers,
        "is_keeper": book.is_keeper,
        "colleagues": book.colleagues,
        "seen": book.now.id,
        "fields": FIELDS,
        "typed": typed if typed is not None and sets else _as_typed(book.now),
        "opens": sets,
        "errors": said(voice, wrong) if wrong is not None else {},
    }
    return render.page(request, "protecting/pass_on.html", context, status=400 if wrong else 200)


def _version(request: web.Request, version: Version) -> dict[str, Any]:
    """One list in the reader's words."""
    return {
        "lines": version.lines,
        "by": version.approved_by,
        "post": version.approved_post,
        "on": staff.day_within(request, version.approved_on) if version.approved_on else "",
        "since": staff.within(request, version.since, "day"),
    }


def _as_typed(version: Version) -> dict[str, str]:
    """The list in force as the form's own fields; who approved it is asked anew each time."""
    found: dict[str, str] = {}
    for name, line in zip(FIELDS, version.lines, strict=False):
        found[name] = line.words
        found[f"{name}_urgent"] = "yes" if line.urgent else ""
    return found
