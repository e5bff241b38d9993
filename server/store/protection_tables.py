"""The tables of what protects a young person: decisions about people, the register, codes, the
emergency card and what was promised.

`decisions`, `restrictions`, `emergency_cards` and `promises` hold names, grounds and words. They
are read by the caseworker whose case it is, and a decision's own words by the young person;
nothing of a home's, nor of anybody else's, may ever read them.
"""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.domain.deciding import DecisionKind, Guidance
from server.domain.promising import PromiseKind
from server.domain.restricting import Restriction as RestrictionFacts
from server.domain.restricting import RestrictionKind
from server.domain.vouching import CodeKind
from server.store.base import Base, Key, belongs_to, exactly_one_of, may_belong_to
from server.store.base import words as one_of


class DecisionMade(Base):
    """A recorded decision about somebody the young person wanted, and when they were told."""

    __tablename__ = "decisions"

    id: Mapped[Key]
    young_person_id: Mapped[int] = belongs_to("young_people.id")
    meeting_id: Mapped[int | None] = may_belong_to("meetings.id")
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seats.id", ondelete="CASCADE"))
    account_id: Mapped[int] = belongs_to("accounts.id")
    kind: Mapped[DecisionKind] = mapped_column(one_of(DecisionKind))
    whom: Mapped[str] = mapped_column(String(40))
    reason: Mapped[str] = mapped_column(Text, comment="the ground, for the file")
    words: Mapped[str] = mapped_column(Text, comment="what the young person reads")
    guidance: Mapped[Guidance] = mapped_column(one_of(Guidance))
    at: Mapped[datetime]
    seen_at: Mapped[datetime | None] = mapped_column(comment="the young person opened it")
    taken_back_at: Mapped[datetime | None]


class Restriction(Base):
    """One line of the register (R5): an address that is not told, or contact suspended."""

    __tablename__ = "restrictions"
    __table_args__ = (
        CheckConstraint(
            "kind != 'contact_suspended' OR (whom != '' AND until IS NOT NULL)",
            name="a_suspension_names_somebody_and_ends",
        ),
    )

    id: Mapped[Key]
    young_person_id: Mapped[int] = belongs_to("young_people.id")
    account_id: Mapped[int] = belongs_to("accounts.id")
    kind: Mapped[RestrictionKind] = mapped_column(one_of(RestrictionKind))
    whom: Mapped[str] = mapped_column(String(80), default="", comment="whom it holds away")
    until: Mapped[date | None] = mapped_column(comment="its last day")
    at: Mapped[datetime]
    lifted_at: Mapped[datetime | None]

    def facts(self) -> RestrictionFacts:
        return RestrictionFacts(self.kind, self.whom, self.until, self.id)


class Code(Base):
    """A code said by voice to one person, for one link. Only its hash is kept."""

    __tablename__ = "codes"
    __table_args__ = (CheckConstraint(exactly_one_of("seat_id", "placement_id"), name="one_link"),)

    id: Mapped[Key]
    seat_id: Mapped[int | None] = may_belong_to("seats.id")
    placement_id: Mapped[int | None] = may_belong_to("placements.id")
    kind: Mapped[CodeKind] = mapped_column(one_of(CodeKind))
    digest: Mapped[str] = mapped_column(String(200), comment="argon2")
    made_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
    replaced_at: Mapped[datetime | None] = mapped_column(comment="a newer one was said")


class CodeTry(Base):
    """How often one device has tried one code."""

    __tablename__ = "code_tries"
    __table_args__ = (UniqueConstraint("code_id", "session_id"),)

    id: Mapped[Key]
    code_id: Mapped[int] = belongs_to("codes.id")
    session_id: Mapped[int] = belongs_to("sessions.id")
    tries: Mapped[int] = mapped_column(default=0)


class KnownDevice(Base):
    """A device of a home's where a code was typed once; its cookie's digest."""

    __tablename__ = "known_devices"

    id: Mapped[Key]
    placement_id: Mapped[int] = belongs_to("placements.id")
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    generation: Mapped[int] = mapped_column(comment="of the link the code was for")
    at: Mapped[datetime]


class EmergencyCard(Base):
    """Where the young person is during one meeting, and whom to call if it turns serious (R10)."""

    __tablename__ = "emergency_cards"

    id: Mapped[Key]
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meetings.id", ondelete="CASCADE"), unique=True
    )
    address: Mapped[str] = mapped_column(String(200), default="", comment="empty: not known")
    leader: Mapped[str] = mapped_column(String(60), default="")
    leader_phone: Mapped[str] = mapped_column(String(30), default="")
    at: Mapped[datetime]


class Promise(Base):
    """Something a caseworker said they will do, and until it is done."""

    __tablename__ = "promises"

    id: Mapped[Key]
    young_person_id: Mapped[int] = belongs_to("young_people.id")
    meeting_id: Mapped[int | None] = may_belong_to("meetings.id")
    account_id: Mapped[int] = belongs_to("accounts.id")
    kind: Mapped[PromiseKind] = mapped_column(one_of(PromiseKind))
    words: Mapped[str] = mapped_column(String(200), default="")
    due_at: Mapped[datetime]
    made_at: Mapped[datetime]
    kept_at: Mapped[datetime | None]
    item_id: Mapped[int | None] = mapped_column(index=True, comment="the agreement in a note")
    owner: Mapped[str] = mapped_column(
        String(40), default="", server_default="", comment="whose task; empty: the caseworker's"
    )
    missed_at: Mapped[datetime | None] = mapped_column(comment="said not to have been kept (S46)")
