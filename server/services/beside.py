"""What a snapshot knows of the talks beside the room (domain/asides.py), worked out from rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import asides, circle, team_list, visit
from server.domain import meeting as meetings
from server.domain.asides import Aside, Place
from server.domain.checklist import Reply
from server.domain.circle import Span
from server.domain.permissions import READS_EARLIER
from server.domain.roles import Role
from server.store import team_tables
from server.store.tables import Meeting

LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Beside:
    aside: Aside | None  # the one that is open now
    has_been_apart: bool  # the bisidder's room has been open in this meeting
    absences: Mapping[int, tuple[Span, ...]]  # by seat: when they were to wait outside
    over_time: frozenset[int]  # seats wanted at the start only, and it has been (U5)

    def place(self, seat: int, role: Role) -> Place:
        """In which of the meeting's talks somebody admitted is."""
        return asides.place(self.aside, seat, role, start_is_over=seat in self.over_time)

    def was_there(self, seat: int, at: datetime) -> bool:
        """Whether somebody was in the talk at a moment: what was written while they waited
        outside was not for them."""
        return not circle.within(self.absences.get(seat, ()), at)


def of(
    rows: Sequence[Aside],
    meeting: meetings.Meeting,
    said: Sequence[Reply],
    invited: Iterable[tuple[int, Role, datetime | None]],
    young: tuple[bool, datetime | None],
    now: datetime,
) -> Beside:
    """`invited` are seats, roles and when they first came in; `young` whether they are in, and
    since when."""
    young_in, since = young
    everybody = list(invited)
    spans = [
        (seat, circle.after_the_start(said, since, came))
        for seat, role, came in everybody
        if role == Role.BISIDDER
    ]
    own = dict(spans)
    return Beside(
        aside=asides.standing(rows, meeting, now, young_in=young_in),
        has_been_apart=any(aside.kind == asides.Kind.TOGETHER for aside in rows),
        absences={
            seat: (*asides.waited(rows, role, seat), *own.get(seat, ()), *_before(role, came))
            for seat, role, came in everybody
        },
        over_time=frozenset(seat for seat, spans_of in spans if circle.within(spans_of, now)),
    )


def _before(role: Role, came: datetime | None) -> tuple[Span, ...]:
    """The time before they were let in, for whom it was not written."""
    return () if role in READS_EARLIER else ((LONG_AGO, came),)


async def team(db: AsyncSession, row: Meeting) -> tuple[team_list.Line, ...]:
    """The list of the young person and the bisidder; who reads what: `team_list.readable`."""
    visits = [each for seat in row.seats for each in seat.visits]
    let_in = {each.session_id for each in visits if visit.was_admitted(each.facts())}
    return tuple(
        team_list.Line(x.id, x.seat_id, x.about, x.text, x.session_id, x.session_id in let_in)
        for x in await team_tables.of_meeting(db, row.id)
    )
