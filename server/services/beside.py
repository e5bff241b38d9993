"""What a snapshot knows of the talks beside the room (domain/asides.py), worked out from rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import asides, circle, team_list, visit
from server.domain import meeting as meetings
from server.domain.asides import Aside, Place
from server.domain.checklist import Reply
from server.domain.circle import Span
from server.domain.roles import Role
from server.store import team_tables
from server.store.tables import Meeting


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
    bisidders: Iterable[tuple[int, datetime | None]],
    young: tuple[bool, datetime | None],
    now: datetime,
) -> Beside:
    """`bisidders` are seats and when they first came in; `young` whether they are in, and since."""
    young_in, since = young
    spans = [(seat, circle.after_the_start(said, since, came)) for seat, came in bisidders]
    waited = asides.waited(rows, Role.BISIDDER)
    return Beside(
        aside=asides.standing(rows, meeting, now, young_in=young_in),
        has_been_apart=any(aside.kind == asides.Kind.TOGETHER for aside in rows),
        absences={seat: (*waited, *own) for seat, own in spans},
        over_time=frozenset(seat for seat, own in spans if circle.within(own, now)),
    )


async def team(db: AsyncSession, row: Meeting) -> tuple[team_list.Line, ...]:
    """The list of the young person and the bisidder; who reads what: `team_list.readable`."""
    visits = [each for seat in row.seats for each in seat.visits]
    let_in = {each.session_id for each in visits if visit.was_admitted(each.facts())}
    return tuple(
        team_list.Line(x.id, x.seat_id, x.about, x.text, x.session_id, x.session_id in let_in)
        for x in await team_tables.of_meeting(db, row.id)
    )
