"""After a meeting the home was told of, it gets one mail at a fixed hour: the same one to all (P4).

A told time that has begun gets one job, whose hour is worked out from that time alone
(`domain/mailing.py`), and nothing here knows of a note. It is taken under a lease. What has been
sent is marked afterwards: a process that dies between the two sends it once more, the same message
under the same number. Neither that nor a mail that is lost says anything, since neither hangs on
what was shared (ADR 7). While the mail server is away, a job is tried again when its lease is
over, for some hours; then it is let be.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import mailing as rules
from server.domain.ages import Band, age_now, band
from server.services.releasing import Lease
from server.store import jobs, mails, trail
from server.store.jobs import Job
from server.store.tables import ToldTime

KIND = "mail"
LEASE = timedelta(minutes=5)  # also the pause before another try
SINCE = timedelta(days=90)  # no reading window is longer; what began before gets none


@dataclass(frozen=True, slots=True)
class Letter:
    """One mail in our hands. There is no field for anything it could be about."""

    placement: int
    address: str
    language: str
    hour: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    leases: tuple[Lease, ...]
    given_up: int  # whose hour is too long gone


async def is_any_due(db: AsyncSession, *, now: datetime) -> bool:
    """Whether it is worth taking anything; asking costs no lock."""
    if await jobs.is_any_due(db, KIND, now):
        return True
    return bool(await mails.begun_without_job(db, KIND, now - SINCE, now))


async def take(
    db: AsyncSession, *, now: datetime, zone: ZoneInfo, reading: Mapping[Band, int]
) -> Taken:
    """Take the mails whose hour has come; a told time that has begun gets its job.

    One whose hour was long gone before anybody could send is done with, as after an upgrade.
    """
    for told, starts, minutes, age, on in await mails.begun_without_job(db, KIND, now - SINCE, now):
        years = age_now(age, on, starts.astimezone(zone).date())
        hour = rules.hour(starts, minutes, zone, reading[band(years)])
        done = now if rules.is_too_late(hour, now) else None
        db.add(Job(kind=KIND, subject=told, due_at=hour, done_at=done))
    await db.flush()
    until, given_up = now + LEASE, 0
    leases: list[Lease] = []
    for number in await jobs.take(db, KIND, now, until):
        job = await db.get_one(Job, number)
        if not rules.is_too_late(job.due_at, now):
            leases.append(Lease(number, until))
            continue
        given_up += await mails.to_write_to(db, job.subject) is not None
        _done(job, now)
    return Taken(tuple(leases), given_up)


async def letter(db: AsyncSession, lease: Lease, *, now: datetime) -> Letter | None:
    """Look who is written to, right before it is. Where nobody is, the job is done with."""
    job = await jobs.held(db, lease.job, lease.until)
    if job is None:
        return None
    home = await mails.to_write_to(db, job.subject)
    if home is None:
        _done(job, now)
        return None
    return Letter(home.placement_id, home.address, home.language, job.due_at)


async def sent(db: AsyncSession, lease: Lease, *, now: datetime) -> None:
    """Write down that it has gone."""
    job = await jobs.held(db, lease.job, lease.until)
    if job is None:
        return
    home = await mails.to_write_to(db, job.subject)
    if home is not None:
        home.refused_at = None
    await _end(db, job, "mail", now)


async def refused(db: AsyncSession, lease: Lease, *, now: datetime) -> None:
    """The address was not taken for good: the caseworker is shown so, and it is not tried again."""
    job = await jobs.held(db, lease.job, lease.until)
    if job is None:
        return
    home = await mails.to_write_to(db, job.subject)
    if home is not None:
        home.refused_at = now
    await _end(db, job, "mail-refused", now)


async def is_late(db: AsyncSession, *, now: datetime) -> bool:
    """Whether mails wait that should have gone, for the operator."""
    return await mails.waiting(db, KIND, now - rules.LATE_AFTER) > 0


def mark(key: bytes, letter: Letter) -> str:
    """The number of a message: the same when it is sent again, so that mail servers and inboxes
    know it, and one that tells nothing."""
    named = f"mail {rules.as_sent(letter.address)} {int(letter.hour.timestamp())}"
    return hmac.new(key, named.encode(), hashlib.sha256).hexdigest()[:32]


async def _end(db: AsyncSession, job: Job, deed: str, now: datetime) -> None:
    told = await db.get_one(ToldTime, job.subject)
    trail.add(db, "clock", deed, f"placement:{told.placement_id}", now=now)
    _done(job, now)


def _done(job: Job, now: datetime) -> None:
    job.done_at, job.leased_until = now, None
