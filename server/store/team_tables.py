"""The table of the young person's and the bisidder's list, and its queries."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import String, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.team_list import About
from server.store import reading
from server.store.base import Base, Key, belongs_to, words
from server.store.tables import Meeting


class TeamLine(Base):
    """One line of the list. `seat_id` is the bisidder's; deleted after the meeting (B2)."""

    __tablename__ = "team_lines"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    seat_id: Mapped[int] = belongs_to("seats.id")
    session_id: Mapped[int] = belongs_to("sessions.id")
    about: Mapped[About] = mapped_column(words(About))
    text: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]


@reading.once
async def of_meeting(db: AsyncSession, meeting: int) -> Sequence[TeamLine]:
    query = select(TeamLine).where(TeamLine.meeting_id == meeting).order_by(TeamLine.id)
    return (await db.scalars(query)).all()


async def meetings_with_lines(db: AsyncSession) -> Sequence[Meeting]:
    query = select(Meeting).where(Meeting.id.in_(select(TeamLine.meeting_id)))
    return (await db.scalars(query)).all()


async def forget(db: AsyncSession, meeting: int) -> None:
    await db.execute(delete(TeamLine).where(TeamLine.meeting_id == meeting))
