"""A caseworker records a decision about somebody the young person wanted, and the young person
is shown it in words of their own (§ 6, § 105; domain pack 3.0.4, C4).

`record` is one mechanism for every such decision; what it does to the door belongs to whoever
asks for it. Nobody but the caseworker and the young person ever reads it: the person concerned
hears of it from the authority, not from a page of ours (P2).
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.deciding import Decision, DecisionKind, Guidance
from server.domain.errors import NotFound
from server.domain.roles import Caseworker, Guest, MeetingId, Role, SeatId
from server.services import calling, whose_device
from server.store import decisions, seats, trail
from server.store.protection_tables import DecisionMade


@dataclass(frozen=True, slots=True)
class Shown:
    """A decision as a page shows it; `reason` is left out where the young person reads."""

    id: int
    kind: DecisionKind
    whom: str
    words: str
    guidance: Guidance
    at: datetime
    seen: bool
    reason: str = ""


async def record(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    seat: SeatId | None,
    decision: Decision,
    *,
    now: datetime,
) -> int:
    """Keep a decision in a meeting's case. About the same person twice, it is one decision."""
    row = await calling.own_meeting(db, who, meeting)
    if seat is not None:
        known = next((s for s in row.seats if s.id == seat), None)
        if known is None or known.role in (Role.CASEWORKER, Role.YOUNG_PERSON):
            raise NotFound
        already = await decisions.about_seat(db, seat)
        if already is not None:
            return already.id
    made = DecisionMade(
        young_person_id=row.young_person_id,
        meeting_id=row.id,
        seat_id=seat,
        account_id=who.account,
        kind=decision.kind,
        whom=decision.whom,
        reason=decision.reason,
        words=decision.words,
        guidance=decision.guidance,
        at=now,
    )
    db.add(made)
    await db.flush()
    trail.add(db, f"account:{who.account}", "decide", f"decision:{made.id}", now=now)
    return made.id


async def take_back(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, decision: int, *, now: datetime
) -> None:
    """The decision no longer stands, as after a complaint. Twice is once."""
    row = await calling.own_meeting(db, who, meeting)
    found = await decisions.one(db, row.young_person_id, decision)
    if found is None:
        raise NotFound
    if found.taken_back_at is None:
        found.taken_back_at = now
        trail.add(db, f"account:{who.account}", "undecide", f"decision:{found.id}", now=now)


async def of_meeting(db: AsyncSession, who: Caseworker, meeting: MeetingId) -> list[Shown]:
    """What stands in this case, with its grounds, for the caseworker whose case it is."""
    row = await calling.own_meeting(db, who, meeting)
    return [
        _shown(made, reason=made.reason)
        for made in await decisions.of_young_person(db, row.young_person_id)
    ]


async def for_young_person(db: AsyncSession, guest: Guest) -> list[Shown]:
    """What was decided, for whom it concerns. A bare link is told nothing: it holds names (P6),
    and neither is a device they borrow, maybe of whom it is about (P2)."""
    if not await whose_device.may_show(db, guest):
        return []
    row = await seats.meeting(db, guest.meeting)
    return [_shown(made) for made in await decisions.of_young_person(db, row.young_person_id)]


async def note_seen(db: AsyncSession, guest: Guest, *, now: datetime) -> None:
    """The young person has opened what was decided; the first time is the one that counts."""
    if not await whose_device.may_show(db, guest):
        raise NotFound
    row = await seats.meeting(db, guest.meeting)
    for made in await decisions.of_young_person(db, row.young_person_id):
        made.seen_at = made.seen_at or now


def _shown(made: DecisionMade, *, reason: str = "") -> Shown:
    return Shown(
        id=made.id,
        kind=made.kind,
        whom=made.whom,
        words=made.words,
        guidance=made.guidance,
        at=made.at,
        seen=made.seen_at is not None,
        reason=reason,
    )
