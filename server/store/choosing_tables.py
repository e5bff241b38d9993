"""The tables of what a young person says about their note, beside the choice itself. Rows are only
added: a change of mind is a new row."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.telling import Went
from server.store.base import Base, Key, belongs_to, words


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


class TellingAnswer(Base):
    """How it went with what somebody wanted to say themselves: the young person's own word, or what
    they told their caseworker by voice."""

    __tablename__ = "telling_answers"

    id: Mapped[Key]
    choice_id: Mapped[int] = belongs_to("choices.id")
    session_id: Mapped[int] = belongs_to("sessions.id")
    went: Mapped[Went] = mapped_column(words(Went))
    at: Mapped[datetime]
