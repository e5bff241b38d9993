"""The tables behind "på en anden måde": times and places on offer, picks, ticks, broken lines."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.domain.ways import OptionKind, Outcome, TaskKind
from server.domain.ways import Tick as TickFact
from server.store.base import Base, Key, belongs_to, words


class Option(Base):
    """A time or a place the caseworker can do, for the young person to pick."""

    __tablename__ = "options"
    __table_args__ = (
        CheckConstraint("(kind = 'time') = (starts_at IS NOT NULL)", name="a_time_has_one"),
    )

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    kind: Mapped[OptionKind] = mapped_column(words(OptionKind))
    starts_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(40), default="", comment="only of kind place")
    added_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class Pick(Base):
    """The young person picked one. From a bare link it is a proposal, and moves nothing."""

    __tablename__ = "picks"

    id: Mapped[Key]
    option_id: Mapped[int] = belongs_to("options.id")
    seat_id: Mapped[int] = belongs_to("seats.id")
    session_id: Mapped[int] = belongs_to("sessions.id")
    at: Mapped[datetime]

    option: Mapped[Option] = relationship(lazy="raise")


class Tick(Base):
    """What the caseworker said became of a task (domain/ways.py)."""

    __tablename__ = "ticks"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="CASCADE"), comment="none: the young person's own pick"
    )
    kind: Mapped[TaskKind] = mapped_column(words(TaskKind))
    subject: Mapped[str] = mapped_column(String(32), default="")
    outcome: Mapped[Outcome] = mapped_column(words(Outcome))
    starts_at: Mapped[datetime | None]
    place: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]

    def fact(self) -> TickFact:
        return TickFact(self.kind, self.outcome, self.at, self.subject, self.starts_at, self.place)


class Interruption(Base):
    """Somebody admitted whose line broke. Their coming back ends it; so does their going."""

    __tablename__ = "interruptions"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    seat_id: Mapped[int] = belongs_to("seats.id")
    at: Mapped[datetime]
    back_at: Mapped[datetime | None]
    passed_at: Mapped[datetime | None] = mapped_column(
        comment="the host went on: their pause holds nobody up until they are back"
    )


class SupportRequest(Base):
    """What a young person wishes for afterwards, once they have said that the home may hear it
    (S44): a kind, never a word of the talk. What the home reads is the handover made of it."""

    __tablename__ = "support_requests"

    id: Mapped[Key]
    placement_id: Mapped[int] = belongs_to("placements.id")
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    wish: Mapped[str] = mapped_column(String(32))
    until: Mapped[datetime]
    asked_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    handover_id: Mapped[int | None] = mapped_column(
        ForeignKey("handovers.id", ondelete="SET NULL"), comment="the copy the home reads"
    )
