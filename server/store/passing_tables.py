"""The tables of what must be passed on: the municipality's list, and who was the second person.

A list is never changed: other lines are another list, and a note's mark goes on naming the line
that stood when it was made.
"""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.store.base import Base, Key, belongs_to, words


class Step(StrEnum):
    """What takes two people."""

    AGAINST_A_NO = "against_a_no"  # passed on though the young person said no (C11)
    HIDING = "hiding"  # of words the home has, while the note is locked (domain pack 5.6)
    CONCERN = "concern"  # assessed with somebody who was not in it before (domain pack 9, row 8)


class PassOnList(Base):
    """One version of the list. Nobody's name under it: the one that came with the program."""

    __tablename__ = "pass_on_lists"

    id: Mapped[Key]
    account_id: Mapped[int | None] = mapped_column(
        ForeignKey("accounts.id", ondelete="SET NULL"), comment="who typed it in"
    )
    approved_by: Mapped[str] = mapped_column(String(60))
    approved_post: Mapped[str] = mapped_column(String(60))
    approved_on: Mapped[date | None]
    at: Mapped[datetime] = mapped_column(comment="in force from then until the next one")

    entries: Mapped[list["PassOnEntry"]] = relationship(lazy="raise", order_by="PassOnEntry.id")


class PassOnEntry(Base):
    __tablename__ = "pass_on_entries"

    id: Mapped[Key]
    list_id: Mapped[int] = belongs_to("pass_on_lists.id")
    words: Mapped[str] = mapped_column(String(120))
    urgent: Mapped[bool]


class Seconded(Base):
    """A colleague stood beside the caseworker in a step that takes two, both by name."""

    __tablename__ = "seconded"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    step: Mapped[Step] = mapped_column(words(Step))
    subject: Mapped[int] = mapped_column(comment="the item, the request or the meeting")
    account_id: Mapped[int] = belongs_to("accounts.id")
    second_id: Mapped[int] = belongs_to("accounts.id")
    at: Mapped[datetime]
