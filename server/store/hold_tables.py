"""The table of holds: what is forgotten by the clock stays for as long as one stands (D13)."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from server.store.base import Base, Key, belongs_to


class Hold(Base):
    """Somebody with a name said why nothing about a young person is to be deleted yet."""

    __tablename__ = "holds"

    id: Mapped[Key]
    young_person_id: Mapped[int] = belongs_to("young_people.id")
    account_id: Mapped[int] = belongs_to("accounts.id")
    why: Mapped[str] = mapped_column(String(200))
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("accounts.id", ondelete="SET NULL"))
