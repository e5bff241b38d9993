"""The tables of what a young person says about their note, beside the choice itself. Rows are only
added: a change of mind is a new row."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, false
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.domain.telling import Went
from server.store.base import Base, Key, belongs_to, words
from server.store.note_tables import Handover


class Commented(Base):
    """What a young person said about a line, beside it (S54). The wording is what they had read."""

    __tablename__ = "comments"

    id: Mapped[Key]
    item_id: Mapped[int] = belongs_to("items.id")
    wording_id: Mapped[int] = belongs_to("wordings.id")
    session_id: Mapped[int] = belongs_to("sessions.id")
    stand: Mapped[str] = mapped_column(
        String(32), default="", comment="domain/commenting.Stand; empty: words alone"
    )
    words: Mapped[str] = mapped_column(Text, default="")
    at: Mapped[datetime]
    heard: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="said aloud, or on paper, to the caseworker"
    )


class Aftercare(Base):
    """Who supports the young person after a hard talk, as they and their caseworker agreed; or that
    they wanted nobody. A change is another row."""

    __tablename__ = "aftercares"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    account_id: Mapped[int] = belongs_to("accounts.id")
    who: Mapped[str] = mapped_column(String(40))
    said_no: Mapped[bool]
    at: Mapped[datetime]


class TellingAnswer(Base):
    """How it went with what somebody wanted to say themselves: the young person's own word, or what
    they told their caseworker by voice."""

    __tablename__ = "telling_answers"

    id: Mapped[Key]
    choice_id: Mapped[int] = belongs_to("choices.id")
    session_id: Mapped[int] = belongs_to("sessions.id")
    went: Mapped[Went] = mapped_column(words(Went))
    at: Mapped[datetime]


class Receipt(Base):
    """What was handed over to a home, from which line and on what ground. Written in the same
    moment and never changed, so that the young person can always read what was passed on."""

    __tablename__ = "receipts"

    id: Mapped[Key]
    item_id: Mapped[int] = belongs_to("items.id")
    wording_id: Mapped[int] = belongs_to("wordings.id")
    handover_id: Mapped[int] = mapped_column(
        ForeignKey("handovers.id", ondelete="CASCADE"), unique=True
    )
    home: Mapped[str] = mapped_column(String(60), comment="by the name it had then")
    must: Mapped[bool] = mapped_column(comment="had to be passed on; else it was chosen")
    at: Mapped[datetime]

    handover: Mapped[Handover] = relationship(lazy="raise")
