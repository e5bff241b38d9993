"""The table of what was done about incidents, and the queries that find them."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.during import Heard, Kind
from server.domain.incidents import Done, Handled, Incident, IncidentKind
from server.domain.vouching import TRIES
from server.store.base import Base, Key, belongs_to, words
from server.store.during_tables import MarkRow
from server.store.protection_tables import Code
from server.store.tables import Meeting, Seat, Visit, YoungPerson


class IncidentTick(Base):
    """What a caseworker did about one incident. Said again, it takes the place of the first."""

    __tablename__ = "incident_ticks"
    __table_args__ = (UniqueConstraint("kind", "subject", "happened_at"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    account_id: Mapped[int] = belongs_to("accounts.id")
    kind: Mapped[IncidentKind] = mapped_column(words(IncidentKind))
    subject: Mapped[int] = mapped_column(comment="the row it was read from")
    happened_at: Mapped[datetime]
    done: Mapped[Done] = mapped_column(words(Done))
    words: Mapped[str] = mapped_column(String(200), default="")
    at: Mapped[datetime]

    def fact(self) -> Handled:
        return Handled(self.done, self.words, self.at)


async def of_account(db: AsyncSession, account: int) -> list[Incident]:
    """Fetch every incident around a caseworker's own meetings, with what was done about it."""
    ticks = await _ticks(db, account)
    found = [*await _visits(db, account), *await _marks(db, account), *await _codes(db, account)]
    return [
        Incident(kind, subject, meeting, name, at, who, _done(ticks, (kind, subject, at)))
        for kind, subject, meeting, name, at, who in found
    ]


async def tick(db: AsyncSession, incident: Incident) -> IncidentTick | None:
    query = select(IncidentTick).where(
        IncidentTick.kind == incident.kind,
        IncidentTick.subject == incident.subject,
        IncidentTick.happened_at == incident.at,
    )
    return (await db.scalars(query)).one_or_none()


Found = tuple[IncidentKind, int, int, str, datetime, str]
Mark = tuple[IncidentKind, int, datetime]


def _done(ticks: dict[Mark, Handled], mark: Mark) -> Handled | None:
    return ticks.get(mark)


async def _ticks(db: AsyncSession, account: int) -> dict[Mark, Handled]:
    query = select(IncidentTick).join(Meeting, Meeting.id == IncidentTick.meeting_id)
    rows = await db.scalars(query.where(Meeting.account_id == account))
    return {(row.kind, row.subject, row.happened_at): row.fact() for row in rows}


async def _visits(db: AsyncSession, account: int) -> Sequence[Found]:
    query = (
        select(Visit.id, Seat.meeting_id, YoungPerson.name, Visit.turned_away_at, Seat.name)
        .join(Seat, Seat.id == Visit.seat_id)
        .join(Meeting, Meeting.id == Seat.meeting_id)
        .join(YoungPerson, YoungPerson.id == Meeting.young_person_id)
        .where(Meeting.account_id == account, Visit.wrong_person.is_(True))
    )
    return [
        (IncidentKind.WRONG_PERSON, visit, meeting, name, at, who)
        for visit, meeting, name, at, who in await db.execute(query)
        if at is not None
    ]


async def _marks(db: AsyncSession, account: int) -> Sequence[Found]:
    query = (
        select(MarkRow, YoungPerson.name)
        .join(Meeting, Meeting.id == MarkRow.meeting_id)
        .join(YoungPerson, YoungPerson.id == Meeting.young_person_id)
        .where(Meeting.account_id == account)
        .where(
            (MarkRow.kind == Kind.OTHERS_OUT)
            | ((MarkRow.kind == Kind.AWAY) & (MarkRow.answer == Heard.SOMEBODY))
        )
    )
    kinds = {Kind.OTHERS_OUT: IncidentKind.OTHERS_OUT, Kind.AWAY: IncidentKind.HEARD}
    return [
        (kinds[mark.kind], mark.id, mark.meeting_id, name, mark.at, "")
        for mark, name in await db.execute(query)
    ]


async def _codes(db: AsyncSession, account: int) -> Sequence[Found]:
    query = (
        select(Code, Seat.meeting_id, YoungPerson.name, Seat.name)
        .join(Seat, Seat.id == Code.seat_id)
        .join(Meeting, Meeting.id == Seat.meeting_id)
        .join(YoungPerson, YoungPerson.id == Meeting.young_person_id)
        .where(Meeting.account_id == account, Code.used_at.is_(None))
    )
    return [
        (IncidentKind.GUESSED, code.id, meeting, name, code.made_at, who)
        for code, meeting, name, who in await db.execute(query)
        if code.tries >= TRIES[code.kind]
    ]
