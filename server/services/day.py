"""What a caseworker's day looks like: meetings from this morning on, and notes that wait."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import checklist, interpreting
from server.domain import meeting as rules
from server.domain.ages import age_now
from server.domain.checklist import Gate
from server.domain.readiness import Thing, in_order, was_asked
from server.domain.roles import INVITED, Caseworker, MeetingId, Role
from server.domain.ways import FROM_BUTTON
from server.services import afterwards, listed, note_waits, promising, releasing, room, tasks
from server.services.afterwards import Told
from server.services.handing_over import Answer
from server.services.note_waits import Waiting
from server.services.snapshot import Snapshot
from server.store import handovers, meetings
from server.store.tables import Meeting

NO_SESSION = 0  # no device in particular: the newest answers, wherever they came from
AHEAD = timedelta(days=30)
NOTES_BACK = timedelta(days=30)
ANSWERS_BACK = timedelta(days=14)
NOT_HELD_BACK = timedelta(days=3)  # a meeting nobody came into: they may have talked otherwise
# Answers that promise the young person something of their caseworker, before the call.
# What has become a task of its own (domain/ways.py) stands among what young people wait for.
PROMISED = (
    ("heard", "find_other"),
    ("not_there", "someone_else"),
    ("not_there", "caseworker"),
    ("help", "stays"),  # an adult who helps has not gone yet
)
# The same inside an answer of several words: wishes picked.
PROMISED_AMONG = (
    ("easier", "language", "language"),
    ("easier", "sign_language", "sign_language"),
)
# The young person said no to the interpreter: told as what they want, never as what they refused.
ANOTHER_INTERPRETER = ("interpreter", "another")
# Those of which the young person was told a day by which they have an answer.
BY_A_DAY = frozenset({"not_there", "bisidder"})
PROMISED_BISIDDER = (("bisidder", "know_who"), ("bisidder", "find_one"))
TIME_AFTER = timedelta(minutes=15)  # to breathe and write in, after each meeting (R11)


@dataclass(frozen=True, slots=True)
class Row:
    meeting: MeetingId
    starts: datetime
    minutes: int
    name: str
    age: int
    companions: tuple[tuple[Role, str], ...]
    open: bool  # people may knock
    may_open: bool  # the caseworker's own gate
    ready: bool  # and the young person was asked how, when and with whom (S6)
    waiting: int  # people at the door
    tasks: tuple[Thing, ...]  # the next first
    asked_for: tuple[tuple[str, str], ...]  # question and answer the young person waits about
    asked_at: Mapping[str, datetime]  # since when, for what is answered within days

    @property
    def missing(self) -> int:
        return sum(task.missing for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Note:
    """A note to write (`leaves` is None), or one that is being read until its words leave."""

    meeting: MeetingId
    name: str
    held: datetime
    leaves: datetime | None


@dataclass(frozen=True, slots=True)
class NotHeld:
    """A meeting that went by without its young person, whose note may be of a phone call."""

    meeting: MeetingId
    name: str
    starts: datetime


@dataclass(frozen=True, slots=True)
class FromHome:
    """A home's answer that wants something of the caseworker. "Vi har læst det" does not."""

    home: str
    kind: Answer
    at: datetime
    meeting: MeetingId | None  # whose note page holds its words


@dataclass(frozen=True, slots=True)
class Day:
    today: tuple[Row, ...]
    later: tuple[Row, ...]
    notes: tuple[Note, ...]
    not_held: tuple[NotHeld, ...]
    in_notes: tuple[tuple[Waiting, str, str], ...]  # with whose it is, and the home
    homes: tuple[FromHome, ...]
    promises: tuple[promising.Due, ...]  # what they said they would do, the next first
    just_told: tuple[tuple[promising.Due, bool], ...]  # and what they pressed a moment ago
    after: tuple[Told, ...]


async def of(db: AsyncSession, who: Caseworker, *, now: datetime, zone: ZoneInfo) -> Day:
    """Read a caseworker's own day."""
    morning = datetime.combine(now.astimezone(zone).date(), time(), zone)
    night = datetime.combine(now.astimezone(zone).date() + timedelta(days=1), time(), zone)
    known = [row for row in await tasks.meetings_of(db, who, now=now) if row.called_off_at is None]
    coming = [row for row in known if morning <= row.starts_at < now + AHEAD]
    rows = [
        (row.starts_at < night, _row(row, who, now))
        for row in coming
        if rules.standing(room.facts(row), now) != rules.Standing.OVER
    ]
    held = [row for row in known if now - NOTES_BACK <= row.starts_at < now]
    return Day(
        today=tuple(row for today, row in rows if today),
        later=tuple(row for today, row in rows if not today),
        notes=await _notes(db, held),
        not_held=_not_held(held, now),
        in_notes=await _in_notes(db, held, now),
        homes=await _homes(db, who, now),
        promises=tuple(await promising.open_of(db, who, now=now)),
        just_told=tuple(await promising.just_told(db, who, now=now)),
        after=tuple(
            found
            for row in held
            for found in afterwards.told(room.of(row, now))
            # What is told once the note is ready would otherwise be told to nobody.
            if row.note_ready_at is None or found.at > row.note_ready_at
        ),
    )


async def next_start(db: AsyncSession, row: Meeting) -> datetime | None:
    """When a caseworker's next meeting begins after this one, that same day."""
    return await meetings.next_start(db, row, row.starts_at + timedelta(days=1))


def length(shot: Snapshot) -> timedelta:
    return timedelta(minutes=shot.minutes)


def _row(row: Meeting, who: Caseworker, now: datetime) -> Row:
    shot = room.of(row, now)
    own = shot.host
    counted = checklist.standing(own.replies, who.session)
    is_open = shot.standing == rules.Standing.OPEN
    may_open = own.gate(who.session) == Gate.READY
    newest = max((reply.at for reply in shot.young.replies), default=row.planned_at)
    things = [
        Thing(q.id, counted[q.id].answer, q.id == "read" and counted[q.id].at < newest)
        if q.id in counted
        else Thing(q.id, None)
        for q in own.questions
    ]
    return Row(
        meeting=MeetingId(row.id),
        starts=row.starts_at,
        minutes=row.minutes,
        name=shot.young.name,
        age=age_now(row.young_person.age_told, row.young_person.age_told_on, now.date()),
        companions=tuple(
            (p.role, p.name) for p in shot.people if p.role in INVITED and not p.barred
        ),
        open=is_open,
        may_open=may_open,
        ready=may_open
        and was_asked(
            (reply.question for reply in shot.young.replies),
            {question: reply.answer for question, reply in counted.items()},
        ),
        waiting=_waiting(shot),
        tasks=in_order(things, answered=bool(shot.young.replies), is_open=is_open),
        asked_for=_asked_for(shot),
        asked_at=_asked_at(shot),
    )


def _asked_for(shot: Snapshot) -> tuple[tuple[str, str], ...]:
    """What the young person was told their caseworker knows: it must stand where they look."""
    said = shot.young.replies
    newest = checklist.standing(said, NO_SESSION)
    wish = checklist.wish(said)
    found = [("another_way", wish.answer)] if wish and wish.answer not in FROM_BUTTON else []
    has_bisidder = any(p.role == Role.BISIDDER and not p.removed for p in shot.people)
    for question, answer in PROMISED + (() if has_bisidder else PROMISED_BISIDDER):
        if question in newest and newest[question].answer == answer:
            found.append((question, answer))
    invited = listed.of(shot.people)
    if interpreting.another_wanted(invited):
        found.append(ANOTHER_INTERPRETER)
    for question, answer, part in () if interpreting.may_come(invited) else PROMISED_AMONG:
        if question in newest and any(w.endswith(part) for w in newest[question].answer.split()):
            found.append((question, answer))
    known = newest.get("known")
    if known is not None and known.answer == "nobody" and shot.home_knows:
        found.append(("known", "nobody"))
    return tuple(found)


def _asked_at(shot: Snapshot) -> dict[str, datetime]:
    newest = checklist.standing(shot.young.replies, NO_SESSION)
    return {question: newest[question].at for question in BY_A_DAY if question in newest}


def _waiting(shot: Snapshot) -> int:
    return sum(
        any(call.standing == "knocking" for call in person.calls)
        for person in shot.people
        if not person.removed
    )


def _not_held(held: Sequence[Meeting], now: datetime) -> tuple[NotHeld, ...]:
    """Meetings that are over, into which the young person was never let."""
    gone = [
        row for row in held if row.note_ready_at is None and row.starts_at > now - NOT_HELD_BACK
    ]
    shots = [room.of(row, now) for row in gone]
    return tuple(
        NotHeld(MeetingId(shot.meeting), shot.young.name, shot.starts)
        for shot in shots
        if shot.standing == rules.Standing.OVER
        and not any(call.was_admitted for call in shot.young.calls)
    )


async def _notes(db: AsyncSession, held: Sequence[Meeting]) -> tuple[Note, ...]:
    """Notes of meetings the young person was in: to be written, or being read."""
    found = []
    due = await releasing.due(db, [row.id for row in held])
    for row in held:
        shot = room.of(row, row.starts_at)
        if not any(call.was_admitted for call in shot.young.calls):
            continue
        leaves = due.get(row.id)
        if row.note_ready_at is None or leaves is not None:
            found.append(Note(MeetingId(row.id), shot.young.name, row.starts_at, leaves))
    return tuple(found)


async def _in_notes(
    db: AsyncSession, held: Sequence[Meeting], now: datetime
) -> tuple[tuple[Waiting, str, str], ...]:
    """What young people who read their note wait for."""
    ready = {row.id: room.of(row, now) for row in held if row.note_ready_at is not None}
    found = await note_waits.of(db, list(ready), now=now)
    return tuple((one, ready[one.meeting].young.name, ready[one.meeting].home) for one in found)


async def _homes(db: AsyncSession, who: Caseworker, now: datetime) -> tuple[FromHome, ...]:
    """What the home was told that its caseworker reads must stand where they look."""
    found = await handovers.answers_to(db, who.account, now - ANSWERS_BACK)
    return tuple(
        FromHome(home, Answer(row.kind), row.at, None if meeting is None else MeetingId(meeting))
        for row, home, meeting in found
        if row.kind != Answer.READ
    )
