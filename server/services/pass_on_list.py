"""The municipality's list of what must be passed on: read by every caseworker, set by its keeper.

The keeper is an account with that task: the first one of the house, and whomever they hand it to.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import Invalid, NotFound, Refused, Stale
from server.domain.passing_on import Approval, Entry
from server.domain.roles import Caseworker
from server.store import pass_on, trail
from server.store.passing_tables import PassOnEntry, PassOnList
from server.store.tables import Account


@dataclass(frozen=True, slots=True)
class Line:
    id: int
    words: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Version:
    """One list. `approved_on` is None for the one that came with the program."""

    id: int
    lines: tuple[Line, ...]
    approved_by: str
    approved_post: str
    approved_on: date | None
    since: datetime


@dataclass(frozen=True, slots=True)
class Book:
    """The list in force, those before it, and who looks after it."""

    now: Version
    before: tuple[Version, ...]
    keepers: tuple[str, ...]
    is_keeper: bool
    colleagues: tuple[tuple[int, str], ...]  # to whom a keeper can hand the task


async def book(db: AsyncSession, who: Caseworker) -> Book:
    versions = [_version(row) for row in await pass_on.lists(db)]
    keepers = await pass_on.keepers(db)
    is_keeper = any(row.id == who.account for row in keepers)
    others = await pass_on.colleagues(db) if is_keeper else ()
    return Book(
        now=versions[0],
        before=tuple(versions[1:]),
        keepers=tuple(row.name for row in keepers),
        is_keeper=is_keeper,
        colleagues=tuple((row.id, row.name) for row in others),
    )


async def in_force(db: AsyncSession) -> Version:
    """The list as it stands, which a note's mark has to name a line of."""
    row = await pass_on.in_force(db)
    if row is None:
        raise NotFound
    return _version(row)


async def line(db: AsyncSession, entry: int) -> Line:
    """The line of the list in force that a mark names. Raises `Invalid` where none was chosen, and
    `Stale` for one that is on it no more."""
    if not entry:
        raise Invalid(entry="entry-choose")
    lines = (await in_force(db)).lines
    found = next((one for one in lines if one.id == entry), None)
    if found is None:
        raise Stale("list-changed")
    return found


async def put(
    db: AsyncSession,
    who: Caseworker,
    seen: int,
    entries: Sequence[Entry],
    approved: Approval,
    *,
    now: datetime,
) -> None:
    """Set another list. The one before stays as it was, for the notes that name its lines.

    `seen` is the version that was on the screen; raises `Stale` where somebody set one meanwhile.
    """
    await _keeper(db, who)
    before = await in_force(db)
    if before.id != seen:
        raise Stale("list-changed")
    row = PassOnList(
        account_id=who.account,
        approved_by=approved.name,
        approved_post=approved.post,
        approved_on=approved.on,
        at=now,
    )
    db.add(row)
    await db.flush()
    for one in entries:
        db.add(PassOnEntry(list_id=row.id, words=one.words, urgent=one.urgent))
        await db.flush()  # in the order they were typed
    trail.add(db, f"account:{who.account}", "set-pass-on-list", f"list:{row.id}", now=now)


async def hand_on(db: AsyncSession, who: Caseworker, colleague: int, *, now: datetime) -> None:
    """Let a colleague look after the list too."""
    await _keeper(db, who)
    found = await db.get(Account, colleague)
    if found is None or found.closed_at is not None:
        raise Invalid(colleague="unknown-answer")
    if not found.keeps_list:
        found.keeps_list = True
        trail.add(db, f"account:{who.account}", "keeps-list", f"account:{found.id}", now=now)


async def _keeper(db: AsyncSession, who: Caseworker) -> None:
    account = await db.get(Account, who.account)
    if account is None or not account.keeps_list:
        raise Refused("not-the-keeper")


def _version(row: PassOnList) -> Version:
    return Version(
        id=row.id,
        lines=tuple(Line(one.id, one.words, one.urgent) for one in row.entries),
        approved_by=row.approved_by,
        approved_post=row.approved_post,
        approved_on=row.approved_on,
        since=row.at,
    )
