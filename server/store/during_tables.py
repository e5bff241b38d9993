"""The tables of what happens around a talk: marks, and what the young person asked for."""

from datetime import date, datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.during import Kind, Mark
from server.domain.sections import Tag
from server.store.base import Base, Key, belongs_to, words


class MarkRow(Base):
    """One event around a talk (domain/during.py). Never words of anybody's."""

    __tablename__ = "marks"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    seat_id: Mapped[int] = belongs_to("seats.id")
    kind: Mapped[Kind] = mapped_column(words(Kind))
    value: Mapped[str] = mapped_column(String(32), default="", comment="a word of ours, or an id")
    answer: Mapped[str] = mapped_column(String(16), default="")
    at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    def fact(self) -> Mark:
        return Mark(
            id=self.id,
            kind=self.kind,
            seat=self.seat_id,
            at=self.at,
            value=self.value,
            answer=self.answer,
            answered=self.answered_at,
            ended=self.ended_at,
        )


class Request(Base):
    """An "anmodning": something the young person asked the municipality for, in their own words.
    It counts from when it was said; no form is needed (D12)."""

    __tablename__ = "requests"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    account_id: Mapped[int] = belongs_to("accounts.id")
    words: Mapped[str] = mapped_column(Text, default="", comment="the young person's own")
    owner: Mapped[str] = mapped_column(String(40), comment="who takes it on")
    said_at: Mapped[datetime]
    due_on: Mapped[date]
    done_at: Mapped[datetime | None]
    tag: Mapped[str] = mapped_column(
        String(16), default=Tag.REQUEST, server_default="request", comment="domain/sections.Tag"
    )
    item_id: Mapped[int | None] = mapped_column(
        index=True, comment="the line of the note it stands in"
    )
    told: Mapped[str] = mapped_column(
        Text,
        default="",
        server_default="",
        comment="what the young person hears, or reads",
    )
