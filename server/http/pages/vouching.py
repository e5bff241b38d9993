"""Codes: a caseworker says one on the phone, and somebody with a link types it (design 2).

Six digits are typed into one field. Three pictures are pressed one after the other, each a plain
form; only the third press is a try.
"""

from typing import Any

from aiohttp import web

from server import keys
from server.domain import meeting as meetings
from server.domain import vouching as rules
from server.domain.ages import Band
from server.domain.errors import Invalid, NotFound
from server.domain.links import Right
from server.domain.roles import Caseworker, MeetingId, Role, SeatId
from server.domain.vouching import CHOSEN, PICTURES, CodeKind, Why
from server.http import changed, guards, pacing, render, staff, voices
from server.http.forms import one_of, read_form
from server.http.pages.scheduling import meeting_page
from server.http.pages.signing_in import DESK
from server.services import arriving, inviting, sessions, vouching, young_people
from server.services.arriving import Arrival
from server.services.pacing import Deed
from server.services.sessions import Kind
from server.services.vouching import Link, WrongCode

HOME_KEPT = 400 * 24 * 3600  # seconds; as long as browsers keep a cookie


async def show(request: web.Request) -> web.Response:
    """Where a guest types the code they were told; pictures for those under ten."""
    return _page(request, await _here(request))


async def enter(request: web.Request) -> web.Response:
    here = await _here(request)
    form = await read_form(request)
    pictures = _pictures(here)
    chosen = [name for name in form.get("chosen", "").split() if name in PICTURES]
    if pictures and (pressed := form.get("picture", "")) in PICTURES:
        chosen.append(pressed)
        if len(chosen) < CHOSEN:
            return _page(request, here, chosen)
    typed = " ".join(chosen) if pictures else form.get("code", "")
    link = Link(seat=here.guest.seat)
    try:
        opened = await _tried(request, link, here.guest.session, typed, pictures=pictures)
    except WrongCode:
        return _page(request, here, wrong=True)
    await changed.tell(request, here.shot.meeting)
    reads = Right.READ in here.rights and here.me.role == Role.YOUNG_PERSON and not pictures
    response = web.HTTPSeeOther("/choosing" if reads else "/arriving/next")
    guards.let_in(request, response, Kind.GUEST, opened.cookie)
    raise response


async def show_to_home(request: web.Request) -> web.Response:
    """Where a home types its code, once on each device. The same page for every home (P4)."""
    await guards.home_session(request)
    render.voice(request)
    return render.page(request, "handing_over/code.html", {"error": ""})


async def enter_as_home(request: web.Request) -> web.Response:
    live = await guards.home_session(request)
    form = await read_form(request)
    try:
        opened = await _tried(request, Link(placement=live.owner), live.id, form.get("code", ""))
    except WrongCode:
        error = render.voice(request).say("field.code-wrong")
        return render.page(request, "handing_over/code.html", {"error": error}, status=400)
    device = sessions.new_cookie()
    async with request.app[keys.DATABASE].begin() as db:
        await vouching.remember_home(db, live.owner, device, now=request.app[keys.CLOCK].now())
    response = web.HTTPSeeOther("/home")
    guards.let_in(request, response, Kind.HOME, opened.cookie)
    guards.set_cookie(request, response, guards.home_cookie(request), device, HOME_KEPT)
    raise response


# The caseworker's side


async def say(request: web.Request) -> web.Response:
    """Draw a code for one person's link and show it, to be said on the phone."""
    who = await guards.caseworker(request)
    meeting, seat = _meeting(request), staff.number(request, "seat")
    context = await meeting_page(request, who)
    kind = await _kind(request, who, meeting, seat)
    code = vouching.new_code(kind)
    hashed = await request.app[DESK].passwords.hash(code)
    async with request.app[keys.DATABASE].begin() as db:
        await inviting.say_code(
            db, who, meeting, SeatId(seat), kind, hashed, now=staff.now(request)
        )
    request.app[pacing.PACES].forgive(Deed.CODE, Link(seat=seat).subject)
    context["code"] = {"seat": seat} | said(code)
    return render.page(request, "scheduling/show.html", context)


async def say_to_home(request: web.Request) -> web.Response:
    from server.http.pages import young_people as page  # it shows links; we show codes on it

    who = await guards.caseworker(request)
    young = staff.number(request, "young")
    async with request.app[keys.DATABASE].read() as db:
        await young_people.one(db, who, young, now=staff.now(request))
    code = vouching.new_code(CodeKind.DIGITS)
    hashed = await request.app[DESK].passwords.hash(code)
    async with request.app[keys.DATABASE].begin() as db:
        placement = await young_people.say_home_code(db, who, young, hashed, now=staff.now(request))
    request.app[pacing.PACES].forgive(Deed.CODE, Link(placement=placement).subject)
    return await page.with_code(request, who, said(code))


async def need(request: web.Request) -> web.Response:
    """Say whether this person's link needs a code beside it, and why."""
    who = await guards.caseworker(request)
    form = await read_form(request)
    why = one_of(Why, form.get("why"), "why")
    if why == Why.PROTECTED:  # the register says so, nobody else
        raise Invalid(why="unknown-answer")
    meeting, seat = _meeting(request), staff.number(request, "seat")
    async with request.app[keys.DATABASE].begin() as db:
        await inviting.need_code(db, who, meeting, SeatId(seat), why, now=staff.now(request))
    await changed.tell(request, meeting)
    raise web.HTTPSeeOther(staff.saved(f"/meetings/{meeting}", f"code-{seat}"))


def said(code: str) -> dict[str, Any]:
    """A code for the caseworker's screen, in the parts it is said in."""
    return {"parts": list(rules.said_aloud(code)), "pictures": not code.isdigit()}


async def _kind(request: web.Request, who: Caseworker, meeting: MeetingId, seat: int) -> CodeKind:
    async with request.app[keys.DATABASE].read() as db:
        shot = await inviting.guests_of(db, who, meeting, now=staff.now(request))
    person = shot.person(seat)
    if person is None or person.role == Role.CASEWORKER:
        raise NotFound
    band = shot.band if person.role == Role.YOUNG_PERSON else Band.ADULT
    return rules.kind_for(band, to_read=shot.standing == meetings.Standing.OVER)


async def _tried(
    request: web.Request, link: Link, session: int, typed: str, *, pictures: bool = False
) -> sessions.Opened:
    now = request.app[keys.CLOCK].now()
    pacing.go(request, Deed.CODE, device=session, link=link.subject)
    begin = request.app[keys.DATABASE].begin
    passwords = request.app[DESK].passwords
    return await vouching.try_code(
        begin, passwords, link, session, typed, pictures=pictures, now=now
    )


async def _here(request: web.Request) -> Arrival:
    guest = await guards.guest(request)
    async with request.app[keys.DATABASE].read() as db:
        here = await arriving.stand(db, guest, now=request.app[keys.CLOCK].now())
    voices.for_guest(request, here)
    return here


def _pictures(here: Arrival) -> bool:
    young = here.me.role == Role.YOUNG_PERSON
    over = here.shot.standing == meetings.Standing.OVER
    band = here.shot.band if young else Band.ADULT
    return rules.kind_for(band, to_read=over) == CodeKind.PICTURES


def _page(
    request: web.Request, here: Arrival, chosen: list[str] | None = None, *, wrong: bool = False
) -> web.Response:
    voice = request[render.VOICE]
    context = {
        "pictures": [(name, voice.say(f"picture.{name}")) for name in PICTURES]
        if _pictures(here)
        else [],
        "chosen": chosen or [],
        "error": voice.say("field.code-wrong") if wrong else "",
        "phone": here.shot.caseworker_phone,
    }
    return render.page(request, "arriving/code.html", context, status=400 if wrong else 200)


def _meeting(request: web.Request) -> MeetingId:
    return MeetingId(staff.number(request, "meeting"))
