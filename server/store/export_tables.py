"""The table of what went to the case system. No words: those are in the note, and in the file."""

from datetime import datetime

from sqlalchemy import String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.store.base import Base, Key, belongs_to


class Export(Base):
    """One version of a note for the case system, and the receipt for it."""

    __tablename__ = "exports"
    __table_args__ = (UniqueConstraint("meeting_id", "version"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    account_id: Mapped[int] = belongs_to("accounts.id")
    version: Mapped[int]
    mark: Mapped[str] = mapped_column(String(16), comment="the meeting's own in every name")
    asked_at: Mapped[datetime]
    content: Mapped[str] = mapped_column(
        String(64), default="", server_default="", comment="SHA-256 of what the note said"
    )
    pdf_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    json_sha256: Mapped[str] = mapped_column(String(64), default="", server_default="")
    waits_as: Mapped[str] = mapped_column(
        String(64), default="", server_default="", comment="the folder it waits in to be let go"
    )
    ready_at: Mapped[datetime | None] = mapped_column(comment="all of it waits on the disk")
    sent_at: Mapped[datetime | None]
