"""What is remembered of a young person from one meeting to the next: what makes it easier (U12)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.store.base import Base, Key


class Remembered(Base):
    """The wishes a young person last had, until they change or forget them."""

    __tablename__ = "remembered"

    id: Mapped[Key]
    young_person_id: Mapped[int] = mapped_column(
        ForeignKey("young_people.id", ondelete="CASCADE"), unique=True
    )
    wishes: Mapped[str] = mapped_column(String(400))
    text: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime] = mapped_column(comment="last said, or said again")
