"""A caseworker answers "på en anden måde": times and places on offer, picks taken, tasks ticked."""

from datetime import datetime
from functools import partial
from typing import Any

from aiohttp import web

from server import keys
from server.domain import ways as rules
from server.domain.errors import Invalid
from server.domain.roles import Caseworker, MeetingId
from server.domain.ways import OptionKind, Outcome, TaskKind
from server.http import changed, guards, render, staff, way_words
from server.http.fields import Fields, said
from server.http.forms import Form, moment, one_of, read_form, wants_json
from server.services import calling, room, tasks, ways
from server.services.ways import KINDS, MOST_TIMES, PLACE_LIMIT, Offered
from server.texts import Voice

Offer = tuple[list[datetime], list[tuple[OptionKind, str]]]  # times, and places
NUMBERS = range(1, MOST_TIMES + 1)
OFFER_FIELDS = (
    *(f"{name}-{n}" for n in NUMBERS for name in ("day", "clock")),
    *(f"place-{kind}" for kind in (*KINDS, "own")),
)


async def show(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    return await _page(request, who)


async def offer(request: web.Request) -> web.Response:
    """Keep the times and places as they stand in the form; an empty row is no time."""
    who = await guards.caseworker(request)
    form = await read_form(request)
    meeting = _meeting(request)
    try:
        times, places = read_offer(request, form)
        async with request.app[keys.DATABASE].begin() as db:
            looked = looked_at(form)
            await ways.offer(db, who, meeting, times, places, looked=looked, now=staff.now(request))
    except Invalid as invalid:
        return await _page(request, who, typed=form, wrong=invalid)
    return await _back(request, meeting)


async def take(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    meeting = _meeting(request)
    async with request.app[keys.DATABASE].begin() as db:
        await ways.take(db, who, meeting, staff.number(request, "pick"), now=staff.now(request))
    return await _back(request, meeting)


async def tick(request: web.Request) -> web.Response:
    """What became of a task. Sent from the day, it leads back to the day."""
    who = await guards.caseworker(request)
    form = await read_form(request)
    meeting = _meeting(request)
    fields = Fields(form)
    try:
        kind = one_of(TaskKind, form.get("task"), "task")
        outcome = one_of(Outcome, form.get("outcome"), "outcome")
        starts, place = None, ""
        if (kind, outcome) == (TaskKind.MEET, Outcome.AGREED):
            zone = request.app[keys.SETTINGS].zone
            starts = fields.take(lambda: moment(form, "day", "clock", zone), None)
            place = fields.short("place", PLACE_LIMIT)
            fields.done()
        async with request.app[keys.DATABASE].begin() as db:
            await tasks.tick(
                db, who, meeting, kind, form.get("subject", ""), outcome, starts=starts,
                place=place, looked=looked_at(form), now=staff.now(request),
            )  # fmt: skip
    except Invalid as invalid:
        return await _page(request, who, typed=form, wrong=invalid)
    await changed.tell(request, meeting)
    if wants_json(request):
        return web.json_response({"text": staff.voice(request, who).say("task.kept")})
    raise web.HTTPSeeOther("/" if form.get("from") == "day" else f"/meetings/{meeting}/ways")


def read_offer(request: web.Request, form: Form) -> Offer:
    """Times and places out of a form; raises `Invalid` naming each row that cannot be."""
    zone = request.app[keys.SETTINGS].zone
    now = staff.now(request)
    fields = Fields(form)
    times: list[datetime] = []
    for n in NUMBERS:
        day, clock = f"day-{n}", f"clock-{n}"
        if not form.get(day, "").strip() and not form.get(clock, "").strip():
            continue
        read = fields.take(partial(moment, form, day, clock, zone), now)
        if day not in fields.wrong and read <= now:
            fields.wrong[day] = "starts-in-the-past"
        times.append(read)
    places = [(kind, "") for kind in KINDS if form.get(f"place-{kind}") == "yes"]
    own = fields.short("place-own", PLACE_LIMIT, needed=False)
    if own:
        places.append((OptionKind.PLACE, own))
    fields.done()
    return sorted(set(times)), places


def looked_at(form: Form) -> str:
    """The words of a place somebody says they looked at, tidied as the place itself."""
    return " ".join(form.get("place-looked", "").split())


def offer_form(request: web.Request, offered: tuple[Offered, ...]) -> dict[str, str]:
    """What is on offer now, as the fields of the form."""
    zone = request.app[keys.SETTINGS].zone
    form: dict[str, str] = {}
    times = [o.starts for o in offered if o.starts is not None]
    for n, starts in enumerate(times[:MOST_TIMES], 1):
        local = starts.astimezone(zone)
        form[f"day-{n}"], form[f"clock-{n}"] = local.strftime("%Y-%m-%d"), local.strftime("%H:%M")
    for option in offered:
        if option.kind in KINDS:
            form[f"place-{option.kind}"] = "yes"
        elif option.kind == OptionKind.PLACE:
            form["place-own"] = option.place
    return form


def place_kinds(voice: Voice) -> list[tuple[str, str]]:
    """The places that need no words of the caseworker's own."""
    return [(kind.value, voice.say(f"ways.place.{kind.value}")) for kind in KINDS]


async def _page(
    request: web.Request, who: Caseworker, typed: Form | None = None, wrong: Invalid | None = None
) -> web.Response:
    meeting, now = _meeting(request), staff.now(request)
    zone = request.app[keys.SETTINGS].zone
    async with request.app[keys.DATABASE].read() as db:
        row = await calling.own_meeting(db, who, meeting)
        shot = room.of(row, now)
        found = tasks.tasks_of(row, zone)
        offered = await ways.offered(db, meeting, now)
        picked = await ways.picked(db, meeting)
        often = await tasks.presses_in_a_row(db, row.young_person_id, now=now)
    voice = staff.voice(request, who, barn=shot.young.name, hjem=shot.home)
    times = [o.starts for o in offered if o.starts is not None]
    rows: list[dict[str, Any]] = []
    for task in found:
        if not task.waits and not _may_say_goodbye(task):
            continue
        pick = picked.get(task.kind)
        rows.append(
            {
                "task": task.kind.value,
                "subject": task.subject,
                "words": way_words.task_words(voice, task, shot.young.name),
                "state": way_words.state_words(voice, task, zone, now),
                "late": task.due <= now,
                "agreed": task.state.value == "agreed",
                "where": way_words.place_words(voice, task.place) if task.place else "",
                "number": shot.young_phone if task.kind in rules.CALLS else "",
                "presses": [(o.value, voice.say(key)) for o, key in way_words.outcomes(task)],
                "pick": None
                if pick is None
                else {"id": pick.id, "words": way_words.option_words(voice, zone, pick.offered)},
            }
        )
    context = {
        "meeting": meeting,
        "name": shot.young.name,
        "when": staff.within(request, shot.starts),
        "tasks": rows,
        "often": often,
        "changeable": shot.standing.value in ("planned", "open"),
        "form": offer_form(request, offered) if typed is None else typed,
        "numbers": NUMBERS,
        "kinds": place_kinds(voice),
        "errors": said(voice, wrong) if wrong is not None else {},
        "all_in_the_way": bool(times)
        and not any(rules.outside_school_and_meals(t, zone) for t in times),
    }
    return render.page(
        request, "scheduling/ways.html", context, status=200 if wrong is None else 400
    )


def _may_say_goodbye(task: rules.Task) -> bool:
    return task.kind == TaskKind.FAREWELL and task.state == rules.State.OPEN


def _meeting(request: web.Request) -> MeetingId:
    return MeetingId(staff.number(request, "meeting"))


async def _back(request: web.Request, meeting: MeetingId) -> web.Response:
    await changed.tell(request, meeting)
    raise web.HTTPSeeOther(f"/meetings/{meeting}/ways")
