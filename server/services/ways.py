""" "På en anden måde": the caseworker's times and places, what was picked, and what came of it.

A pick from the device the host has admitted moves the meeting at once; from a bare link it is a
proposal that the caseworker takes with one tap (design 2). Moving never touches what the home
was told: its times change when the caseworker says so, and not before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import checklist
from server.domain import meeting as rules
from server.domain.errors import Invalid, NotFound, Refused
from server.domain.meeting import Step
from server.domain.roles import Caseworker, Guest, MeetingId, Role
from server.domain.ways import OptionKind, Outcome, TaskKind, ungranted
from server.services import breaking_up, calling, room, secret_places, tasks
from server.store import seats, trail
from server.store import ways as store
from server.store.tables import Meeting
from server.store.way_tables import Option, Pick

MOST_TIMES, MOST_PICKS = 5, 40
PLACE_LIMIT = 40
KINDS = (OptionKind.SCHOOL, OptionKind.CLUB, OptionKind.MUNICIPALITY)


@dataclass(frozen=True, slots=True)
class Offered:
    """A time or a place on offer; `starts` of a time, `place` of one in own words."""

    id: int
    kind: OptionKind
    starts: datetime | None
    place: str


@dataclass(frozen=True, slots=True)
class Picked:
    """The newest pick of a kind, and the device it came from."""

    id: int
    session: int
    offered: Offered
    at: datetime

    @property
    def task(self) -> TaskKind:
        return TaskKind.TIME if self.offered.kind == OptionKind.TIME else TaskKind.PLACE


async def offer(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    times: Sequence[datetime],
    places: Sequence[tuple[OptionKind, str]],
    *,
    looked: str = "",
    now: datetime,
) -> None:
    """Put exactly these times and places on offer; what is not among them is withdrawn. A place
    that may say where they live needs a look; `looked` are the words somebody looked at (C13)."""
    row = await calling.own_meeting(db, who, meeting)
    rules.require(room.facts(row), Step.MOVE, now)
    if any(not now < starts <= now + rules.FURTHEST for starts in times):
        raise Invalid(times="starts-in-the-past")
    on_offer = {known.place for known in await store.options(db, row.id)}
    for place in {words for kind, words in places if kind == OptionKind.PLACE} - on_offer:
        if await secret_places.require_look(db, row.young_person_id, place, looked, now=now):
            who_looked = f"account:{who.account}"
            trail.add(db, who_looked, "looked-at-places", f"meeting:{row.id}", now=now)
    await _offer(db, row.id, times, places, now)
    trail.add(db, f"account:{who.account}", "offer-ways", f"meeting:{row.id}", now=now)


async def _offer(
    db: AsyncSession,
    meeting: int,
    times: Sequence[datetime],
    places: Sequence[tuple[OptionKind, str]],
    now: datetime,
) -> None:
    wanted: set[tuple[OptionKind, datetime | None, str]]
    wanted = {(OptionKind.TIME, starts, "") for starts in times[:MOST_TIMES]}
    wanted |= {(kind, None, place) for kind, place in places}
    for known in await store.options(db, meeting):
        mark = (known.kind, known.starts_at, known.place)
        if mark in wanted:
            wanted.discard(mark)
        else:
            known.withdrawn_at = now
    for kind, starts, place in sorted(wanted, key=lambda w: (w[1] is None, str(w[1]), w[0], w[2])):
        db.add(Option(meeting_id=meeting, kind=kind, starts_at=starts, place=place, added_at=now))
    await db.flush()


async def offered(db: AsyncSession, meeting: int, now: datetime) -> tuple[Offered, ...]:
    """What can be picked now: times still to come, and places."""
    rows = await store.options(db, meeting)
    return tuple(_fact(row) for row in rows if row.starts_at is None or row.starts_at > now)


async def pick(db: AsyncSession, guest: Guest, option: int, *, now: datetime) -> bool:
    """The young person picks one. Returns whether it is so from now on.

    No reason is asked. A time moves the meeting only from the admitted device (design 2).
    """
    if guest.role != Role.YOUNG_PERSON:
        raise NotFound
    row = await seats.meeting(db, guest.meeting)
    found = await store.option(db, option)
    if found is None or found.meeting_id != row.id:
        raise NotFound
    rules.require(room.facts(row), Step.MOVE, now)
    if found.withdrawn_at is not None or (found.starts_at is not None and found.starts_at <= now):
        raise Refused("option-gone")
    own = [p for p in await store.picks(db, row.id) if p.session_id == guest.session]
    if len(own) >= MOST_PICKS:
        raise Refused("too-often")
    _press(db, row, guest, found, now)
    db.add(Pick(option_id=found.id, seat_id=guest.seat, session_id=guest.session, at=now))
    if not guest.admitted:
        await db.flush()
        return False
    await _settle(db, row, found, None, now)
    trail.add(db, f"seat:{guest.seat}", "pick-moves", f"meeting:{row.id}", now=now)
    await db.flush()
    return True


async def take(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, picked: int, *, now: datetime
) -> None:
    """The caseworker says yes to what was picked, with one tap. Twice is once."""
    row = await calling.own_meeting(db, who, meeting)
    found = next((p for p in await store.picks(db, row.id) if p.id == picked), None)
    if found is None:
        raise NotFound
    rules.require(room.facts(row), Step.MOVE, now)
    option = found.option
    if option.starts_at is not None and option.starts_at <= now:
        raise Refused("option-gone")
    if option.starts_at is not None and row.starts_at == option.starts_at:
        return
    await _settle(db, row, option, who, now)
    trail.add(db, f"account:{who.account}", "take-pick", f"meeting:{row.id}", now=now)


async def picked(
    db: AsyncSession, meeting: int, guest: Guest | None = None
) -> dict[TaskKind, Picked]:
    """The newest pick of a time and of a place, from whichever device; for a `guest`, as far as
    this device of theirs may know."""
    found = {}
    for row in await store.picks(db, meeting):
        if guest is not None and not guest.known and row.session_id != guest.session:
            continue
        fact = Picked(row.id, row.session_id, _fact(row.option), row.at)
        found[fact.task] = fact
    return found


def _press(db: AsyncSession, row: Meeting, guest: Guest, option: Option, now: datetime) -> None:
    """Picking is wanting another time or place, also for who did not press for it first."""
    kind = TaskKind.PLACE if option.starts_at is None else TaskKind.TIME
    said = room.replies_of(seats.of_role(row, Role.YOUNG_PERSON))
    own = [reply for reply in said if reply.session == guest.session]
    standing = checklist.wish(ungranted(own, [t.fact() for t in row.ticks]))
    if standing is None or standing.answer != kind:
        seats.keep_reply(db, guest.seat, guest.session, "another_way", kind.value, now=now)


async def _settle(
    db: AsyncSession, row: Meeting, option: Option, who: Caseworker | None, now: datetime
) -> None:
    """Make a pick so: the meeting gets the time, or the place is agreed. Whoever was in a talk
    that is moved goes on another time, and knocks again then."""
    kind = TaskKind.PLACE
    if option.starts_at is not None:
        kind = TaskKind.TIME
        row.starts_at = option.starts_at
        option.withdrawn_at = now
        await breaking_up.moved(db, row, now=now)
    tasks.keep(
        db, row, who, kind, Outcome.AGREED, now, subject="", starts=option.starts_at,
        place=option.place or ("" if option.starts_at is not None else option.kind.value),
    )  # fmt: skip


def _fact(row: Option) -> Offered:
    return Offered(row.id, row.kind, row.starts_at, row.place)
