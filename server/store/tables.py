"""The tables of people, meetings and visits. Those of the note and the home: note_tables.py.

Rows hold facts with their times; the rules are in server/domain. Words about a person stand
in `replies`, `wordings`, `chats`, `drafts` and `home_answers`; names in `accounts`,
`young_people`, `placements` and `seats`; both in protection_tables.py; where a home's mail goes in
`home_mails`. Nothing else may hold any of them.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from server.domain.checklist import Reply as ReplyFact
from server.domain.roles import Role
from server.domain.visit import Visit as VisitFacts
from server.store.aside_tables import Aside
from server.store.base import Base, Key, belongs_to, exactly_one_of, may_belong_to, words

if TYPE_CHECKING:
    from server.store.protection_tables import Restriction
    from server.store.way_tables import Interruption, Tick

NOT_ENDED = text("left_at IS NULL AND turned_away_at IS NULL")


class Account(Base):
    """A caseworker who signs in with a password (argon2)."""

    __tablename__ = "accounts"

    id: Mapped[Key]
    login: Mapped[str] = mapped_column(String(120), unique=True)
    password_hash: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(80))
    first_name: Mapped[str] = mapped_column(String(40))
    phone: Mapped[str] = mapped_column(String(30))
    # A third of a megabyte, and wanted by two pages: nothing else reads it along.
    photo: Mapped[bytes | None] = mapped_column(
        LargeBinary, comment="JPEG without metadata", deferred=True
    )
    has_photo: Mapped[bool] = column_property(photo.is_not(None))
    keeps_list: Mapped[bool] = mapped_column(
        default=False, server_default="0", comment="may set what must be passed on"
    )
    greeting: Mapped[str] = mapped_column(
        String(120), default="", server_default="", comment="what whoever waits reads (S24)"
    )
    created_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class FirstLink(Base):
    """The one-time link that makes the first account; only its digest is kept."""

    __tablename__ = "first_links"

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Session(Base):
    """One browser, known by the digest of its cookie. Exactly one kind of owner."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint(exactly_one_of("account_id", "seat_id", "placement_id"), name="one_owner"),
    )

    id: Mapped[Key]
    digest: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[int | None] = may_belong_to("accounts.id")
    seat_id: Mapped[int | None] = may_belong_to("seats.id")
    placement_id: Mapped[int | None] = may_belong_to("placements.id")
    generation: Mapped[int] = mapped_column(default=0, comment="of the link it came by")
    device: Mapped[str | None] = mapped_column(String(64), comment="digest, of one admitted before")
    next_digest: Mapped[str | None] = mapped_column(
        String(64),
        unique=True,
        index=True,
        comment="of the cookie given at admission; the same as digest once it came back",
    )
    vouched_at: Mapped[datetime | None] = mapped_column(comment="a code was typed right here")
    vouched_as: Mapped[str] = mapped_column(
        String(16), default="", server_default="", comment="domain/vouching.CodeKind"
    )
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    account: Mapped[Account | None] = relationship(lazy="raise")
    seat: Mapped["Seat | None"] = relationship(lazy="raise")
    placement: Mapped["Placement | None"] = relationship(lazy="raise")


class YoungPerson(Base):
    __tablename__ = "young_people"

    id: Mapped[Key]
    account_id: Mapped[int] = belongs_to("accounts.id")
    name: Mapped[str] = mapped_column(String(40), comment="first name or alias, nothing more")
    age_told: Mapped[int]
    age_told_on: Mapped[date]
    phone: Mapped[str] = mapped_column(String(30), default="")
    last_seen_on: Mapped[date | None] = mapped_column(comment="met in person")
    next_visit_on: Mapped[date | None] = mapped_column(comment="the next supervision visit")
    created_at: Mapped[datetime]

    restrictions: Mapped[list["Restriction"]] = relationship(
        lazy="raise",
        primaryjoin="and_(Restriction.young_person_id == YoungPerson.id, "
        "Restriction.lifted_at.is_(None))",
        viewonly=True,
    )


class Placement(Base):
    """Where a young person lives, by the words they use. Its link dies when it ends."""

    __tablename__ = "placements"

    id: Mapped[Key]
    young_person_id: Mapped[int] = belongs_to("young_people.id")
    home_name: Mapped[str] = mapped_column(String(60))
    handle: Mapped[str] = mapped_column(String(32), unique=True)
    generation: Mapped[int] = mapped_column(default=0)
    began_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]

    young_person: Mapped[YoungPerson] = relationship(lazy="raise")


class Meeting(Base):
    __tablename__ = "meetings"
    __table_args__ = (CheckConstraint("minutes BETWEEN 5 AND 180", name="a_sane_length"),)

    id: Mapped[Key]
    account_id: Mapped[int] = belongs_to("accounts.id")
    young_person_id: Mapped[int] = belongs_to("young_people.id")
    placement_id: Mapped[int] = belongs_to("placements.id")
    room: Mapped[str] = mapped_column(String(32), unique=True, comment="its name to the worker")
    title: Mapped[str] = mapped_column(String(80))
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    home_knows: Mapped[bool] = mapped_column(default=True)
    planned_at: Mapped[datetime]
    called_off_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None] = mapped_column(comment="the host said it is over")
    note_ready_at: Mapped[datetime | None] = mapped_column(comment="the reading window began")
    topics: Mapped[str] = mapped_column(String(120), default="", server_default="")  # wanted

    seats: Mapped[list["Seat"]] = relationship(
        back_populates="meeting", lazy="raise", order_by="Seat.id"
    )
    asides: Mapped[list[Aside]] = relationship(lazy="raise", order_by=Aside.id)
    young_person: Mapped[YoungPerson] = relationship(lazy="raise")
    placement: Mapped[Placement] = relationship(lazy="raise")
    account: Mapped[Account] = relationship(lazy="raise")
    ticks: Mapped[list["Tick"]] = relationship(lazy="raise", order_by="Tick.id")
    interruptions: Mapped[list["Interruption"]] = relationship(
        lazy="raise", order_by="Interruption.id"
    )


class Seat(Base):
    """One person's place in one meeting, and what their link is made from."""

    __tablename__ = "seats"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    role: Mapped[Role] = mapped_column(words(Role))
    name: Mapped[str] = mapped_column(String(40))
    why: Mapped[str] = mapped_column(String(120), default="", comment="why they come, for all")
    handle: Mapped[str] = mapped_column(String(32), unique=True)
    generation: Mapped[int] = mapped_column(default=0, comment="renewing the link raises it")
    company: Mapped[str] = mapped_column(String(80), default="", comment="beside the camera")
    code_why: Mapped[str] = mapped_column(
        String(16), default="", server_default="", comment="domain/vouching.Why"
    )
    added_at: Mapped[datetime]
    removed_at: Mapped[datetime | None]

    meeting: Mapped[Meeting] = relationship(back_populates="seats", lazy="raise")
    replies: Mapped[list["Reply"]] = relationship(lazy="raise", order_by="Reply.id")
    visits: Mapped[list["Visit"]] = relationship(
        back_populates="seat", lazy="raise", order_by="Visit.id"
    )


class Visit(Base):
    """One knock from one device, and what came of it."""

    __tablename__ = "visits"
    __table_args__ = (
        # Asked for every few seconds: the few that nothing has ended, of all there ever were.
        Index(
            "ix_visits_seat_id_not_ended",
            "seat_id",
            sqlite_where=NOT_ENDED,
            postgresql_where=NOT_ENDED,
        ),
    )

    id: Mapped[Key]
    seat_id: Mapped[int] = belongs_to("seats.id")
    session_id: Mapped[int] = belongs_to("sessions.id")
    knocked_at: Mapped[datetime]
    door_at: Mapped[datetime | None]
    admitted_at: Mapped[datetime | None]
    turned_away_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    wrong_person: Mapped[bool] = mapped_column(default=False, comment="an incident")
    microphone: Mapped[bool] = mapped_column(default=False)
    camera: Mapped[bool] = mapped_column(default=False)
    paused_at: Mapped[datetime | None]
    changing_subject_at: Mapped[datetime | None]
    device: Mapped[str | None] = mapped_column(String(64), comment="digest, own device only (U8)")
    left_mark: Mapped[str | None] = mapped_column(
        String(64), comment="digest of the mark the browser keeps after Gå nu; opens no page alone"
    )

    seat: Mapped[Seat] = relationship(back_populates="visits", lazy="raise")

    def facts(self) -> VisitFacts:
        return VisitFacts(
            knocked_at=self.knocked_at,
            door_at=self.door_at,
            admitted_at=self.admitted_at,
            turned_away_at=self.turned_away_at,
            left_at=self.left_at,
            paused_at=self.paused_at,
        )


class Reply(Base):
    """One answer to one question. A change of mind is a new row."""

    __tablename__ = "replies"

    id: Mapped[Key]
    seat_id: Mapped[int] = belongs_to("seats.id")
    session_id: Mapped[int] = belongs_to("sessions.id")
    question: Mapped[str] = mapped_column(String(32))
    answer: Mapped[str] = mapped_column(String(400))
    text: Mapped[str] = mapped_column(String(400), default="")
    at: Mapped[datetime]

    def fact(self, *, admitted: bool) -> ReplyFact:
        return ReplyFact(self.question, self.answer, self.at, self.session_id, admitted, self.text)


class AskedAgain(Base):
    """The host asked an old answer again by voice ("spurgt igen")."""

    __tablename__ = "asked_again"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    question: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]


class ToldTime(Base):
    """A time the home was told. `meeting_id` serves moving it; the home's page never reads it."""

    __tablename__ = "told_times"

    id: Mapped[Key]
    placement_id: Mapped[int] = belongs_to("placements.id")
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    starts_at: Mapped[datetime]
    minutes: Mapped[int]
    told_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]


class Trail(Base):
    """Who did what, when. Append-only, and never the words."""

    __tablename__ = "trail"
    __table_args__ = (Index(None, "who", "at"),)

    id: Mapped[Key]
    at: Mapped[datetime]
    who: Mapped[str] = mapped_column(String(40), comment="kind and id, such as account:3")
    deed: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(40), comment="kind and id, such as meeting:7")
