"""The young person reads the note and chooses what the home is told, one item at a time."""

from collections.abc import Mapping

from aiohttp import web

from server import keys
from server.domain.errors import Invalid, Stale
from server.domain.sharing import Choice
from server.http import (
    aftercare_words,
    changed,
    choosing_view,
    home_tasks,
    note_view,
    notices,
    pacing,
    render,
)
from server.http.choosing_view import Reading, is_open, not_here, points
from server.http.dates import spoken
from server.http.forms import Form, one_of, read_form, wants_json, whole
from server.http.note_view import number
from server.services import choosing, handing_over, note_facts, own_copy, requesting, telling
from server.ws import items

CHOICES = tuple(Choice)  # from most told to least told, then the two where they speak themselves


async def who_sees_what(request: web.Request) -> web.Response:
    """Hvem ser hvad? comes before any choice."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    async with request.app[keys.DATABASE].read() as db:
        asked_for = bool(await requesting.for_young_person(db, reading.guest))
        now = request.app[keys.CLOCK].now()
        _, to_tell = await telling.for_young_person(
            db, reading.guest, in_call=reading.in_call, now=now
        )
        copy_offered = await own_copy.is_offered(db, reading.guest, reading.who)
        agreed = await note_facts.aftercare(db, reading.who.meeting)
    first = reading.items[0]["item"] if reading.items else None
    left = [i["item"] for i in reading.items if is_open(i)]
    begun = any(i["choice"] for i in reading.items)
    return render.page(
        request,
        "choosing/who_sees_what.html",
        {
            "next": left[0] if left and begun else first,
            "begun": begun,
            "asked_for": asked_for,
            "to_tell": bool(to_tell),
            "copy_offered": copy_offered and bool(reading.items),
            "mails": request.app[keys.SETTINGS].mails,
            "all_chosen": begun and not left,
            "types": not points(reading),
            "aftercare": aftercare_words.said(reading.voice, agreed),
        },
    )


async def show(request: web.Request) -> web.Response:
    """One item and its five choices."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    return _item(request, reading, number(request, "item"))


async def choose(request: web.Request) -> web.Response:
    """Keep a choice about the words that were on the screen."""
    reading = await choosing_view.reading(request)
    form = await read_form(request)
    item = number(request, "item")
    try:
        choice = one_of(Choice, form.get("choice"), "choice")
        seen = whole(form, "revision")
        pacing.guest_goes(request, reading.guest)
        async with request.app[keys.DATABASE].begin() as db:
            shown = await choosing.choose(
                db,
                reading.guest,
                item,
                seen,
                choice,
                in_call=reading.in_call,
                now=request.app[keys.CLOCK].now(),
                zone=request.app[keys.SETTINGS].zone,
                words="" if points(reading) else form.get("words", ""),
                notice=notices.version(reading.voice),
            )
    except (Invalid, Stale) as problem:
        if wants_json(request) or not reading.who.opens:
            raise
        return await _once_more(request, item, form, problem)
    await changed.tell(request, reading.who.meeting)
    told = items.for_young_person(reading.voice, [shown])[0]
    if wants_json(request):
        text = reading.voice.say("choosing.kept")
        return web.json_response({"standing": told["standing"], "text": text, "item": told})
    raise web.HTTPSeeOther(reading.after(item))


async def preview(request: web.Request) -> web.Response:
    """Exactly what the home will see, drawn by the home's own template (C9), and every choice."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    language = reading.voice.language
    left = [item["item"] for item in reading.items if is_open(item)]
    async with request.app[keys.DATABASE].read() as db:
        told = await choosing.preview(db, reading.who)
        copy_offered = await own_copy.is_offered(db, reading.guest, reading.who)
    return render.page(
        request,
        "choosing/preview.html",
        {
            "words": told.words,
            "tasks": home_tasks.rows(told.tasks, request.app[keys.SETTINGS].zone, language),
            "copy_offered": copy_offered and bool(reading.items),
            "items": reading.items,
            "when": _hour(request, reading),
            "types": not points(reading),
            "theirs": any(not item["must_pass_on"] for item in reading.items),
            "left": left,
        },
    )


async def ask_withdrawal(request: web.Request) -> web.Response:
    """Before words are taken back: it can be noticed."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    item = reading.items[reading.place(number(request, "item"))]
    if not item["at_home"] or item["must_pass_on"]:
        raise web.HTTPSeeOther("/choosing/preview")
    return render.page(request, "choosing/withdrawal.html", {"item": item})


async def withdraw(request: web.Request) -> web.Response:
    reading = await choosing_view.reading(request)
    item = number(request, "item")
    now = request.app[keys.CLOCK].now()
    async with request.app[keys.DATABASE].begin() as db:
        await choosing.withdraw(db, reading.guest, item, in_call=reading.in_call, now=now)
    await changed.tell(request, reading.who.meeting)
    if wants_json(request):
        return web.json_response({"text": reading.voice.say("choosing.withdrawn")})
    raise web.HTTPSeeOther("/choosing/preview")


async def home_answers(request: web.Request) -> web.Response:
    """What the home has answered. It was told that the young person can read it."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    async with request.app[keys.DATABASE].read() as db:
        answers = await handing_over.answers(db, reading.who.placement)
    zone = request.app[keys.SETTINGS].zone
    rows = [(a.kind, a.about, a.text, spoken(a.at, zone, reading.voice.language)) for a in answers]
    return render.page(request, "choosing/home_answers.html", {"answers": rows})


async def written(request: web.Request) -> web.Response:
    """Everything that was written in the call: it is in the file, and theirs to read (S55)."""
    reading = await choosing_view.reading(request)
    if not reading.who.opens:
        return not_here(request)
    zone, language = request.app[keys.SETTINGS].zone, reading.voice.language
    async with request.app[keys.DATABASE].read() as db:
        lines = await note_view.chat(db, reading.who.meeting, zone, language)
    return render.page(request, "choosing/written.html", {"lines": lines})


def _item(
    request: web.Request,
    reading: Reading,
    item: int,
    typed: Form | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    place = reading.place(item)
    context = {
        "item": reading.items[place],
        "place": place + 1,
        "total": len(reading.items),
        "choices": [choice.value for choice in CHOICES],
        "next": reading.after(item),
        "types": not points(reading),
        "typed": typed or {},
        "errors": errors or {},
    }
    return render.page(request, "choosing/item.html", context, status=status)


async def _once_more(
    request: web.Request, item: int, form: Form, problem: Invalid | Stale
) -> web.Response:
    """The item as it reads now, what was typed, and in words why the choice was not kept."""
    reading = await choosing_view.reading(request)
    say = reading.voice.say
    if isinstance(problem, Stale):
        errors = {"choice": say(f"error.{problem.error}")}
        return _item(request, reading, item, form, errors, 409)
    if "words" in problem.fields:
        errors = {"words": say(f"field.{problem.fields['words']}")}
    else:
        errors = {"choice": say("choosing.none-chosen")}
    return _item(request, reading, item, form, errors, 400)


def _hour(request: web.Request, reading: Reading) -> str:
    moment = reading.who.leaves_at
    zone = request.app[keys.SETTINGS].zone
    return spoken(moment, zone, reading.voice.language) if moment else ""
