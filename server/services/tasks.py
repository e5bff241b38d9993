"""What young people wait for: tasks as they stand, and the caseworker's ticks.

Tasks are worked out from facts (domain/ways.py); a tick is a fact, kept as a row of its own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import meeting as rules
from server.domain import visit as visiting
from server.domain import ways
from server.domain.checklist import Reply as Said
from server.domain.errors import Invalid, NotFound, Refused
from server.domain.roles import Caseworker, Guest, MeetingId, Role
from server.domain.ways import MAY_BECOME, Outcome, Plan, Task, TaskKind
from server.services import calling, releasing, room, secret_places
from server.store import seats, trail
from server.store import ways as store
from server.store.note_tables import Handover
from server.store.tables import Meeting, Seat
from server.store.way_tables import SupportRequest, Tick

BACK = timedelta(days=90)  # how far back a wish is still somebody's to answer
AHEAD = timedelta(days=366)
SAME_AGAIN = timedelta(minutes=10)
MOST_ANSWERS = 300  # of one device, as in services/arriving.py
HEARD_FOR = timedelta(hours=24)  # how long a home reads what is wished for afterwards


@dataclass(frozen=True, slots=True)
class Waiting:
    """One task on a caseworker's list, and whose it is."""

    meeting: MeetingId
    young_person: int
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
    looked: str = "",
    now: datetime,
) -> None:
    """Keep what the caseworker says became of a task that is really there. Where an address is
    protected, a place to meet that may tell it needs a look; `looked` are the words somebody looked
    at (C13)."""
    row = await calling.own_meeting(db, who, meeting)
    zone = ZoneInfo("UTC")  # which day something is due does not matter here
    known = tasks_of(row, zone)
    if not any(t.kind == kind and t.subject == subject for t in known):
        raise NotFound
    if kind == TaskKind.SHARE:
        await _ask_the_home(db, row, now)
    if outcome not in MAY_BECOME[kind]:
        raise Invalid(outcome="unknown-answer")
    if outcome == Outcome.AGREED and kind == TaskKind.MEET:
        if starts is None or not now < starts <= now + rules.FURTHEST:
            raise Invalid(day="starts-in-the-past")
        if not place:
            raise Invalid(place="place-missing")
        young = row.young_person_id
        if await secret_places.look_where_protected(db, young, place, looked, now=now):
            who_looked = f"account:{who.account}"
            trail.add(db, who_looked, "looked-at-places", f"meeting:{row.id}", now=now)
    keep(db, row, who, kind, outcome, now, subject=subject, starts=starts, place=place)
    trail.add(db, f"account:{who.account}", f"tick-{kind}", f"meeting:{row.id}", now=now)
    await db.flush()


def tasks_of(row: Meeting, zone: ZoneInfo) -> tuple[Task, ...]:
    """Every task of a meeting as it stands, whoever it was that asked with the link."""
    young = seats.of_role(row, Role.YOUNG_PERSON)
    facts = room.facts(row)
    plan = Plan(facts.starts, facts.ends, store.broken_at(row, young), store.left_at(young))
    return ways.tasks(_said(young), [t.fact() for t in row.ticks], plan, zone)


async def ask_for_call(db: AsyncSession, guest: Guest, *, now: datetime) -> None:
    """Who has gone asks for a call, with one press and no reason (D11). Twice is once."""
    row = await seats.meeting(db, guest.meeting)
    if guest.role != Role.YOUNG_PERSON or not guest.known:
        raise NotFound
    said = _said(seats.of_role(row, Role.YOUNG_PERSON))
    if not any(r.question == "call_me" and now - r.at < SAME_AGAIN for r in said):
        seats.keep_reply(db, guest.seat, guest.session, "call_me", "today", now=now)
    await db.flush()


async def share(db: AsyncSession, guest: Guest, *, yes: bool, now: datetime) -> None:
    """Whether the home may hear the wish for afterwards. A no counts at once, from anywhere; a yes
    only once it is said aloud in the call (P4)."""
    if guest.role != Role.YOUNG_PERSON:
        raise NotFound
    young = seats.of_role(await seats.meeting(db, guest.meeting), Role.YOUNG_PERSON)
    own = [r for r in _said(young) if r.session == guest.session]
    said = [r.answer for r in own if r.question == "afterwards_shared"]
    if yes and len(own) >= MOST_ANSWERS:
        raise Refused("too-often")
    if yes or said[-1:] != ["no"]:  # another no says nothing new, and is never refused
        word = "yes" if yes else "no"
        seats.keep_reply(db, guest.seat, guest.session, "afterwards_shared", word, now=now)
    if not yes:
        await unask_the_home(db, guest.meeting, now=now)
    await db.flush()


async def unask_the_home(db: AsyncSession, meeting: int, *, now: datetime) -> None:
    """Another wish, or none: what the home was asked for before is not so any more."""
    for asked in await store.support_requests(db, meeting):
        asked.taken_back_at = now
        if (told := await db.get(Handover, asked.handover_id)) is not None:
            told.taken_back_at = now


async def _ask_the_home(db: AsyncSession, row: Meeting, now: datetime) -> None:
    """Copy the wish, and nothing else, to where the home's page reads it (S44). Twice is once."""
    shot = room.of(row, now)
    over = shot.standing in (rules.Standing.OVER, rules.Standing.CALLED_OFF)
    if shot.young.admitted is None or shot.own_room or over:
        raise Refused("said-in-the-call")
    if not shot.follow_up.to_say_aloud:
        return  # it was said already, and no other wish since
    await unask_the_home(db, row.id, now=now)
    wish, until = shot.follow_up.to_say_aloud, now + HEARD_FOR
    told = await releasing.tell_wish(db, row.placement_id, wish, until=until, now=now)
    db.add(
        SupportRequest(
            placement_id=row.placement_id, meeting_id=row.id, wish=wish, until=until,
            asked_at=now, handover_id=told,
        )
    )  # fmt: skip


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
    picked = {
        pick.option.place or pick.option.kind.value
        for pick in await store.picks(db, row.id)
        if pick.session_id == guest.session
    }
    ticks = [_without_place(tick.fact(), picked) for tick in row.ticks]
    return ways.tasks(own, ticks, plan, zone)


def _without_place(tick: ways.Tick, picked: set[str]) -> ways.Tick:
    """A tick as a device may read it that nobody has admitted: that the two will meet, and not
    where and when, unless the place is one it picked itself: a copy can press the same."""
    told = tick.kind == TaskKind.PLACE and tick.place in picked
    if told or tick.kind not in (TaskKind.MEET, TaskKind.PLACE):
        return tick
    return replace(tick, starts=None, place="")


async def meetings_of(db: AsyncSession, who: Caseworker, *, now: datetime) -> Sequence[Meeting]:
    """A caseworker's meetings, as far back as a wish is still theirs to answer, called off too."""
    return await store.with_tasks(db, who.account, now - BACK, now + AHEAD)


async def waiting(
    db: AsyncSession, who: Caseworker, zone: ZoneInfo, *, now: datetime
) -> tuple[Waiting, ...]:
    """Everything a caseworker's young people wait for, the most pressing first."""
    found = []
    for row in await meetings_of(db, who, now=now):
        young = seats.of_role(row, Role.YOUNG_PERSON)
        for task in tasks_of(row, zone):
            if task.waits and _still(task, row):
                found.append(
                    Waiting(
                        MeetingId(row.id),
                        row.young_person_id,
                        young.name,
                        row.young_person.phone,
                        task,
                    )
                )
    return tuple(sorted(found, key=lambda w: (w.task.due, w.meeting, w.task.kind)))


async def kept_for_meeting(
    db: AsyncSession, who: Caseworker, young_person: int, zone: ZoneInfo, *, now: datetime
) -> tuple[str, ...]:
    """Which topics a young person keeps for when the two meet, and has not talked of yet (S21)."""
    found = await waiting(db, who, zone, now=now)
    topics = [w.task.subject for w in found if w.young_person == young_person]
    return tuple(dict.fromkeys(topic for topic in topics if topic))


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


def _said(young: Seat) -> tuple[Said, ...]:
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
