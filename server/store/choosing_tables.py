"""The tables of what a young person says about their note, beside the choice itself. Rows are only
added: a change of mind is a new row."""

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.store.base import Base, Key, belongs_to


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
