"""Reading one meeting's room as it stands: rows read once, handed on as a `Snapshot`."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import circle, restricting, visit, ways
from server.domain import meeting as meetings
from server.domain.ages import Band, age_now, band
from server.domain.checklist import Reply
from server.domain.circle import Invited
from server.domain.questions import answerable, asked, more
from server.domain.restricting import Restriction
from server.domain.roles import BY_NAME, INVITED, Role
from server.domain.vouching import Why
from server.services import beside, following_up, listed
from server.services.snapshot import Call, Person, Snapshot
from server.store import marks, seats
from server.store.tables import Meeting, Seat, Visit


async def snapshot(db: AsyncSession, meeting_id: int, now: datetime) -> Snapshot:
    """Read how a meeting stands now. Raises `NotFound`."""
    row = await seats.meeting(db, meeting_id)
    ticked = await seats.asked_again(db, meeting_id)
    promised = await marks.promised_call(db, meeting_id)
    return replace(
        of(row, now, frozenset(tick.question for tick in ticked)),
        marks=await marks.of_meeting(db, meeting_id),
        calls_back=promised.due_at if promised is not None else None,
        team=await beside.team(db, row),
    )


def of(row: Meeting, now: datetime, asked_again: frozenset[str] = frozenset()) -> Snapshot:
    young_age = age_now(row.young_person.age_told, row.young_person.age_told_on, now.date())
    young_band = band(young_age)
    young = seats.of_role(row, Role.YOUNG_PERSON)
    said = ways.ungranted(replies_of(young), [tick.fact() for tick in row.ticks])
    today = now.date()
    register = [line.facts() for line in row.young_person.restrictions]
    held = tuple(line for line in register if restricting.is_active(line, today))
    gone = {found.seat_id: found for found in row.interruptions if found.back_at is None}
    people = listed.looked_up(
        replace(
            _person(seat, young_band, said if seat is young else replies_of(seat), said, held),
            broken=seat.id in gone,
            passed_by=seat.id in gone and gone[seat.id].passed_at is not None,
        )
        for seat in row.seats
    )
    youngster = next(p for p in people if p.seat == young.id)
    return Snapshot(
        meeting=row.id,
        room=row.room,
        title=row.title,
        starts=row.starts_at,
        minutes=row.minutes,
        standing=meetings.standing(facts(row), now),
        begun=now >= row.starts_at,
        band=young_band,
        home=row.placement.home_name,
        caseworker_phone=row.account.phone,
        young_phone=row.young_person.phone,
        people=people,
        asked_again=asked_again,
        note_ready=row.note_ready_at is not None,
        has_photo=row.account.has_photo,
        greeting=row.account.greeting,
        follow_up=following_up.of(row, said, now),
        home_knows=row.home_knows,
        restrictions=held,
        blur_required=restricting.is_protected(held),
        beside=beside.of(
            [aside.facts() for aside in row.asides],
            facts(row),
            said,
            [(p.seat, p.role, p.first_in) for p in people if p.role in INVITED],
            (youngster.admitted is not None, youngster.first_in),
            now,
        ),
    )


def facts(row: Meeting) -> meetings.Meeting:
    return meetings.Meeting(row.starts_at, row.minutes, row.called_off_at, row.finished_at)


def replies_of(seat: Seat) -> tuple[Reply, ...]:
    """A seat's replies, each told whether it came from a device the host has admitted."""
    let_in = {v.session_id for v in seat.visits if visit.was_admitted(v.facts())}
    return tuple(reply.fact(admitted=reply.session_id in let_in) for reply in seat.replies)


def _person(
    seat: Seat,
    young: Band,
    own: tuple[Reply, ...],
    said: Sequence[Reply],
    held: Sequence[Restriction],
) -> Person:
    guest = seat.role in INVITED
    invited = Invited(seat.id, seat.added_at, seat.role in BY_NAME)
    by_link = seat.role != Role.CASEWORKER
    why = Why(seat.code_why)
    if by_link and restricting.is_protected(held):
        why = Why.PROTECTED
    return Person(
        seat=seat.id,
        role=seat.role,
        name=seat.name,
        why=seat.why,
        company=seat.company,
        generation=seat.generation,
        removed=seat.removed_at is not None,
        questions=asked(seat.role, young),
        more=more(seat.role, young),
        answerable=answerable(seat.role, young),
        replies=own,
        calls=tuple(_call(v) for v in seat.visits),
        verdict=circle.verdict(invited, said),
        code_why=why,
        held_away=restricting.holds_away(held, seat.name) if guest else None,
        added_at=seat.added_at,
        is_new=guest and circle.is_new(invited, said),
    )


def _call(row: Visit) -> Call:
    known = row.facts()
    return Call(
        id=row.id,
        session=row.session_id,
        standing=visit.standing(known),
        paused=row.paused_at is not None,
        microphone=row.microphone,
        camera=row.camera,
        changing_subject=row.changing_subject_at is not None,
        was_admitted=visit.was_admitted(known),
        admitted_at=known.admitted_at,
    )
