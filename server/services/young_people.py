"""A caseworker's young people: what they are called, how old they are, and where they live.

No date of birth and no surname is asked for (C22). The home's link belongs to the placement:
when a young person moves, the old home's link is dead at once.
"""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import links
from server.domain import meeting as rules
from server.domain.ages import age_now
from server.domain.links import LinkKind
from server.domain.roles import Caseworker, MeetingId, Role, YoungPersonId
from server.domain.vouching import CodeKind
from server.services import room, vouching
from server.services.scheduling import HANDLE_BYTES
from server.services.vouching import Link
from server.store import mails, meetings, trail, young_people
from server.store.tables import Placement, YoungPerson

NAME_LIMIT = 40
HOME_LIMIT = 60
SENT_TWICE = timedelta(minutes=10)
READS_ALONE = 10  # from this age; a younger child has four questions on screen (domain pack 4.0)


@dataclass(frozen=True, slots=True)
class About:
    """What a caseworker typed about a young person, tidied."""

    name: str
    age: int
    phone: str
    home: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A young person as their caseworker's pages show them."""

    id: YoungPersonId
    name: str
    age: int
    phone: str
    home: str
    last_seen: date | None = None  # met in person (R13)
    next_visit: date | None = None  # the next supervision visit

    @property
    def is_asked_aloud(self) -> bool:
        """Whether most of the questions are theirs to hear in the meeting, not to read before."""
        return self.age < READS_ALONE


async def of(db: AsyncSession, who: Caseworker, *, now: datetime) -> list[Shown]:
    rows = await young_people.of_account(db, who.account)
    return [_shown(young, home, now) for young, home in rows]


async def one(db: AsyncSession, who: Caseworker, young_person: int, *, now: datetime) -> Shown:
    young = await young_people.own(db, who.account, young_person)
    return _shown(young, await young_people.placement(db, young.id), now)


async def meetings_of(
    db: AsyncSession, young_person: YoungPersonId, *, since: datetime
) -> list[tuple[MeetingId, datetime, str]]:
    """List a young person's meetings since a moment: which, when and about what."""
    rows = await meetings.of_young_person(db, young_person, since)
    return [(MeetingId(r.id), r.starts_at, r.title) for r in rows if r.called_off_at is None]


async def add(db: AsyncSession, who: Caseworker, about: About, *, now: datetime) -> YoungPersonId:
    """Add a young person and where they live. The same particulars again are the same person."""
    for other in await of(db, who, now=now):
        if (other.name, other.age, other.phone, other.home) == (
            about.name, about.age, about.phone, about.home,
        ):  # fmt: skip
            return other.id
    young = YoungPerson(
        account_id=who.account,
        name=about.name,
        age_told=about.age,
        age_told_on=now.date(),
        phone=about.phone,
        created_at=now,
    )
    db.add(young)
    await db.flush()
    db.add(_placement(young.id, about.home, now))
    _trail(db, who, "add-young-person", young.id, now)
    return YoungPersonId(young.id)


async def change(
    db: AsyncSession, who: Caseworker, young_person: int, about: About, *, now: datetime
) -> None:
    """Other words for the same person and the same home; nobody's link changes."""
    young = await young_people.own(db, who.account, young_person)
    if about.age != age_now(young.age_told, young.age_told_on, now.date()):
        young.age_told, young.age_told_on = about.age, now.date()
    young.name, young.phone = about.name, about.phone
    (await young_people.placement(db, young.id)).home_name = about.home
    for row in await meetings.of_young_person(db, young.id, now):
        for seat in row.seats:
            if seat.role == Role.YOUNG_PERSON:
                seat.name = about.name
    _trail(db, who, "change-young-person", young.id, now)


async def note_visits(
    db: AsyncSession,
    who: Caseworker,
    young_person: int,
    last_seen: date | None,
    next_visit: date | None,
    *,
    now: datetime,
) -> None:
    """Keep when they last met in person, and when the next supervision visit is (R13)."""
    young = await young_people.own(db, who.account, young_person)
    young.last_seen_on, young.next_visit_on = last_seen, next_visit
    _trail(db, who, "note-visits", young.id, now)


async def move_home(
    db: AsyncSession, who: Caseworker, young_person: int, home: str, *, now: datetime
) -> None:
    """The young person lives somewhere else now.

    The old home's link is dead at once and its page with it; what it was told of times to come
    is taken back. The new home has been told nothing. Sent twice, it is one move.
    """
    young = await young_people.own(db, who.account, young_person)
    before = await young_people.placement(db, young.id)
    if before.home_name == home and now - before.began_at < SENT_TWICE:
        return
    before.ended_at = now
    await mails.forget(db, before.id)
    after = _placement(young.id, home, now)
    db.add(after)
    await db.flush()
    for row in await meetings.of_young_person(db, young.id, now):
        if rules.standing(room.facts(row), now) == rules.Standing.CALLED_OFF:
            continue
        row.placement_id = after.id
        row.home_knows = False
        for told in await meetings.told_rows(db, row.id):
            told.taken_back_at = now
    _trail(db, who, "new-home", young.id, now)


async def home_link(
    db: AsyncSession, key: bytes, who: Caseworker, young_person: int, *, now: datetime
) -> str:
    """Show the home's link as the path after the site's address. Showing is in the trail."""
    young = await young_people.own(db, who.account, young_person)
    _trail(db, who, "show-home-link", young.id, now)
    return home_path(key, await young_people.placement(db, young.id))


async def renew_home_link(
    db: AsyncSession, who: Caseworker, young_person: int, *, now: datetime
) -> None:
    """Give the home a new link; the old one and every browser that came by it are dead."""
    young = await young_people.own(db, who.account, young_person)
    (await young_people.placement(db, young.id)).generation += 1
    _trail(db, who, "renew-home-link", young.id, now)


async def say_home_code(
    db: AsyncSession, who: Caseworker, young_person: int, digest: str, *, now: datetime
) -> int:
    """Keep the hash of a code about to be said to the home. An older one is dead. Returns the
    placement whose link it stands beside."""
    young = await young_people.own(db, who.account, young_person)
    home = await young_people.placement(db, young.id)
    link = Link(placement=home.id)
    await vouching.say(db, link, CodeKind.DIGITS, digest, who.account, now=now)
    return home.id


def home_path(key: bytes, row: Placement) -> str:
    return "/h#" + links.token(key, LinkKind.HOME, row.handle, row.generation)


def _placement(young_person: int, home: str, now: datetime) -> Placement:
    return Placement(
        young_person_id=young_person,
        home_name=home,
        handle=secrets.token_hex(HANDLE_BYTES),
        began_at=now,
    )


def _shown(young: YoungPerson, home: Placement, now: datetime) -> Shown:
    return Shown(
        id=YoungPersonId(young.id),
        name=young.name,
        age=age_now(young.age_told, young.age_told_on, now.date()),
        phone=young.phone,
        home=home.home_name,
        last_seen=young.last_seen_on,
        next_visit=young.next_visit_on,
    )


def _trail(db: AsyncSession, who: Caseworker, deed: str, young: int, now: datetime) -> None:
    trail.add(db, f"account:{who.account}", deed, f"young_person:{young}", now=now)
