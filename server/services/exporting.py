"""A note goes to the case system: once, whole, and with a receipt (issue 5; docs/export.md).

A version is asked for by its caseworker and taken up under a lease. Everything it is made of is
first put down beside where it is to be, by a name no receiver looks at, and that is written down
here (`ready`); then one rename lets it go, and that is written down too (`sent`). A process that
dies in between leaves behind exactly what the next one has to know: what waits there has not gone,
and what does not wait any more has.
"""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import exporting as rules
from server.domain.errors import Refused
from server.domain.exporting import Standing
from server.domain.roles import Caseworker
from server.services import note_copy
from server.services.note_copy import Copy
from server.services.releasing import LEASE, Lease
from server.store import exports, jobs, notes, trail
from server.store.export_tables import Export
from server.store.jobs import Job

KIND = "export"
SCHEMA = "enerum-note-1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a caseworker can show of one version that has gone."""

    version: int
    name: str
    by: str
    sent: datetime
    pdf_sha256: str
    json_sha256: str


@dataclass(frozen=True, slots=True)
class Journal:
    """How a note stands with the case system; receipts the newest first."""

    standing: Standing
    receipts: tuple[Receipt, ...]


@dataclass(frozen=True, slots=True)
class Version:
    """One version in our hands: what it says, or, where `waits_as` is given, what waits already."""

    export: int
    meeting: int
    version: int
    name: str
    replaces: str | None
    waits_as: str
    copy: Copy
    at: datetime

    def told(self, municipality: str, kle: str, pdf_sha256: str) -> dict[str, Any]:
        """What stands in its JSON file."""
        subject, facet = kle.split()
        head = {
            "schema": SCHEMA,
            "name": self.name,
            "version": self.version,
            "replaces": self.replaces,
            "exported_at": self.at,
            "municipality": municipality,
            "kle": {"subject": subject, "facet": facet},
            "purpose": "case-file",
            "pdf_sha256": pdf_sha256,
        }
        return head | asdict(self.copy)


async def ask(db: AsyncSession, who: Caseworker, meeting: int, *, now: datetime) -> None:
    """Ask for the note to be sent as it reads when it is taken up.

    While a version is on its way, or where the case system has it as it is, nothing is added.
    """
    row = await notes.own_meeting(db, who.account, meeting)
    if now < row.starts_at and row.called_off_at is None:
        raise Refused("note-before-meeting")
    last = await exports.last(db, meeting)
    if last is not None and last.sent_at is None:
        return
    if last is not None and last.content == note_copy.content(await note_copy.of(db, meeting, now)):
        return
    made = Export(
        meeting_id=meeting,
        account_id=who.account,
        version=last.version + 1 if last else 1,
        mark=last.mark if last else secrets.token_hex(6),
        asked_at=now,
    )
    db.add(made)
    await db.flush()
    db.add(Job(kind=KIND, subject=made.id, due_at=now))
    trail.add(db, f"account:{who.account}", "ask-export", f"export:{made.id}", now=now)


async def journal(db: AsyncSession, who: Caseworker, meeting: int, *, now: datetime) -> Journal:
    """How a caseworker's own note stands with the case system."""
    await notes.own_meeting(db, who.account, meeting)
    rows = await exports.of_meeting(db, meeting)
    last = rows[0][0] if rows else None
    changed = last is not None and last.sent_at is not None
    if last is not None and changed:
        changed = last.content != note_copy.content(await note_copy.of(db, meeting, now))
    return Journal(
        rules.standing(
            last.asked_at if last else None,
            last.sent_at if last else None,
            changed=changed,
            now=now,
        ),
        tuple(
            Receipt(
                row.version,
                rules.name(row.mark, row.version),
                by,
                row.sent_at,
                row.pdf_sha256,
                row.json_sha256,
            )
            for row, by in rows
            if row.sent_at is not None
        ),
    )


async def late(
    db: AsyncSession, who: Caseworker, *, now: datetime
) -> Sequence[tuple[int, str, datetime]]:
    """A caseworker's notes that should have gone by now: meeting, whose, and since when."""
    return await exports.unsent(db, who.account, now - rules.LATE_AFTER)


async def is_any_due(db: AsyncSession, *, now: datetime) -> bool:
    """Whether it is worth taking anything; asking costs no lock."""
    return await jobs.is_any_due(db, KIND, now)


async def take(db: AsyncSession, *, now: datetime) -> list[Lease]:
    """Take the versions that are to go."""
    until = now + LEASE
    return [Lease(job, until) for job in await jobs.take(db, KIND, now, until)]


async def taken(db: AsyncSession, lease: Lease, *, now: datetime) -> Version | None:
    """Read one version that is ours until the lease is over. None: it is somebody else's by now,
    or its meeting is gone."""
    job = await jobs.held(db, lease.job, lease.until)
    row = await db.get(Export, job.subject) if job is not None else None
    if row is None:
        return None
    before = await exports.before(db, row)
    return Version(
        export=row.id,
        meeting=row.meeting_id,
        version=row.version,
        name=rules.name(row.mark, row.version),
        replaces=rules.name(before.mark, before.version) if before else None,
        waits_as=row.waits_as,
        copy=await note_copy.of(db, row.meeting_id, now),
        at=now,
    )


async def ready(
    db: AsyncSession,
    lease: Lease,
    copy: Copy,
    waits_as: str,
    *,
    pdf_sha256: str,
    json_sha256: str,
    now: datetime,
) -> bool:
    """Write down that all of a version waits on the disk, and where. From here on it goes as it
    is. False where the lease was lost: then somebody else's goes."""
    row = await _held(db, lease)
    if row is None:
        return False
    row.waits_as, row.ready_at = waits_as, now
    row.content = note_copy.content(copy)
    row.pdf_sha256, row.json_sha256 = pdf_sha256, json_sha256
    return True


async def sent(db: AsyncSession, lease: Lease, *, now: datetime) -> int | None:
    """Write down that it has gone. Returns the meeting, or None where the lease was lost: whoever
    has it now finds that nothing waits, and writes it down."""
    row = await _held(db, lease)
    if row is None:
        return None
    job = await db.get_one(Job, lease.job)
    row.sent_at = job.done_at = now
    job.leased_until = None
    trail.add(db, "clock", "export", f"export:{row.id}", now=now)
    return row.meeting_id


async def _held(db: AsyncSession, lease: Lease) -> Export | None:
    job = await jobs.held(db, lease.job, lease.until)
    return None if job is None else await db.get(Export, job.subject)
