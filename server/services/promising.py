"""What a caseworker has promised and until it is done, and the card for when it turns serious."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import promising as rules
from server.domain.errors import Invalid, NotFound
from server.domain.promising import PromiseKind
from server.domain.roles import Caseworker, MeetingId
from server.domain.sections import Agreement
from server.domain.words import fault
from server.services import calling, room
from server.store import promises, trail, young_people
from server.store.protection_tables import EmergencyCard, Promise
from server.store.tables import Meeting

ADDRESS_LIMIT, LEADER_LIMIT = 200, 60
PRESSED_BY_MISTAKE = timedelta(minutes=10)  # how long a press stands where it can be undone


@dataclass(frozen=True, slots=True)
class Due:
    """Something to be done, and for whom."""

    id: int
    kind: PromiseKind
    words: str
    due: datetime
    name: str
    meeting: int | None
    late: bool
    young_person: int
    owner: str = ""  # whose task; empty: the caseworker's own


@dataclass(frozen=True, slots=True)
class Agreed:
    """An agreement in a note: whose task, by when, and `open`, `kept` or `missed`."""

    owner: str
    due: datetime
    state: str


@dataclass(frozen=True, slots=True)
class Card:
    """Where the young person is, and who is called. An empty address is one not known."""

    address: str
    leader: str
    leader_phone: str


async def promise(
    db: AsyncSession,
    who: Caseworker,
    young_person: int,
    words: str,
    due_on: date | None,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> int:
    """Write down a promise to a young person. The same words for the same day are the same."""
    young = await young_people.own(db, who.account, young_person)
    tidy, day = rules.promise(words, due_on, now.astimezone(zone).date())
    due = rules.end_of(day, zone)
    for row in await promises.open_to(db, young.id):
        if (row.words, row.due_at) == (tidy, due):
            return row.id
    made = Promise(
        young_person_id=young.id,
        account_id=who.account,
        kind=PromiseKind.PROMISE,
        words=tidy,
        due_at=due,
        made_at=now,
    )
    db.add(made)
    await db.flush()
    trail.add(db, f"account:{who.account}", "promise", f"promise:{made.id}", now=now)
    return made.id


async def agree(
    db: AsyncSession,
    who: Caseworker,
    meeting: Meeting,
    item: int,
    words: str,
    agreed: Agreement,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """An agreement of a note stands among the promises until somebody says how it went (S46)."""
    db.add(
        Promise(
            young_person_id=meeting.young_person_id,
            meeting_id=meeting.id,
            account_id=who.account,
            kind=PromiseKind.PROMISE,
            words=rules.shortened(words),
            due_at=rules.end_of(agreed.due, zone),
            made_at=now,
            item_id=item,
            owner=agreed.owner,
        )
    )


async def reword_agreement(db: AsyncSession, item: int, words: str) -> None:
    row = await promises.of_item(db, item)
    if row is not None:
        row.words = rules.shortened(words)


async def drop_agreement(db: AsyncSession, item: int) -> None:
    """A line taken out of the note is no promise either."""
    row = await promises.of_item(db, item)
    if row is not None and row.kept_at is None and row.missed_at is None:
        await db.delete(row)


async def agreements(db: AsyncSession, meeting: int) -> dict[int, Agreed]:
    """What one note agreed on, by line. Ask beforehand whose meeting it is."""
    return {
        item: Agreed(row.owner, row.due_at, _state(row))
        for item, row in (await promises.agreements(db, meeting)).items()
    }


def _state(row: Promise) -> str:
    return "kept" if row.kept_at else "missed" if row.missed_at else "open"


async def miss(db: AsyncSession, who: Caseworker, promise_id: int, *, now: datetime) -> None:
    """It was not kept, and that is said. Twice is once."""
    row = await db.get(Promise, promise_id)
    if row is None or row.account_id != who.account:
        raise NotFound
    if row.kept_at is None and row.missed_at is None:
        row.missed_at = now
        trail.add(db, f"account:{who.account}", "miss-promise", f"promise:{row.id}", now=now)


async def keep(db: AsyncSession, who: Caseworker, promise_id: int, *, now: datetime) -> None:
    """It is done. Twice is once."""
    row = await db.get(Promise, promise_id)
    if row is None or row.account_id != who.account:
        raise NotFound
    if row.kept_at is None:
        row.kept_at, row.missed_at = now, None
        trail.add(db, f"account:{who.account}", "keep-promise", f"promise:{row.id}", now=now)


async def open_again(db: AsyncSession, who: Caseworker, promise_id: int, *, now: datetime) -> None:
    """It was pressed by mistake: nothing has been said of it. Twice is once."""
    row = await db.get(Promise, promise_id)
    if row is None or row.account_id != who.account:
        raise NotFound
    if row.kept_at is not None or row.missed_at is not None:
        row.kept_at = row.missed_at = None
        trail.add(db, f"account:{who.account}", "promise-open-again", f"promise:{row.id}", now=now)


async def just_told(db: AsyncSession, who: Caseworker, *, now: datetime) -> list[tuple[Due, bool]]:
    """What was pressed a moment ago, each with whether it was done: it can be pressed again."""
    found = await promises.told_since(db, who.account, now - PRESSED_BY_MISTAKE)
    return [(_due(row, name, now), row.kept_at is not None) for row, name in found]


async def follow(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    kind: PromiseKind,
    *,
    wanted: bool,
    now: datetime,
) -> None:
    """Something to do after this meeting, or no longer: it follows from an answer (R9, R14)."""
    row = await calling.own_meeting(db, who, meeting)
    found = await promises.following(db, row.id, kind)
    if not wanted:
        if found is not None and found.kept_at is None:
            await db.delete(found)
        return
    due = rules.due_after(kind, room.facts(row).ends)
    if found is not None:
        found.due_at = due
        return
    db.add(
        Promise(
            young_person_id=row.young_person_id,
            meeting_id=row.id,
            account_id=who.account,
            kind=kind,
            due_at=due,
            made_at=now,
        )
    )


async def open_of(db: AsyncSession, who: Caseworker, *, now: datetime) -> list[Due]:
    return [_due(row, name, now) for row, name in await promises.open_of(db, who.account)]


async def open_to(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, *, now: datetime
) -> list[Due]:
    """What was promised to this meeting's young person, to begin with (R15)."""
    row = await calling.own_meeting(db, who, meeting)
    found = await promises.open_to(db, row.young_person_id)
    return [_due(one, row.young_person.name, now) for one in found]


async def card_of(db: AsyncSession, meeting: int) -> Card | None:
    row = await promises.card(db, meeting)
    return None if row is None else Card(row.address, row.leader, row.leader_phone)


async def fill_card(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, card: Card, *, now: datetime
) -> None:
    """Write the emergency card of one's own meeting (R10)."""
    wrong = {
        "address": fault(card.address, ADDRESS_LIMIT),
        "leader": fault(card.leader, LEADER_LIMIT),
    }
    if any(wrong.values()):
        raise Invalid(**{field: amiss for field, amiss in wrong.items() if amiss})
    row = await calling.own_meeting(db, who, meeting)
    found = await promises.card(db, row.id)
    if found is None:
        found = EmergencyCard(meeting_id=row.id, at=now)
        db.add(found)
    found.address = " ".join(card.address.split())
    found.leader = " ".join(card.leader.split())
    found.leader_phone, found.at = card.leader_phone, now
    trail.add(db, f"account:{who.account}", "emergency-card", f"meeting:{row.id}", now=now)


def _due(row: Promise, name: str, now: datetime) -> Due:
    late = row.due_at < now
    return Due(
        row.id, row.kind, row.words, row.due_at, name, row.meeting_id, late,
        row.young_person_id, row.owner,
    )  # fmt: skip
