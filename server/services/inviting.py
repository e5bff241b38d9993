"""Who comes to a meeting: adding and removing people, and the link each of them is given.

A link is worked out from a key outside the database each time it is shown, so it can be shown
again; renewing raises its generation, and the old one is dead at once (design 2).
"""

from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import links, restricting
from server.domain import meeting as rules
from server.domain import visit as visiting
from server.domain.circle import Verdict
from server.domain.errors import NotFound, Refused
from server.domain.links import LinkKind
from server.domain.meeting import Step
from server.domain.roles import Caseworker, MeetingId, Role, SeatId
from server.domain.visit import Standing
from server.domain.vouching import CodeKind, Why
from server.services import calling, room, secret_places, vouching
from server.services.scheduling import Companion, seat
from server.services.snapshot import Snapshot
from server.services.vouching import Link
from server.store import decisions, trail
from server.store.tables import Meeting, Seat

WAITING = (Standing.KNOCKING, Standing.AT_DOOR)
MOST = 8  # people in one meeting, as of a network meeting; a call has as many slots


async def invite(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, person: Companion, *, now: datetime
) -> SeatId:
    """Add somebody. The young person has not been asked about them: the door stays shut (3.0.2).

    The same name twice is the same person, as after a lost answer.
    """
    row = await calling.own_meeting(db, who, meeting)
    rules.require(room.facts(row), Step.INVITE, now)
    here = [other for other in row.seats if other.removed_at is None]
    same = next((o for o in here if (o.role, o.name) == (person.role, person.name)), None)
    if same is not None:
        return SeatId(same.id)
    if restricting.holds_away(room.of(row, now).restrictions, person.name) is not None:
        raise Refused("restricted-person", name=person.name)
    await secret_places.keep_out(db, row.young_person_id, now=now, companion_why=person.why)
    if len(here) >= MOST:
        raise Refused("meeting-full", antal=MOST)
    added = seat(row.id, person.role, person.name, person.why, now)
    db.add(added)
    await db.flush()
    _trail(db, who, "invite", added.id, now)
    return SeatId(added.id)


async def uninvite(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, seat_id: SeatId, *, now: datetime
) -> None:
    """Take somebody off the list. They are out of the call at once; their link goes on opening,
    to a smaller circle, exactly as that of somebody the young person said no to (P2).

    A bisidder the young person has said yes to is set aside by a recorded decision only, with its
    reason and how to complain, which the young person reads (§ 6, stk. 2-3). Whom the caseworker
    brought they may also take back: an interpreter falls ill."""
    row = await calling.own_meeting(db, who, meeting)
    found = _guest(row, seat_id)
    if found.role == Role.YOUNG_PERSON:
        raise Refused("not-without-young-person")
    person = room.of(row, now).person(found.id)
    said_yes = person is not None and person.verdict in (Verdict.YES, Verdict.SAID_YES)
    if (
        said_yes
        and found.role == Role.BISIDDER
        and await decisions.about_seat(db, found.id) is None
    ):
        raise Refused("decision-first", hvem=found.name)
    found.removed_at = now
    for visit in found.visits:
        if visiting.standing(visit.facts()) in WAITING:
            visit.door_at = None  # waits on, as whoever was said no to does until the hour
        else:
            await calling.leave(db, visit.id, now=now)
    _trail(db, who, "uninvite", found.id, now)


async def renew(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, seat_id: SeatId, *, now: datetime
) -> None:
    """Give somebody a new link; the old one and every browser that came by it are dead."""
    found = _guest(await calling.own_meeting(db, who, meeting), seat_id)
    found.generation += 1
    await _leave(db, found, now)
    _trail(db, who, "renew-link", found.id, now)


async def link(
    db: AsyncSession,
    key: bytes,
    who: Caseworker,
    meeting: MeetingId,
    seat_id: SeatId,
    *,
    now: datetime,
) -> str:
    """Show one person's link as the path after the site's address. Showing is in the trail."""
    found = _guest(await calling.own_meeting(db, who, meeting), seat_id)
    _trail(db, who, "show-link", found.id, now)
    return path(key, found)


async def need_code(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    seat_id: SeatId,
    why: Why,
    *,
    now: datetime,
) -> None:
    """Say whether one person's link needs a code beside it. Who is in already stays in."""
    found = _guest(await calling.own_meeting(db, who, meeting), seat_id)
    found.code_why = why
    _trail(db, who, f"code-{why.replace('_', '-') or 'not-needed'}", found.id, now)


async def say_code(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    seat_id: SeatId,
    kind: CodeKind,
    digest: str,
    *,
    now: datetime,
) -> None:
    """Keep the hash of a code about to be said to one person. An older one is dead."""
    found = _guest(await calling.own_meeting(db, who, meeting), seat_id)
    await vouching.say(db, Link(seat=found.id), kind, digest, who.account, now=now)


async def guests_of(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, *, now: datetime
) -> Snapshot:
    """A caseworker's own meeting as it stands."""
    return room.of(await calling.own_meeting(db, who, meeting), now)


def path(key: bytes, row: Seat) -> str:
    return "/m#" + links.token(key, LinkKind.SEAT, row.handle, row.generation)


async def _leave(db: AsyncSession, found: Seat, now: datetime) -> None:
    """Whoever sits there is out, and a pause of theirs with them: nobody else could end it."""
    for visit in found.visits:
        await calling.leave(db, visit.id, now=now)


def _guest(row: Meeting, seat_id: SeatId) -> Seat:
    """The seat of somebody who comes by a link; the caseworker has none."""
    for found in row.seats:
        if found.id == seat_id and found.removed_at is None and found.role != Role.CASEWORKER:
            return found
    raise NotFound


def _trail(db: AsyncSession, who: Caseworker, deed: str, seat_id: int, now: datetime) -> None:
    trail.add(db, f"account:{who.account}", deed, f"seat:{seat_id}", now=now)
