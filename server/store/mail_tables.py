"""Where a home's mail goes. On no row that another page reads: the address stands nowhere else."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.store.base import Base, Key


class HomeMail(Base):
    """A home's address, while the young person lives there. An empty one is none."""

    __tablename__ = "home_mails"

    id: Mapped[Key]
    placement_id: Mapped[int] = mapped_column(
        ForeignKey("placements.id", ondelete="CASCADE"), unique=True
    )
    address: Mapped[str] = mapped_column(String(254), default="")
    language: Mapped[str] = mapped_column(String(2), default="", comment="empty: the house's own")
    off_at: Mapped[datetime | None] = mapped_column(comment="the home wants none")
    refused_at: Mapped[datetime | None] = mapped_column(comment="the address was not taken")
