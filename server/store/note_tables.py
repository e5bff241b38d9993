"""The tables of the note, the choices and what the home receives.

`handovers` and `told_times` (in tables.py) are all that the home's page reads (P4, first lock).
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint, false, select
from sqlalchemy.orm import Mapped, column_property, mapped_column, relationship

from server.domain.note import WordKind
from server.domain.sections import Section
from server.domain.sharing import Choice, ToldTo
from server.store.base import Base, Key, belongs_to, words
from server.store.tables import Meeting, Placement


class Item(Base):
    __tablename__ = "items"

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    written_at: Mapped[datetime]
    struck_at: Mapped[datetime | None]
    must_pass_on_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(200), default="", comment="why it must be passed on")
    entry_id: Mapped[int | None] = mapped_column(comment="by which line of the pass-on list")
    section: Mapped[str] = mapped_column(
        String(32),
        default=Section.TALKED_ABOUT,
        server_default="talked_about",
        comment="domain/sections.Section",
    )
    said_by: Mapped[str] = mapped_column(
        String(40), default="", server_default="", comment="whose words it quotes"
    )
    said_on: Mapped[date | None]
    chat_id: Mapped[int | None] = mapped_column(comment="the chat it was taken from")
    own: Mapped[bool] = mapped_column(
        default=False, server_default=false(), comment="written by the young person themselves"
    )

    # Whose home it is, by the name they use: no secret from that home (domain/places.py).
    home_name: Mapped[str] = column_property(
        select(Placement.home_name)
        .join(Meeting, Meeting.placement_id == Placement.id)
        .where(Meeting.id == meeting_id)
        .correlate_except(Meeting, Placement)
        .scalar_subquery()
    )

    wordings: Mapped[list["Wording"]] = relationship(lazy="raise", order_by="Wording.id")
    choices: Mapped[list["ChoiceMade"]] = relationship(lazy="raise", order_by="ChoiceMade.id")


class Wording(Base):
    """Exact words: an item's line in the note, or its wording for the home. The id is the
    revision."""

    __tablename__ = "wordings"

    id: Mapped[Key]
    item_id: Mapped[int] = belongs_to("items.id")
    kind: Mapped[WordKind] = mapped_column(words(WordKind))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]

    told: Mapped[list["Told"]] = relationship(lazy="raise")
    place_review: Mapped["PlaceReview | None"] = relationship(lazy="raise")
    release: Mapped["Release | None"] = relationship(lazy="raise")


class ChoiceMade(Base):
    """What the young person chose about exact words. A change of mind is a new row."""

    __tablename__ = "choices"

    id: Mapped[Key]
    item_id: Mapped[int] = belongs_to("items.id")
    wording_id: Mapped[int] = belongs_to("wordings.id")
    session_id: Mapped[int] = belongs_to("sessions.id")
    choice: Mapped[Choice] = mapped_column(words(Choice))
    in_call: Mapped[bool] = mapped_column(comment="made on the admitted device, in the call")
    at: Mapped[datetime]
    notice: Mapped[str] = mapped_column(
        String(24), default="", server_default="", comment="which text on who sees what was read"
    )

    asked: Mapped["AskedAlone | None"] = relationship(lazy="raise")
    wish: Mapped["WordWish | None"] = relationship(lazy="raise")


class WordWish(Base):
    """How the young person would want it said, where they asked for other words."""

    __tablename__ = "word_wishes"

    id: Mapped[Key]
    choice_id: Mapped[int] = mapped_column(
        ForeignKey("choices.id", ondelete="CASCADE"), unique=True
    )
    words: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class AskedAlone(Base):
    """The caseworker asked again by voice, alone with the young person ("spurgt alene", P4)."""

    __tablename__ = "asked_alone"

    id: Mapped[Key]
    choice_id: Mapped[int] = mapped_column(
        ForeignKey("choices.id", ondelete="CASCADE"), unique=True
    )
    account_id: Mapped[int] = belongs_to("accounts.id")
    at: Mapped[datetime]


class Told(Base):
    """Must-pass-on words, told to the young person (first) or by phone to the home."""

    __tablename__ = "told"
    __table_args__ = (UniqueConstraint("wording_id", "to"),)

    id: Mapped[Key]
    wording_id: Mapped[int] = belongs_to("wordings.id")
    to: Mapped[ToldTo] = mapped_column(words(ToldTo))
    account_id: Mapped[int] = belongs_to("accounts.id")
    at: Mapped[datetime]
    spoken_to: Mapped[str] = mapped_column(
        String(60), default="", server_default="", comment="who answered the telephone"
    )


class PlaceReview(Base):
    """Somebody with a name has looked at what seems to be a place in these words (C13)."""

    __tablename__ = "place_reviews"

    id: Mapped[Key]
    wording_id: Mapped[int] = mapped_column(
        ForeignKey("wordings.id", ondelete="CASCADE"), unique=True
    )
    account_id: Mapped[int] = belongs_to("accounts.id")
    at: Mapped[datetime]


class Handover(Base):
    """Words copied out for the home, or a wish for afterwards as the kind it is (S44): then there
    are no words. The home's page reads these and the told times only (P4)."""

    __tablename__ = "handovers"

    id: Mapped[Key]
    placement_id: Mapped[int] = belongs_to("placements.id")
    text: Mapped[str] = mapped_column(Text)
    released_at: Mapped[datetime]
    taken_back_at: Mapped[datetime | None]
    wish: Mapped[str] = mapped_column(
        String(32), default="", server_default="", comment="for afterwards, instead of words"
    )
    until: Mapped[datetime | None] = mapped_column(comment="how long a wish is read")
    task_due: Mapped[datetime | None] = mapped_column(
        comment="the words are an agreement and the task is the home's: by then"
    )


class Release(Base):
    """Which words became which handover; keeps releasing from happening twice."""

    __tablename__ = "releases"

    id: Mapped[Key]
    item_id: Mapped[int] = belongs_to("items.id")
    wording_id: Mapped[int] = mapped_column(
        ForeignKey("wordings.id", ondelete="CASCADE"), unique=True
    )
    handover_id: Mapped[int] = mapped_column(ForeignKey("handovers.id", ondelete="CASCADE"))
    at: Mapped[datetime]

    handover: Mapped[Handover] = relationship(lazy="raise")


class HomeAnswer(Base):
    """What the home answered; the young person can read it."""

    __tablename__ = "home_answers"

    id: Mapped[Key]
    placement_id: Mapped[int] = belongs_to("placements.id")
    kind: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(Text, default="")
    about: Mapped[str] = mapped_column(
        Text, default="", server_default="", comment="the agreement, as the home read it"
    )
    at: Mapped[datetime]


class Chat(Base):
    __tablename__ = "chats"
    __table_args__ = (UniqueConstraint("seat_id", "ref"),)

    id: Mapped[Key]
    meeting_id: Mapped[int] = belongs_to("meetings.id")
    seat_id: Mapped[int] = belongs_to("seats.id")
    ref: Mapped[str] = mapped_column(String(40), comment="the sender's own, so that a retry is one")
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]


class Draft(Base):
    """An adult's unsent words, kept as they type (P10). `place` names the field."""

    __tablename__ = "drafts"
    __table_args__ = (UniqueConstraint("account_id", "place"),)

    id: Mapped[Key]
    account_id: Mapped[int] = belongs_to("accounts.id")
    place: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime]
    revision: Mapped[int] = mapped_column(default=0, server_default="0")
