"""The young person picks another time or place, and reads what will happen (U1, U2, U4)."""

from datetime import datetime

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain import meeting as meetings
from server.domain.checklist import Reply
from server.domain.errors import NotFound
from server.domain.helping import may_show
from server.domain.roles import Role
from server.domain.visit import Standing
from server.domain.ways import OptionKind, TaskKind, leads_to
from server.http import changed, guards, pacing, render, voices, way_words, with_adult
from server.http.forms import read_form, wants_json
from server.http.way_words import Line, Promises
from server.services import arriving, helping, tasks, ways
from server.services.arriving import Arrival
from server.services.snapshot import Snapshot
from server.services.ways import Offered
from server.texts import Voice

Option = tuple[str, str, str]  # id, words, icon


async def pick(request: web.Request) -> web.Response:
    """Take one of the caseworker's times or places. No reason is asked (P3)."""
    guest = await guards.guest(request)
    form = await read_form(request)
    chosen = form.get("option", "")
    if guest.role != Role.YOUNG_PERSON or not (chosen.isascii() and chosen.isdigit()):
        raise NotFound
    now = request.app[keys.CLOCK].now()
    pacing.guest_goes(request, guest)
    async with request.app[keys.DATABASE].begin() as db:
        voices.for_guest(request, await arriving.stand(db, guest, now=now))
        await ways.pick(db, guest, int(chosen[:15]), now=now)
    await changed.tell(request, guest.meeting)
    if wants_json(request):
        async with request.app[keys.DATABASE].read() as db:
            here = await arriving.stand(db, guest, now=now)
            lines = await promises(request, db, here, voices.for_guest(request, here))
        return web.json_response({"text": " ".join(words for _, words in lines)})
    raise web.HTTPSeeOther("/arriving/agreed")


async def call_me(request: web.Request) -> web.Response:
    """Who has gone asks for a call: one press, no reason (D11)."""
    guest = await guards.guest(request)
    pacing.guest_goes(request, guest)
    async with request.app[keys.DATABASE].begin() as db:
        await tasks.ask_for_call(db, guest, now=request.app[keys.CLOCK].now())
    await changed.tell(request, guest.meeting)
    raise web.HTTPSeeOther("/arriving/agreed")


async def share(request: web.Request) -> web.Response:
    """Whether the home may hear what is wished for afterwards (U11, S44)."""
    guest = await guards.guest(request)
    form = await read_form(request)
    if form.get("share") not in ("yes", "no"):
        raise NotFound
    pacing.guest_goes(request, guest)
    async with request.app[keys.DATABASE].begin() as db:
        yes = form["share"] == "yes"
        await tasks.share(db, guest, yes=yes, now=request.app[keys.CLOCK].now())
    await changed.tell(request, guest.meeting)
    raise web.HTTPSeeOther("/arriving/agreed")


def may_ask_for_call(here: Arrival) -> bool:
    """The offer to be called stands on the page of who has gone, where it is known who holds it."""
    call = here.me.calls[-1] if here.me.calls else None
    young = here.me.role == Role.YOUNG_PERSON
    return young and here.guest.known and call is not None and call.standing == Standing.LEFT


async def agreed(request: web.Request) -> web.Response:
    """ "Så gør vi sådan": what is settled and what the caseworker still answers, and by when."""
    guest = await guards.guest(request)
    if guest.role != Role.YOUNG_PERSON:
        raise NotFound
    async with request.app[keys.DATABASE].read() as db:
        here = await arriving.stand(db, guest, now=request.app[keys.CLOCK].now())
        voice = voices.for_guest(request, here)
        with_adult.wait(request, here)
        if helping.locked(here) and not picked_just_now(here, request.app[keys.CLOCK].now()):
            raise web.HTTPSeeOther("/arriving/ready")
        context = {
            "lines": await promises(request, db, here, voice),
            "options": await options(request, db, here.shot, here.me.role, voice),
            "phone": here.shot.caseworker_phone,
            "may_ask_for_call": may_ask_for_call(here),
        }
    return render.page(request, "arriving/agreed.html", context)


def picked_just_now(here: Arrival, now: datetime) -> bool:
    """Whether what this device picked still stands on it, where an adult has helped at it."""
    newest = max(r.at for r in here.me.replies if r.session == here.guest.session)
    return may_show(newest, newest, now)


async def promises(
    request: web.Request,
    db: AsyncSession,
    here: Arrival,
    voice: Voice,
    after: Reply | None = None,
) -> list[Line]:
    """What will happen, as far as this device may know: an icon and a sentence each. `after` one
    answer, only what that answer leads to."""
    if here.me.role != Role.YOUNG_PERSON:
        return []
    zone = request.app[keys.SETTINGS].zone
    found = await tasks.told(db, here.guest, zone)
    picked = await ways.picked(db, here.shot.meeting, here.guest)
    if after is not None:
        found = tuple(task for task in found if task.kind == leads_to(after))
    said = [r.answer for r in here.shot.host.replies if r.question == "fallback"]
    words = Promises(
        voice,
        zone,
        request.app[keys.CLOCK].now(),
        number=here.shot.young_phone,
        they_call=bool(said) and said[-1] == "young_person_calls",
        picked=picked,
    )
    return words.lines(found)


async def options(
    request: web.Request, db: AsyncSession, shot: Snapshot, role: Role, voice: Voice
) -> dict[str, list[Option]]:
    """What the young person can pick from, as "time" and "place"."""
    found: dict[str, list[Option]] = {"time": [], "place": []}
    open_now = shot.standing in (meetings.Standing.PLANNED, meetings.Standing.OPEN)
    if role != Role.YOUNG_PERSON or not open_now:
        return found
    zone, now = request.app[keys.SETTINGS].zone, request.app[keys.CLOCK].now()
    for option in await ways.offered(db, shot.meeting, now):
        kind, icon = _kind(option)
        words = way_words.option_words(voice, zone, option)
        if option.starts is not None:
            words = words[0].upper() + words[1:]
        found[kind].append((str(option.id), words, icon))
    return found


async def options_after(
    request: web.Request, db: AsyncSession, here: Arrival, voice: Voice, after: Reply
) -> list[Option]:
    """What can be picked once this was answered: times, places, or nothing."""
    found = await options(request, db, here.shot, here.me.role, voice)
    return found.get(leads_to(after) or "", [])


def _kind(option: Offered) -> tuple[str, str]:
    is_time = option.kind == OptionKind.TIME
    kind = TaskKind.TIME if is_time else TaskKind.PLACE
    return kind.value, way_words.ICONS[kind]
