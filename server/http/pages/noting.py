"""The caseworker's note: one page after the call, and the same forms inside the call page.

Every form works as it is. Where a script sends it (`Accept: application/json`) the answer says
that it is kept and gives the whole note anew.
"""

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain.errors import Invalid, NotFound, Refused, Stale
from server.domain.note import WordKind
from server.domain.roles import AccountId, Caseworker, MeetingId
from server.domain.sections import Section, Tag
from server.domain.sharing import Choice, ToldTo
from server.http import aftercare_words, changed, completing_words, guards, note_view, render
from server.http.completing_words import FIELDS
from server.http.dates import spoken
from server.http.forms import Form, day_of, one_of, read_form, wants_json, whole
from server.http.note_view import number
from server.http.pages import seconding
from server.services import (
    commenting,
    completing,
    drafting,
    exporting,
    noting,
    passing_on,
    requesting,
)
from server.services.noting import Entry

Deed = Callable[[AsyncSession, Caseworker, int, int, Form, Mapping[str, Any]], Awaitable[None]]


async def show(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    async with request.app[keys.DATABASE].read() as db:
        note = await note_view.of(request, db, who, number(request, "meeting"))
    return render.page(request, "noting/show.html", {"note": note})


async def write(request: web.Request) -> web.Response:
    """A new item of the note."""
    who = await guards.caseworker(request)
    meeting = number(request, "meeting")
    form = await read_form(request)
    now, zone = request.app[keys.CLOCK].now(), request.app[keys.SETTINGS].zone
    section = form.get("section", Section.TALKED_ABOUT)
    entry = Entry(
        zone=zone,
        section=section,
        said_by=form.get("said_by", ""),
        said_on=day_of(form.get("said_on", "")),
        owner=form.get("owner", ""),
        due=day_of(form.get("due", "")),
    )
    try:
        async with request.app[keys.DATABASE].begin() as db:
            text = form.get("text", "")
            item = await noting.write(db, who, meeting, text, now=now, entry=entry)
    except Invalid as problem:
        return await _again(request, who, meeting, problem, f"meeting:{meeting}:{section}", form)
    return await _kept(request, who, meeting, item)


async def take_from_chat(request: web.Request) -> web.Response:
    """A line of the chat becomes a quote in the note (S55)."""
    who = await guards.caseworker(request)
    meeting = number(request, "meeting")
    now, zone = request.app[keys.CLOCK].now(), request.app[keys.SETTINGS].zone
    form = await read_form(request)
    chat = whole(form, "chat")
    async with request.app[keys.DATABASE].begin() as db:
        item = await noting.take_from_chat(db, who, meeting, chat, now=now, zone=zone)
    return await _kept(request, who, meeting, item)


async def act(request: web.Request) -> web.Response:
    """One deed on one item: `line`, `home`, `strike`, `must-pass-on`, `told` and so on."""
    who = await guards.caseworker(request)
    meeting, item = number(request, "meeting"), number(request, "item")
    name = request.match_info["deed"]
    form = await read_form(request)
    now = request.app[keys.CLOCK].now()
    times = {"now": now, "zone": request.app[keys.SETTINGS].zone}
    if name not in DEEDS and name != MARK:
        raise NotFound
    try:
        with seconding.beside(request, who, form) as second:
            async with request.app[keys.DATABASE].begin() as db:
                if name == MARK:
                    await _must_pass_on(db, who, meeting, item, form, second, now=now)
                else:
                    await DEEDS[name](db, who, meeting, item, form, times)
    except (Invalid, Stale) as problem:
        place = f"item:{item}:{FIELD.get(name, name)}"
        return await _again(request, who, meeting, problem, place, form)
    except Refused:
        async with request.app[keys.DATABASE].read() as db:
            await note_view.of(request, db, who, meeting)  # whoever it is about is named
        raise
    return await _kept(request, who, meeting, item)


async def ready(request: web.Request) -> web.Response:
    """The note can be read: the reading window begins."""
    who = await guards.caseworker(request)
    meeting = number(request, "meeting")
    now, settings = request.app[keys.CLOCK].now(), request.app[keys.SETTINGS]
    form = await read_form(request)
    try:
        async with request.app[keys.DATABASE].begin() as db:
            said = completing_words.said(form)
            wrong = await completing.unsaid(db, who, meeting, settings.note_must, said, now=now)
            if form.get("unsent") != "leave" and await drafting.left(db, who, meeting):
                wrong["unsent"] = "note-unsent"
            try:
                await noting.make_ready(
                    db, who, meeting, now=now, zone=settings.zone,
                    reading=settings.reading_weekdays, supports=aftercare_words.typed(form),
                )  # fmt: skip
            except Invalid as invalid:
                wrong |= invalid.fields
            if wrong:
                raise Invalid(**wrong)
            if settings.export_dir is not None:  # the file has it the same day (domain pack 5.1)
                await exporting.ask(db, who, meeting, now=now)
    except Invalid as problem:
        return await _again(request, who, meeting, problem, "ready", form)
    return await _kept(request, who, meeting, None)


async def _line(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, form: Form, times: Any
) -> None:
    kind, now = WordKind.LINE, times["now"]
    seen = _seen(form)
    await noting.reword(db, who, meeting, item, kind, seen, form.get("text", ""), now=now)


async def _home(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, form: Form, times: Any
) -> None:
    kind, now = WordKind.HOME, times["now"]
    seen = _seen(form)
    await noting.reword(db, who, meeting, item, kind, seen, form.get("text", ""), now=now)


async def _section(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, form: Form, times: Any
) -> None:
    await noting.move(db, who, meeting, item, form.get("section", ""), now=times["now"])


async def _strike(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, _: Form, times: Any
) -> None:
    await noting.strike(db, who, meeting, item, now=times["now"])


async def _must_pass_on(
    db: AsyncSession,
    who: Caseworker,
    meeting: int,
    item: int,
    form: Form,
    second: AccountId | None,
    *,
    now: datetime,
) -> None:
    reason, entry = form.get("reason", ""), whole(form, "entry", "entry-choose")
    await passing_on.must_pass_on(
        db, who, meeting, item, reason, entry=entry, second=second, now=now
    )


async def _not_after_all(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, _: Form, times: Any
) -> None:
    await passing_on.not_after_all(db, who, meeting, item, **times)


async def _told(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, form: Form, times: Any
) -> None:
    to = one_of(ToldTo, form.get("to"), "to")
    spoken_to = form.get("spoken_to", "")
    await passing_on.told(db, who, meeting, item, to, _seen(form), spoken_to=spoken_to, **times)


async def _asked_alone(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, form: Form, times: Any
) -> None:
    choice = whole(form, "choice")
    await passing_on.asked_alone(db, who, meeting, item, choice, **times)


async def _by_voice(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, form: Form, times: Any
) -> None:
    choice = one_of(Choice, form.get("choice"), "choice")
    await passing_on.chosen_by_voice(db, who, meeting, item, _seen(form), choice, **times)


async def _looked(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, form: Form, times: Any
) -> None:
    await passing_on.looked_at_places(db, who, meeting, item, _seen(form), **times)


async def _tag(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, form: Form, times: Any
) -> None:
    tag = one_of(Tag, form.get("tag"), "tag")
    await requesting.tag_line(db, who, MeetingId(meeting), item, tag, **times)


async def _heard(
    db: AsyncSession, who: Caseworker, meeting: int, item: int, form: Form, times: Any
) -> None:
    stand, words = form.get("stand", ""), form.get("words", "")
    await commenting.hear(db, who, meeting, item, _seen(form), stand, words, now=times["now"])


DEEDS: Mapping[str, Deed] = {
    "line": _line,
    "home": _home,
    "section": _section,
    "strike": _strike,
    "not-after-all": _not_after_all,
    "told": _told,
    "asked-alone": _asked_alone,
    "by-voice": _by_voice,
    "looked": _looked,
    "tag": _tag,
    "heard": _heard,
}
MARK = "must-pass-on"  # may take a second person, whose code comes with it
# The fields of a form beside its words.
OTHERS = ("said_by", "said_on", "owner", "due", "entry", "code", "spoken_to", "supports", "said_no",
          "unsent", *FIELDS)  # fmt: skip
FIELD = {"must-pass-on": "reason", "by-voice": "choice", "asked-alone": "choice", "told": "choice"}


def _seen(form: Form) -> int:
    return whole(form, "revision")


async def _kept(
    request: web.Request, who: Caseworker, meeting: int, item: int | None
) -> web.Response:
    """Say that it is kept, and let everybody in the call see the note as it is now."""
    await changed.tell(request, meeting)
    if not wants_json(request):
        place = f"#item-{item}" if item is not None else ""
        raise web.HTTPSeeOther(f"/meetings/{meeting}/note{place}")
    async with request.app[keys.DATABASE].read() as db:
        note = await note_view.of(request, db, who, meeting)
    zone = request.app[keys.SETTINGS].zone
    clock = spoken(request.app[keys.CLOCK].now(), zone, render.language(request), "clock")
    text = request[render.VOICE].say("noting.kept", klokken=clock)
    return web.json_response({"text": text, "item": item, "items": note.items})


async def _again(
    request: web.Request,
    who: Caseworker,
    meeting: int,
    problem: Invalid | Stale,
    place: str,
    form: Form,
) -> web.Response:
    """The same form with what was typed still in it, and what is wrong said beside it."""
    typed = {place: form.get("text", form.get("reason", form.get("words", "")))}
    fields = {f"{place}:{name}": form.get(name, "") for name in OTHERS}
    async with request.app[keys.DATABASE].read() as db:
        note = await note_view.of(request, db, who, meeting, typed=typed, fields=fields)
    if wants_json(request):
        raise problem
    say = request[render.VOICE].say
    if isinstance(problem, Invalid):
        errors = {
            f"{place}:{name}" if name in OTHERS else place: say(f"field.{code}")
            for name, code in problem.fields.items()
        }
    else:
        errors = {place: say(f"error.{problem.error}")}
    status = 400 if isinstance(problem, Invalid) else 409
    context = {"note": note.with_errors(errors)}
    return render.page(request, "noting/show.html", context, status=status)
