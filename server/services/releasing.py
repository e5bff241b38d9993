"""At the fixed hour the words that may leave are copied out for the home, once (P4).

A note that is made ready gets one job. It is taken under a lease, so that two web processes
never do it twice, and a process that dies leaves it to the next one. What may leave only later
(asked alone after the hour, told after the hour) leaves at noon on the next weekday, never at
once: the home must not see that somebody has just been asked.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import note, sharing
from server.services import items
from server.store import jobs, marks, notes, promises, receipts, trail
from server.store.jobs import Job
from server.store.note_tables import Handover, Item, Release
from server.store.tables import Meeting, Placement

KIND = "release"
LEASE = timedelta(minutes=2)


@dataclass(frozen=True, slots=True)
class Lease:
    """A job in our hands until a moment."""

    job: int
    until: datetime


async def set_hour(
    db: AsyncSession, meeting: Meeting, *, now: datetime, zone: ZoneInfo, reading: int
) -> None:
    """Set the hour of a note that has just been made ready."""
    db.add(Job(kind=KIND, subject=meeting.id, due_at=note.release_time(now, zone, reading)))


async def set_next_hour(db: AsyncSession, meeting: int, *, now: datetime, zone: ZoneInfo) -> None:
    """See to it that what has just been opened leaves, after the note's own hour has gone by."""
    job = await jobs.of(db, KIND, meeting)
    if job is not None and job.done_at is not None:
        job.due_at = note.next_release_time(now, zone)
        job.done_at = job.leased_until = None


async def is_any_due(db: AsyncSession, *, now: datetime) -> bool:
    """Whether it is worth taking anything; asking costs no lock."""
    return await jobs.is_any_due(db, KIND, now)


async def take(db: AsyncSession, *, now: datetime) -> list[Lease]:
    """Take the notes whose hour has come."""
    until = now + LEASE
    return [Lease(job, until) for job in await jobs.take(db, KIND, now, until)]


async def release(db: AsyncSession, lease: Lease, *, now: datetime, zone: ZoneInfo) -> int | None:
    """Let one note's words out. Returns its meeting, or None where the lease was lost."""
    job = await jobs.held(db, lease.job, lease.until)
    if job is None:
        return None
    meeting = await db.get_one(Meeting, job.subject)
    rows = await notes.items(db, meeting.id, hold=True)
    facts = {row.id: notes.facts(row) for row in rows}
    out = items.out(rows)
    placement = await db.get_one(Placement, meeting.placement_id)
    # A choice was about this home: a new one gets nothing that was said about the old.
    # From a note that is to be locked nothing leaves, and nothing else is any different (D10, P4).
    held = placement.ended_at is not None or await marks.is_locked(db, meeting.id)
    since = placement.began_at
    leaving = () if held else sharing.due(facts.values(), out, job.due_at, since=since)
    by_id = {row.id: row for row in rows}
    tasks = await promises.of_home(db, meeting.id, placement.home_name) if leaving else {}
    for item, words in zip(leaving, sharing.release(leaving), strict=True):
        await _hand_over(db, placement, by_id[item.id], words, tasks.get(item.id), now)
        out[item.id] = item.revision
    job.done_at = now
    job.leased_until = None
    trail.add(db, "clock", "release", f"meeting:{meeting.id}", now=now)
    # While it is to be locked no other hour is set: taking the mark back sets one.
    if not held and sharing.due(facts.values(), out, since=since):
        await set_next_hour(db, meeting.id, now=now, zone=zone)
    return meeting.id


async def take_away(db: AsyncSession, meeting: int, *, now: datetime) -> None:
    """Take back what the home was told because it had to be and has not to be after all, where the
    young person has not said yes to it: sharing less counts at once. A locked page stands still
    (D10); what is on it then goes when the note is opened again."""
    if await marks.is_locked(db, meeting):
        return
    for row in await notes.items(db, meeting, hold=True):
        release = notes.out(row)
        if release is not None and not notes.may_stay(row, release):
            release.handover.taken_back_at = now


async def hour_of(db: AsyncSession, meeting: int) -> tuple[datetime | None, datetime | None]:
    """Say when a note's words leave next, and when they last left."""
    job = await jobs.of(db, KIND, meeting)
    if job is None:
        return None, None
    return (job.due_at, None) if job.done_at is None else (None, job.done_at)


async def due(db: AsyncSession, meetings: Collection[int]) -> dict[int, datetime]:
    """Say when the words of each of these notes leave next, for those whose words do."""
    return {job.subject: job.due_at for job in await jobs.open_of(db, KIND, meetings)}


async def _hand_over(
    db: AsyncSession,
    placement: Placement,
    row: Item,
    words: sharing.Released,
    task_due: datetime | None,
    now: datetime,
) -> None:
    """Copy the words out. New words of an item take the place of its old ones. An agreement where
    the task is the home's stands among its tasks, with the day."""
    before = notes.handover(row)
    if before is not None:
        before.taken_back_at = now
    handover = Handover(
        placement_id=placement.id, text=words.text, released_at=now, task_due=task_due
    )
    db.add(handover)
    await db.flush()
    wording = notes.leaving(row)
    db.add(receipts.of(row, wording, handover, placement.home_name))
    if wording.release is not None:  # taken back once and chosen anew
        wording.release.handover_id = handover.id
        wording.release.at = now
    else:
        db.add(Release(item_id=row.id, wording_id=wording.id, handover_id=handover.id, at=now))


async def tell_wish(
    db: AsyncSession, placement: int, wish: str, *, until: datetime, now: datetime
) -> int:
    """Copy a wish for afterwards out for the home, the moment it was said aloud: it is about this
    very evening, and waits for no hour (S44). Returns the handover."""
    handover = Handover(placement_id=placement, text="", wish=wish, until=until, released_at=now)
    db.add(handover)
    await db.flush()
    return handover.id
