"""What the home answered before a talk it was told of: about the place and the hour."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.home_questions import Ask
from server.store.base import Base, Key, belongs_to, words


class HomeReply(Base):
    """One answer to one question. A change of mind is a new row."""

    __tablename__ = "home_replies"

    id: Mapped[Key]
    told_time_id: Mapped[int] = belongs_to("told_times.id")
    question: Mapped[Ask] = mapped_column(words(Ask))
    answer: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(String(40), default="")
    at: Mapped[datetime]
