"""What young people wait for: tasks as they stand, and the caseworker's ticks.

Tasks are worked out from facts (domain/ways.py); a tick is a fact, kept as a row of its own.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import meeting as rules
from server.domain import visit as visiting
from server.domain import ways
from server.domain.checklist import Reply
from server.domain.errors import Invalid, NotFound
from server.domain.roles import Caseworker, Guest, MeetingId, Role
from server.domain.ways import MAY_BECOME, Outcome, Plan, Task, TaskKind
from server.services import calling, room
from server.store import seats, trail
from server.store import ways as store
from server.store.tables import Meeting, Seat
from server.store.way_tables import Tick

BACK = timedelta(days=90)  # how far back a wish is still somebody's to answer
AHEAD = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Waiting:
    """One task on a caseworker's list, and whose it is."""

    meeting: MeetingId
    name: str
    phone: str
    task: Task


async def tick(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    kind: TaskKind,
    subject: str,
    outcome: Outcome,
    *,
    starts: datetime | None = None,
    place: str = "",
    now: datetime,
) -> None:
    """Keep what the caseworker says became of a task that is really there."""
    row = await calling.own_meeting(db, who, meeting)
    zone = ZoneInfo("UTC")  # which day something is due does not matter here
    known = tasks_of(row, zone)
    if not any(t.kind == kind and t.subject == subject for t in known):
        raise NotFound
    if outcome not in MAY_BECOME[kind]:
        raise Invalid(outcome="unknown-answer")
    if outcome == Outcome.AGREED and kind == TaskKind.MEET:
        if starts is None or not now < starts <= now + rules.FURTHEST:
            raise Invalid(day="starts-in-the-past")
        if not place:
            raise Invalid(place="place-missing")
    keep(db, row, who, kind, outcome, now, subject=subject, starts=starts, place=place)
    trail.add(db, f"account:{who.account}", f"tick-{kind}", f"meeting:{row.id}", now=now)
    await db.flush()


def tasks_of(row: Meeting, zone: ZoneInfo) -> tuple[Task, ...]:
    """Every task of a meeting as it stands, whoever it was that asked with the link."""
    young = seats.of_role(row, Role.YOUNG_PERSON)
    facts = room.facts(row)
    plan = Plan(facts.starts, facts.ends, broken_at=broken_at(row, young))
    return ways.tasks(_said(young), [t.fact() for t in row.ticks], plan, zone)


async def told(db: AsyncSession, guest: Guest, zone: ZoneInfo) -> tuple[Task, ...]:
    """What one device of the young person's may know of: all of it where the host has seen who
    holds it, else only what was asked for there (P3, P6)."""
    row = await seats.meeting(db, guest.meeting)
    if guest.known:
        return tasks_of(row, zone)
    young = seats.of_role(row, Role.YOUNG_PERSON)
    own = [reply for reply in _said(young) if reply.session == guest.session]
    facts = room.facts(row)
    plan = Plan(facts.starts, facts.ends)
    return ways.tasks(own, [t.fact() for t in row.ticks], plan, zone)


def broken_at(row: Meeting, young: Seat) -> datetime | None:
    """Since when the young person's line is broken, if it broke and they did not come back."""
    if row.finished_at is not None:
        return None
    own = [i for i in row.interruptions if i.seat_id == young.id]
    return own[-1].at if own and own[-1].back_at is None else None


async def waiting(
    db: AsyncSession, who: Caseworker, zone: ZoneInfo, *, now: datetime
) -> tuple[Waiting, ...]:
    """Everything a caseworker's young people wait for, the most pressing first."""
    found = []
    for row in await store.with_tasks(db, who.account, now - BACK, now + AHEAD):
        young = seats.of_role(row, Role.YOUNG_PERSON)
        for task in tasks_of(row, zone):
            if task.waits and _still(task, row):
                found.append(Waiting(MeetingId(row.id), young.name, row.young_person.phone, task))
    return tuple(sorted(found, key=lambda w: (w.task.due, w.meeting, w.task.kind)))


async def presses_in_a_row(db: AsyncSession, young_person: int, *, now: datetime) -> bool:
    """Whether the neutral button was used so often that it is time to think of meeting."""
    rows = await store.of_young_person(db, young_person, now - BACK)
    presses = await store.presses(db, young_person, now - BACK)
    met = [
        tick.at
        for row in rows
        for tick in row.ticks
        if tick.kind == TaskKind.MEET and tick.outcome in (Outcome.AGREED, Outcome.DONE)
    ]
    since = max(met, default=None)
    return ways.think_of_meeting(
        [
            ([at for at in presses.get(row.id, []) if since is None or at > since], _held(row))
            for row in rows
        ]
    )


def _held(row: Meeting) -> bool:
    young = seats.of_role(row, Role.YOUNG_PERSON)
    return any(visiting.was_admitted(visit.facts()) for visit in young.visits)


def _said(young: Seat) -> tuple[Reply, ...]:
    return room.replies_of(young)


def _still(task: Task, row: Meeting) -> bool:
    """A meeting called off takes its wishes about time and place along; the rest stands."""
    return row.called_off_at is None or task.kind not in (
        TaskKind.TIME, TaskKind.PLACE, TaskKind.CALL, TaskKind.CALL_BACK,
    )  # fmt: skip


def keep(
    db: AsyncSession,
    row: Meeting,
    who: Caseworker | None,
    kind: TaskKind,
    outcome: Outcome,
    now: datetime,
    *,
    subject: str,
    starts: datetime | None,
    place: str,
) -> None:
    db.add(
        Tick(
            meeting_id=row.id,
            account_id=None if who is None else who.account,
            kind=kind,
            subject=subject,
            outcome=outcome,
            starts_at=starts,
            place=place,
            at=now,
        )
    )
