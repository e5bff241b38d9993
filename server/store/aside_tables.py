"""The table of talks beside the room."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from server.domain import asides
from server.store.base import Base, Key, belongs_to, words


class Aside(Base):
    """A talk beside the room: the young person with their bisidder, or with the host alone."""

    __tablename__ = "asides"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    kind: Mapped[asides.Kind] = mapped_column(words(asides.Kind))
    moment: Mapped[asides.Moment] = mapped_column(words(asides.Moment))
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id", ondelete="CASCADE"))
    interpreter_id: Mapped[int | None] = mapped_column(
        ForeignKey("seats.id", ondelete="CASCADE"), comment="whom the young person asked in"
    )
    asked_in_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]

    def facts(self) -> asides.Aside:
        return asides.Aside(
            kind=self.kind,
            seat=self.seat_id,
            moment=self.moment,
            opened_at=self.opened_at,
            closed_at=self.closed_at,
            interpreter=self.interpreter_id,
            asked_in_at=self.asked_in_at,
        )
