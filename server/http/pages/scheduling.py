"""A caseworker plans a meeting, and looks at one: who comes, their links, what the home knows."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

from aiohttp import web

from server import keys
from server.domain import meeting as rules
from server.domain.circle import SHUT, Invited, is_short_notice
from server.domain.errors import Invalid
from server.domain.roles import BY_NAME, INVITED, Caseworker, MeetingId, Role, SeatId
from server.http import guards, render, staff
from server.http.fields import Fields, said
from server.http.forms import Form, moment, read_form
from server.http.pages import home_before
from server.http.pages.day import after_words
from server.http.pages.ways import (
    NUMBERS,
    OFFER_FIELDS,
    Offer,
    looked_at,
    place_kinds,
    read_offer,
)
from server.services import (
    afterwards,
    asking_home,
    calling,
    inviting,
    room,
    scheduling,
    tasks,
    vouching,
    ways,
    young_people,
)
from server.services.scheduling import WHY_LIMIT, Companion, Plan
from server.services.snapshot import Snapshot
from server.services.young_people import NAME_LIMIT, Shown
from server.texts import Voice

LOOKS_BACK = timedelta(days=60)
GROWN_UP = 18
PLACES = {"starts": "day"}  # the rule's names for what the page calls otherwise


async def new(request: web.Request) -> web.Response:
    """First whom the meeting is with, then the rest: the words below name the young person."""
    who = await guards.caseworker(request)
    async with request.app[keys.DATABASE].read() as db:
        everybody = await young_people.of(db, who, now=staff.now(request))
    chosen = request.query.get("young_person", "")
    young = next((y for y in everybody if str(y.id) == chosen), None)
    if young is None and len(everybody) == 1:
        young = everybody[0]
    if young is None:
        staff.voice(request, who)
        return render.page(request, "scheduling/with_whom.html", {"young_people": everybody})
    # Of a grown-up nobody is told, unless they said that they may be (domain pack 2.1).
    typed = {"home": "not_told"} if young.age >= GROWN_UP else {}
    usual = {"minutes": str(rules.usual_minutes(young.age))}
    return await _plan_page(request, who, young, typed | usual, {})


async def plan(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    form = await read_form(request)
    now = staff.now(request)
    which = form.get("young_person", "")
    async with request.app[keys.DATABASE].read() as db:
        young = await young_people.one(db, who, int(which) if which.isdigit() else 0, now=now)
    voice = _voice(request, who, young)
    try:
        fields = Fields(form)
        wanted = plan_of(request, fields)
        companion = _companion(fields, needed=False)
        nothing: Offer = ([], [])
        times, places = fields.take(lambda: read_offer(request, form), nothing)
        brought = _brought(fields)
        told = fields.one_of("home", "told", "not_told")
        # Everything that is wrong is said at once, what only the rule knows too.
        fields.take(lambda: rules.plan(wanted.title, wanted.starts, wanted.minutes, now), None)
        fields.done()
        async with request.app[keys.DATABASE].begin() as db:
            meeting = await scheduling.plan(
                db, who, young.id, wanted, companion, brought=brought, tell_home=told == "told",
                now=now,
            )  # fmt: skip
            if times or places:
                looked = looked_at(form)
                await ways.offer(db, who, meeting, times, places, looked=looked, now=now)
    except Invalid as invalid:
        return await _plan_page(request, who, young, form, said(voice, invalid, PLACES), 400)
    raise web.HTTPSeeOther(f"/meetings/{meeting}")


async def show(request: web.Request) -> web.Response:
    who = await guards.caseworker(request)
    context = await meeting_page(request, who)
    return render.page(request, "scheduling/show.html", context)


async def show_link(request: web.Request) -> web.Response:
    """One person's link, on demand: the answer to a POST, so that it stands in no address."""
    who = await guards.caseworker(request)
    meeting = MeetingId(staff.number(request, "meeting"))
    seat = staff.number(request, "seat")
    async with request.app[keys.DATABASE].begin() as db:
        path = await inviting.link(
            db, request.app[keys.LINK_KEY], who, meeting, SeatId(seat), now=staff.now(request)
        )
    context = await meeting_page(request, who)
    context["shown"] = {"seat": seat} | staff.shown_link(request, path)
    return render.page(request, "scheduling/show.html", context)


async def meeting_page(
    request: web.Request, who: Caseworker, typed: Form | None = None, wrong: Invalid | None = None
) -> dict[str, Any]:
    """Everything the meeting's page shows; `typed` and `wrong` are of the form to add somebody."""
    meeting = MeetingId(staff.number(request, "meeting"))
    now = staff.now(request)
    async with request.app[keys.DATABASE].read() as db:
        row = await calling.own_meeting(db, who, meeting)
        shot = room.of(row, now)
        told = await scheduling.told_time(db, meeting)
        home_said = await asking_home.of_meeting(db, meeting)
        age = (await young_people.one(db, who, row.young_person_id, now=now)).age
        codes = await vouching.standing(db, [seat.id for seat in row.seats], now=now)
    voice = staff.voice(request, who, barn=shot.young.name, hjem=shot.home)
    notice = request.app[keys.SETTINGS].notice_hours
    standing = shot.standing
    living = [person for person in shot.people if not person.removed]
    return {
        "meeting": meeting,
        "about": shot.title,
        "young": {"name": shot.young.name, "age": age},
        "when": staff.said(request, shot.starts),
        "minutes": shot.minutes,
        "standing": standing.value,
        "changeable": standing in (rules.Standing.PLANNED, rules.Standing.OPEN),
        "people": [_person_row(voice, shot, person.seat, codes, notice) for person in living],
        "room_left": len(living) < inviting.MOST,
        "roles": [(role.value, voice.say(f"invite.{role}")) for role in Role if role in INVITED],
        "told": staff.within(request, told[0]) if told else "",
        "told_as_planned": told == (shot.starts, shot.minutes),
        "home_said": home_before.in_words(voice, home_said),
        "home_advice": home_before.advice(voice, home_said),
        "protected": shot.protected,
        "held": [
            (one.kind.value, one.whom, staff.day_within(request, one.until) if one.until else "")
            for one in shot.restrictions
        ],
        "young_person": row.young_person_id,
        "shown": {},
        "code": {},
        "typed": typed or {},
        "errors": said(voice, wrong) if wrong is not None else {},
    }


def plan_of(request: web.Request, fields: Fields) -> Plan:
    zone = request.app[keys.SETTINGS].zone
    return Plan(
        title=fields.short("title", rules.TITLE_LIMIT),
        why=fields.short("why", WHY_LIMIT),
        starts=fields.take(lambda: moment(fields.form, "day", "clock", zone), staff.now(request)),
        minutes=fields.number("minutes", rules.SHORTEST, rules.LONGEST, "minutes-range"),
    )


def companion_of(form: Form) -> Companion:
    """Somebody to be added; raises `Invalid`."""
    fields = Fields(form)
    role = fields.one_of("role", *INVITED) if "role" in form else Role.BISIDDER
    found = _companion(fields, needed=True)
    fields.done()
    return replace(found or Companion("", ""), role=Role(role))


def _companion(fields: Fields, *, needed: bool) -> Companion | None:
    name = fields.short("companion", NAME_LIMIT, needed=needed)
    why = fields.short("companion_why", WHY_LIMIT, needed=bool(name))
    return Companion(name, why) if name else None


def _brought(fields: Fields) -> Companion | None:
    """Whom the caseworker brings, if anybody: the young person is asked about them by name."""
    name = fields.short("brought", NAME_LIMIT, needed=False)
    why = fields.short("brought_why", WHY_LIMIT, needed=bool(name))
    role = fields.one_of("brought_role", *BY_NAME) if name else ""
    return Companion(name, why, Role(role)) if name and role in BY_NAME else None


def _person_row(
    voice: Voice, shot: Snapshot, seat: int, codes: Mapping[int, str], notice: int
) -> dict[str, Any]:
    person = next(p for p in shot.people if p.seat == seat)
    asked = person.role in INVITED
    added = Invited(person.seat, person.added_at)
    is_late = is_short_notice(added, person.verdict, shot.starts, timedelta(hours=notice))
    tells_late = asked and is_late and person.verdict not in SHUT
    return {
        "seat": person.seat,
        "name": person.name,
        "role": voice.say(f"meeting.role.{person.role.value}"),
        "why": person.why,
        "has_link": person.role != Role.CASEWORKER,
        "removable": asked,
        "late": voice.say("newcomer.late", timer=notice) if tells_late else "",
        "held_away": voice.say("register.held", hvem=person.name) if person.held_away else "",
        "code_why": person.code_why.value,
        "code": voice.say(f"code.standing.{codes[seat]}") if codes.get(seat) else "",
        "said": voice.say(f"meeting.said.{person.verdict.value}") if asked else "",
    }


def _voice(request: web.Request, who: Caseworker, young: Shown) -> Voice:
    return staff.voice(request, who, barn=young.name, hjem=young.home)


async def _plan_page(
    request: web.Request,
    who: Caseworker,
    young: Shown,
    typed: Form,
    errors: dict[str, str],
    status: int = 200,
) -> web.Response:
    voice, now = _voice(request, who, young), staff.now(request)
    zone = request.app[keys.SETTINGS].zone
    async with request.app[keys.DATABASE].read() as db:
        kept = await tasks.kept_for_meeting(db, who, young.id, zone, now=now)
        told = await afterwards.last_time(db, who, young.id, now - LOOKS_BACK, now)
        no_device = await afterwards.has_no_device(db, who, young.id, now - LOOKS_BACK, now)
    context = {
        "young": young,
        "typed": typed,
        "errors": errors,
        "form": typed,
        "numbers": NUMBERS,
        "kinds": place_kinds(voice),
        "offers": any(typed.get(name) for name in OFFER_FIELDS),
        "roles": [(role.value, voice.say(f"invite.{role}")) for role in Role if role in BY_NAME],
        "kept_for_meeting": ", ".join(voice.say(f"topic.{topic}").lower() for topic in kept),
        "last_time": [
            *(after_words(voice, one) for one in told),
            *([voice.say("plan.borrowed")] if no_device else ()),
        ],
    }
    return render.page(request, "scheduling/new.html", context, status=status)
