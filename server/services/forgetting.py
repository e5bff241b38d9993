"""What is kept for a time is forgotten when it is over, by a leased job a meeting.

The job appears when the meeting's hour comes and goes on from one time to the next; a process
that dies leaves it to another. Deleted rows leave no words in the files: SQLite overwrites them
(secure_delete), and its log is cut within seconds (`Database.leave_no_trace`).
"""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import forgetting as rules
from server.domain import meeting as meetings
from server.domain import remembering
from server.services import note_facts, room, teaming_up
from server.services.releasing import LEASE, Lease
from server.store import forgotten, holds, jobs, remembered, trail
from server.store.jobs import Job
from server.store.tables import Meeting

KIND = "forget"
LOOKS_AGAIN = timedelta(minutes=5)  # whether a meeting under way is over


async def is_any_due(db: AsyncSession, *, now: datetime) -> bool:
    """Whether it is worth taking anything; asking costs no lock."""
    return await jobs.is_any_due(db, KIND, now) or bool(await forgotten.without_job(db, KIND, now))


async def take(db: AsyncSession, *, now: datetime) -> list[Lease]:
    """Take the meetings with something to forget; one that began lately gets its job."""
    for meeting in await forgotten.without_job(db, KIND, now):
        db.add(Job(kind=KIND, subject=meeting, due_at=now))
    await db.flush()
    until = now + LEASE
    return [Lease(job, until) for job in await jobs.take(db, KIND, now, until)]


async def forget(db: AsyncSession, lease: Lease, *, now: datetime) -> int | None:
    """Delete what has been kept long enough. Returns the meeting, or None where nothing was."""
    job = await jobs.held(db, lease.job, lease.until)
    if job is None:
        return None
    meeting = await db.get_one(Meeting, job.subject)
    job.leased_until = None
    ended = _ended(meeting, now)
    if ended is None:
        # Moved to a later hour, or still going on.
        job.due_at = max(meeting.starts_at, now + LOOKS_AGAIN)
        return None
    held = await holds.standing(db, meeting.young_person_id) is not None
    over = rules.over(ended, now, held=held)
    if "topics" in over:
        await note_facts.keep_topics(db, meeting.id)
    gone = await forgotten.delete_replies(db, meeting.id, over)
    gone += await forgotten.delete_rows(db, meeting.id, rules.classes_over(ended, now, held=held))
    again = rules.next_time(ended, now) if not held else now + rules.LOOKS_AGAIN_HELD
    if again is None:
        job.done_at = now
    else:
        job.due_at = again
    await remembered.forget_before(db, now - remembering.KEPT)
    if gone:
        trail.add(db, "clock", "forget", f"meeting:{meeting.id}", now=now)
    return meeting.id if gone else None


async def is_any_code_dead(db: AsyncSession, *, now: datetime) -> bool:
    return await forgotten.has_dead_codes(db, now)


async def forget_codes(db: AsyncSession, *, now: datetime) -> int:
    """Delete codes nobody can use any more; returns how many."""
    return await forgotten.delete_dead_codes(db, now)


@dataclass(frozen=True, slots=True)
class Planned:
    """What of one table would be deleted on a day, and what a hold keeps meanwhile."""

    table: str
    goes: int
    held: int


async def would_forget(db: AsyncSession, *, on: datetime) -> list[Planned]:
    """Say beforehand what would have been deleted when a moment has come, if nothing is added: by
    the same rules and the same rows as deleting itself. Changes nothing (D13)."""
    goes: Counter[str] = Counter()
    kept: Counter[str] = Counter()
    held = await holds.held(db)
    for meeting in await forgotten.unfinished(db, KIND):
        ended = _ended(meeting, on)
        if ended is None:
            continue
        all_of_it = await _over(db, meeting.id, ended, on, held=False)
        now = all_of_it
        if meeting.young_person_id in held:
            now = await _over(db, meeting.id, ended, on, held=True)
        goes += now
        kept += all_of_it - now
    goes["team_lines"] += await teaming_up.count_what_is_over(db, now=on)
    goes["codes"] += await forgotten.count_dead_codes(db, on)
    goes["remembered"] += await remembered.count_before(db, on - remembering.KEPT)
    return [
        Planned(table, goes[table], kept[table])
        for table in sorted(goes | kept)
        if goes[table] or kept[table]
    ]


async def _over(
    db: AsyncSession, meeting: int, ended: datetime, on: datetime, *, held: bool
) -> Counter[str]:
    found = await forgotten.count_rows(db, meeting, rules.classes_over(ended, on, held=held))
    questions = rules.over(ended, on, held=held)
    found["replies"] += await forgotten.count_replies(db, meeting, questions)
    return found


def _ended(meeting: Meeting, now: datetime) -> datetime | None:
    """When the meeting ended, however it did; None while it may still be held."""
    known = room.facts(meeting)
    match meetings.standing(known, now):
        case meetings.Standing.CALLED_OFF:
            return known.called_off_at
        case meetings.Standing.OVER:
            return known.finished_at or known.ends
        case _:
            return None
