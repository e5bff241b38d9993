"""The last page before the sound check: what was answered, and whether the gate is open."""

from datetime import datetime, timedelta

from aiohttp import web
from sqlalchemy.ext.asyncio import AsyncSession

from server import keys
from server.domain import checklist
from server.domain import meeting as meetings
from server.domain.checklist import Gate
from server.domain.links import KNOCK_BEFORE
from server.domain.questions import AFTER
from server.domain.remembering import WISHES
from server.domain.roles import Role
from server.http import render
from server.http.dates import spoken
from server.http.pages import arriving, picking
from server.http.pages import guest_words as words
from server.services import helping, newcomers
from server.services.arriving import Arrival
from server.services.sessions import IDLE, Kind
from server.texts import Voice


async def show(request: web.Request) -> web.Response:
    """All is answered: on to the sound check, or when to come back; every answer can be changed."""
    async with arriving.reading(request) as (db, here, voice):
        return await _ready(request, db, here, voice)


async def _ready(
    request: web.Request, db: AsyncSession, here: Arrival, voice: Voice
) -> web.Response:
    if (shut := arriving.closed(request, here)) is not None:
        return shut
    counted = checklist.standing(here.me.replies, here.guest.session)
    zone = request.app[keys.SETTINGS].zone
    no_to_host = counted.get("not_there")
    if no_to_host is not None and not (
        no_to_host.answer == "caseworker"
        and (here.guest.known or no_to_host.session == here.guest.session)
    ):
        no_to_host = None  # or said elsewhere: a copy of the link is not told of it (P3, P6)
    locked = helping.locked(here)
    own = [
        (
            voice.say(f"q.{q.id}"),
            voice.say("arriving.ready.chosen")
            if locked or (q.id == WISHES and not words.may_read_wishes(here.guest, here.me))
            else words.answer_words(here.guest, here.shot, voice, q, counted[q.id].answer),
            f"/arriving/questions/{q.id}",
        )
        for q in (*here.me.questions, *here.me.more)
        if q.id in counted and (here.guest.known or counted[q.id].session == here.guest.session)
    ]
    return render.page(
        request,
        "arriving/ready.html",
        {
            "gate": here.gate.value,
            "open": here.shot.standing == meetings.Standing.OPEN,
            "opens": spoken(here.shot.starts - KNOCK_BEFORE, zone, voice.language, "clock"),
            "opens_in": _opens_in(here, request.app[keys.CLOCK].now()),
            "answers": own,
            "young": here.me.role == Role.YOUNG_PERSON,
            "more": bool(here.me.more),
            "asked_about": newcomers.may_answer(here.guest) and bool(newcomers.of(here.shot)),
            # The day they have an answer by, when it is the caseworker they will not talk with.
            "someone_else": no_to_host and arriving.told_by(request, voice, no_to_host.at),
            "not_all": here.gate == Gate.CLOSED,
            "code_needed": here.code_needed,
            "phone": here.shot.caseworker_phone,
            "main_phone": request.app[keys.SETTINGS].phone,
            # What was promised would tell an adult who comes back what was answered.
            "promises": []
            if locked and here.gate != Gate.ANOTHER_WAY
            else await picking.promises(request, db, here, voice),
            "afterwards": _afterwards(here, voice),
            "locked": locked,
            "helpers": helping.offered(here),
        },
    )


def _opens_in(here: Arrival, now: datetime) -> int:
    """Seconds until the page is worth another look, where its session lasts until then; else 0."""
    wait = here.shot.starts - KNOCK_BEFORE - now
    return int(wait.total_seconds()) if timedelta() < wait < IDLE[Kind.GUEST] else 0


def _afterwards(here: Arrival, voice: Voice) -> str:
    """Who follows up, and how, as it was decided beforehand (S41). A name stands only where it is
    known who holds the device (P6)."""
    if here.me.role != Role.YOUNG_PERSON:
        return ""
    said = {reply.question: reply for reply in here.shot.host.replies}.get(AFTER.id)
    if said is None or said.answer not in ("someone", "call_back"):
        return ""
    if said.answer == "someone" and here.guest.known:
        return voice.say("arriving.after.named", hvem=said.text)
    return voice.say(f"arriving.after.{said.answer.replace('_', '-')}")
