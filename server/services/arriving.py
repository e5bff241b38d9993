"""A guest arrives: they open their link, answer the checklist and knock."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import helping, links
from server.domain import meeting as meetings
from server.domain import visit as visiting
from server.domain.ages import Band
from server.domain.checklist import Gate, check, standing
from server.domain.circle import may_be_called_own, note_opens_here
from server.domain.errors import NotFound, Refused
from server.domain.links import Right
from server.domain.questions import DEVICE, SEND_ON, Question, after, way_out
from server.domain.remembering import WISHES
from server.domain.roles import INVITED, Guest, MeetingId, Role, SeatId, SessionId
from server.domain.visit import Standing
from server.domain.vouching import CodeKind
from server.services import afterwards, releasing, remembering, room, sessions, tasks, vouching
from server.services.sessions import Live
from server.services.snapshot import Person, Snapshot
from server.store import accounts, remembered, seats, trail
from server.store.tables import Meeting, Visit

TRY_AGAIN_AFTER = timedelta(seconds=20)  # after having been turned away
MOST_ANSWERS, MOST_KNOCKS = 300, 60  # of one device: every answer and knock is kept and read
# Of one link, by devices nobody knows: all of it is read with every look at the room. The
# caseworker's own way out is a new link; who was let in, or has begun, goes on.
MOST_OF_LINK = 1500
AFTER = frozenset(
    question.id for role in Role for question in after(role, Band.THIRTEEN)
)  # only for who was in the call
# What a young person has to be told each time; the trail says when and in which wording.
RIGHTS_TOLD = frozenset({"bisidder", "written"})


@dataclass(frozen=True, slots=True)
class Arrival:
    """Everything a guest's pages rest on: who they are, what they may, and how it stands."""

    guest: Guest
    shot: Snapshot
    me: Person
    gate: Gate
    rights: frozenset[Right]
    smaller_circle: bool
    code_needed: bool  # before they may knock on this device (design 2)


async def who(db: AsyncSession, live: Live) -> Guest:
    """Say which guest holds this session, and whether the host admitted this very device."""
    seat = await seats.with_visits(db, live.owner)
    if seat is None:
        raise NotFound("link-unknown")
    device = live.device
    admitted = any(
        visiting.was_admitted(visit.facts())
        and (visit.session_id == live.id or (device is not None and visit.device == device))
        for visit in seat.visits
    )
    return Guest(
        SeatId(seat.id),
        MeetingId(seat.meeting_id),
        SessionId(live.id),
        seat.role,
        admitted,
        live.typed == CodeKind.DIGITS,
        device is not None and await remembered.is_own_device(db, seat.id, device),
        device is not None and any(v.left_mark == device for v in seat.visits),
        device or "",
    )


async def stand(db: AsyncSession, guest: Guest, *, now: datetime) -> Arrival:
    """Say how things stand for a guest. Raises `NotFound` once their link has no right left."""
    row = await seats.meeting(db, guest.meeting)
    shot = room.of(row, now)
    me = shot.anybody(guest.seat)
    rights = of_role(links.rights(await times(db, row), now), guest.role)
    if me is None or not rights or not (guest.known or links.opens_bare(rights)):
        raise NotFound("link-unknown")
    needs = bool(me.code_why) and not guest.admitted
    return Arrival(
        guest=guest,
        shot=shot,
        me=me,
        gate=me.gate(guest.session),
        rights=rights,
        smaller_circle=me.barred and shot.begun,
        code_needed=needs and await vouching.typed(db, guest.session) is None,
    )


async def answer(
    db: AsyncSession,
    guest: Guest,
    asked: str,
    said: str,
    text: str,
    *,
    now: datetime,
    wording: str = "",
) -> Arrival:
    """Keep one answer, as a new row, and say how things stand with it.

    `wording` is the age and language somebody was asked in: that a right was told goes into the
    trail with it (U7, U13).
    """
    here = await stand(db, guest, now=now)
    if not here.rights & {Right.PREPARE, Right.KNOCK}:
        raise Refused("too-late")
    question = here.me.answerable.get(asked)
    if question is None:
        raise NotFound
    if question.id in AFTER and not may_tell_after(here, question):
        raise Refused("not-admitted")
    helping.require_alone(question.id, here.me.replies, guest.session)
    named = [p.seat for p in here.shot.people if may_be_named(p)]
    kept = check(question, said, named, text)
    own = sum(reply.session == guest.session for reply in here.me.replies)
    if own >= MOST_ANSWERS:
        raise Refused("too-often")
    await refuse_too_many(db, here, own)
    if (question, kept) == (DEVICE, "own") and not _may_call_it_own(here, now):
        raise Refused("device-said")
    words = text if question.asks_text.intersection(kept.split()) else ""
    if (question, kept) == (SEND_ON, "yes"):
        words = afterwards.require_unchanged(here.shot, text)
    seats.keep_reply(db, guest.seat, guest.session, question.id, kept, words.strip(), now=now)
    if (question.id, kept) == ("time", "another"):  # a wish like any other, and one way to grant it
        seats.keep_reply(db, guest.seat, guest.session, "another_way", "time", now=now)
    if question == DEVICE and kept != "own":
        await _forget_device(db, guest)
    if question.id == "afterwards":
        await tasks.unask_the_home(db, guest.meeting, now=now)
    if question.id in RIGHTS_TOLD:
        told = f"told-{question.id} {wording}".strip()
        trail.add(db, f"seat:{guest.seat}", told, f"meeting:{guest.meeting}", now=now)
    await db.flush()
    there = await stand(db, guest, now=now)
    if guest.admitted and question.id == WISHES:
        await remembering.remember(db, guest.meeting, guest.session, there.me.replies, now=now)
    return there


async def knock(db: AsyncSession, guest: Guest, *, now: datetime) -> int:
    """Ask to come in, or raise `Refused`. A knock that already waits is the same knock."""
    here = await stand(db, guest, now=now)
    if here.shot.standing != meetings.Standing.OPEN or Right.KNOCK not in here.rights:
        raise Refused("not-open")
    if here.smaller_circle:
        raise Refused("smaller-circle")
    if here.code_needed:
        raise Refused("code-needed")
    waiting = here.me.call_of(guest.session)
    if waiting is not None and waiting.standing in (
        Standing.KNOCKING,
        Standing.AT_DOOR,
        Standing.ADMITTED,
    ):
        return waiting.id
    if waiting is not None and waiting.standing == Standing.TURNED_AWAY:
        _refuse_too_soon(await seats.visit(db, waiting.id), now)
    if here.gate != Gate.READY:
        raise Refused("gate-not-ready")
    own = sum(call.session == guest.session for call in here.me.calls)
    if own >= MOST_KNOCKS:
        raise Refused("too-often")
    await refuse_too_many(db, here, own)
    visit = Visit(seat_id=guest.seat, session_id=guest.session, knocked_at=now)
    db.add(visit)
    await db.flush()
    return visit.id


async def refuse_too_many(db: AsyncSession, here: Arrival, own: int) -> None:
    """Raise `Refused` where more was sent by one link, from devices nobody knows, than anybody
    means. `own` is what came from this very device: who has begun goes on."""
    if own or here.guest.known or len(here.me.replies) + len(here.me.calls) < MOST_OF_LINK:
        return
    if await accounts.sent_by_link(db, here.guest.seat, here.me.generation) >= MOST_OF_LINK:
        raise Refused("too-often")


async def keep_device(db: AsyncSession, guest: Guest, device: str, *, now: datetime) -> bool:
    """Remember the admitted device for reading the note later, if it is the person's own (U8)."""
    here = await stand(db, guest, now=now)
    call = here.me.call_of(guest.session)
    if call is None or not call.was_admitted:
        return False
    if not note_opens_here(here.me.replies, guest.session):
        return False
    visit = await seats.visit(db, call.id)
    if visit is None:
        return False
    visit.device = sessions.digest(device)
    return True


async def _forget_device(db: AsyncSession, guest: Guest) -> None:
    """It is not their own (any more): its mark opens nothing the next time either (U8)."""
    seat = await seats.with_visits(db, guest.seat)
    for visit in seat.visits if seat is not None else ():
        if visit.session_id == guest.session or (guest.device and visit.device == guest.device):
            visit.device = None


def of_role(held: frozenset[Right], role: Role) -> frozenset[Right]:
    """Reading, and typing a code to read, are the young person's alone (C15)."""
    return held if role == Role.YOUNG_PERSON else held - {Right.READ, Right.CODE}


def is_after(asked: str, here: Arrival) -> bool:
    """Whether this is answered on the page of afterwards: what is asked there, and the device
    where it was not asked before."""
    if asked in AFTER:
        return True
    return asked in {q.id for q in way_out(here.me.role, here.shot.band)}


def was_in(here: Arrival) -> bool:
    """Whether the host let this very device into the call."""
    return here.guest.admitted


def may_tell_after(here: Arrival, asked: Question) -> bool:
    """Whether what is asked afterwards is answered here: in the call, or come back by the link to
    the device one left it on, once that is called one's own (U8, D11). What the bisidder wrote is
    not read there, and so not sent on either."""
    if was_in(here) or asked == SEND_ON:
        return was_in(here)
    whose = standing(here.me.replies, here.guest.session).get("device")
    own = whose is not None and whose.session == here.guest.session and whose.answer == "own"
    return here.guest.came_back and own


def _may_call_it_own(here: Arrival, now: datetime) -> bool:
    """Until its call is over it is known who holds a device, or nothing opens on it yet."""
    session = here.guest.session
    calls = [call for call in here.me.calls if call.session == session]
    if not any(call.was_admitted for call in calls):
        return True
    is_open = here.shot.standing == meetings.Standing.OPEN
    if calls[-1].standing == Standing.ADMITTED and is_open and not here.me.broken:
        return True
    asked = DEVICE in way_out(here.me.role, here.shot.band)
    return may_be_called_own(here.me.replies, session, now, on_the_way_out=asked)


def may_be_named(person: Person) -> bool:
    """Whom the young person may say no to: the invited, but not themselves or the host."""
    return not person.removed and person.role in INVITED


async def times(db: AsyncSession, row: Meeting) -> links.Times:
    """What a link's windows are counted from."""
    released = None
    if row.note_ready_at is not None:
        _, released = await releasing.hour_of(db, row.id)
    ends = room.facts(row).ends
    return links.Times(row.planned_at, row.starts_at, ends, row.note_ready_at, released)


def _refuse_too_soon(visit: Visit | None, now: datetime) -> None:
    """Somebody turned away may knock again, but not at once: the host needs a moment."""
    if visit is None or visit.turned_away_at is None:
        return
    if visit.wrong_person or now - visit.turned_away_at < TRY_AGAIN_AFTER:
        raise Refused("turned-away")
