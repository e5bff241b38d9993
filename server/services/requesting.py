"""An "anmodning": the young person asked for something, and it counts from when it was said (D12).

One tap keeps it with its hour; the words, whose task it is and by when can follow. None is ever
lost from the list before somebody has marked it answered; a tap by mistake is taken back while
nothing is written under it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.errors import Invalid, NotFound, Refused
from server.domain.roles import Caseworker, Guest, MeetingId
from server.domain.sections import Tag
from server.domain.words import fault, require
from server.services import assessing, calling, whose_device
from server.services.assessing import TOLD_LIMIT
from server.store import marks, notes, trail
from server.store.during_tables import Request

WORDS_LIMIT = 1000
OWNER_LIMIT = 40
MOST_REQUESTS = 50  # of one meeting
ANSWERED_WITHIN = timedelta(days=14)  # unless somebody sets another day
ASSESSED_WITHIN = timedelta(days=1)  # a concern, by anybody in the municipality
A_BREATH = timedelta(seconds=5)
FURTHEST = timedelta(days=366)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One request as a page shows it; `name` is whose it is."""

    id: int
    meeting: MeetingId
    name: str
    words: str
    owner: str
    said: datetime
    due: date
    done: datetime | None
    tag: Tag
    item: int | None  # the line of the note it stands in
    told: str = ""  # of a concern: what the young person hears; of a request: the answer


async def note(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    words: str,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> int:
    """Keep a request from this moment; without words yet where nothing was written. The same twice
    within a breath, or the same words again, as after a lost answer, is one."""
    await calling.own_meeting(db, who, meeting)
    tidy = _words(words)
    known = await marks.requests(db, meeting)
    for row in known:
        is_same = row.words == tidy and row.done_at is None
        if is_same and (tidy or now - row.said_at < A_BREATH):
            return row.id
    if len(known) >= MOST_REQUESTS:
        raise Refused("too-often")
    due = (now + ANSWERED_WITHIN).astimezone(zone).date()
    row = Request(
        meeting_id=meeting,
        account_id=who.account,
        words=tidy,
        owner=who.first_name[:OWNER_LIMIT],
        said_at=now,
        due_on=due,
    )
    db.add(row)
    await db.flush()
    trail.add(db, f"account:{who.account}", "request", f"request:{row.id}", now=now)
    return row.id


async def tag_line(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    item: int,
    tag: Tag,
    *,
    now: datetime,
    zone: ZoneInfo,
) -> None:
    """Say what a line of the note is besides: a request, or a concern that somebody must assess
    within a day (domain pack 9, rows 7 and 8). The same line again changes nothing."""
    row = await calling.own_meeting(db, who, meeting)
    line = await notes.item(db, meeting, item)
    known = await marks.requests(db, meeting)
    if any((one.item_id, one.tag) == (item, tag) for one in known):
        return
    if len(known) >= MOST_REQUESTS:
        raise Refused("too-often")
    within = ASSESSED_WITHIN if tag == Tag.CONCERN else ANSWERED_WITHIN
    found = Request(
        meeting_id=row.id,
        account_id=who.account,
        words=notes.line(line).text,
        owner=who.first_name[:OWNER_LIMIT],
        said_at=now,
        due_on=(now + within).astimezone(zone).date(),
        tag=tag,
        item_id=item,
    )
    db.add(found)
    await db.flush()
    trail.add(db, f"account:{who.account}", f"tag-{tag}", f"request:{found.id}", now=now)


async def tags(db: AsyncSession, meeting: int) -> dict[int, list[Tag]]:
    """Which lines of a note are a request or a concern. Ask beforehand whose meeting it is."""
    found: dict[int, list[Tag]] = {}
    for row in await marks.requests(db, meeting):
        if row.item_id is not None:
            found.setdefault(row.item_id, []).append(Tag(row.tag))
    return found


async def change(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    request: int,
    *,
    words: str,
    owner: str,
    due: date | None,
    today: date,
    answer: str = "",
) -> None:
    """Give a request its words, whose task it is and by when. An answer that was begun is kept; the
    young person reads it once it is sent."""
    row = await _own(db, who, meeting, request)
    tidy_owner = " ".join(owner.split())
    wrong: dict[str, str] = {}
    if amiss := fault(tidy_owner, OWNER_LIMIT, "owner-missing"):
        wrong["owner"] = amiss
    if due is None or not today <= due <= today + FURTHEST:
        wrong["due"] = "request-due-range"
    try:
        tidy = _words(words)
    except Invalid as invalid:
        wrong |= invalid.fields
        tidy = ""
    begun = ""
    try:
        begun = _answer(answer) if answer.strip() else ""
    except Invalid as invalid:
        wrong |= invalid.fields
    if wrong or due is None:
        raise Invalid(**wrong)
    row.words, row.owner, row.due_on = tidy, tidy_owner, due
    if row.tag == Tag.REQUEST:
        row.told = begun


async def answered(
    db: AsyncSession,
    who: Caseworker,
    meeting: MeetingId,
    request: int,
    *,
    done: bool,
    now: datetime,
    answer: str = "",
    words: str | None = None,
) -> None:
    """The young person has their answer, in words they can read (S14, C20); or it is not answered
    after all. A concern is not done with before two have assessed it. `words` are those of the
    request where they were sent along."""
    row = await _own(db, who, meeting, request)
    if done and row.tag == Tag.REQUEST:
        row.words = row.words if words is None else _words(words)
        row.told = _answer(answer)
    if done and request in await assessing.waits_for_two(db, meeting):
        raise Refused("concern-takes-two")
    if done != (row.done_at is not None):
        row.done_at = now if done else None
        deed = "request-answered" if done else "request-open-again"
        trail.add(db, f"account:{who.account}", deed, f"request:{row.id}", now=now)


async def take_back(
    db: AsyncSession, who: Caseworker, meeting: MeetingId, request: int, *, now: datetime
) -> None:
    """It was a tap by mistake: gone, while nothing stands under it."""
    row = await _own(db, who, meeting, request)
    if row.words or row.tag != Tag.REQUEST or row.done_at is not None:
        raise Refused("request-stands")
    await db.delete(row)
    trail.add(db, f"account:{who.account}", "request-taken-back", f"request:{row.id}", now=now)


async def of_meeting(db: AsyncSession, who: Caseworker, meeting: MeetingId) -> list[Wanted]:
    row = await calling.own_meeting(db, who, meeting)
    name = row.young_person.name
    return [_wanted(found, name) for found in await marks.requests(db, meeting)]


async def open_for(db: AsyncSession, who: Caseworker) -> list[Wanted]:
    """Everything a caseworker's young people wait for an answer to, the most urgent first."""
    return [_wanted(row, name) for row, name in await marks.open_requests(db, who.account)]


async def for_young_person(db: AsyncSession, guest: Guest) -> list[Wanted]:
    """What a young person asked for, in every meeting of theirs, the newest first: theirs to read
    on a device that may show it, and nobody else's. A concern is no request of theirs: whom it is
    about could be reading along."""
    if not await whose_device.may_show(db, guest):
        return []
    rows = await marks.requests_of_young_person(db, guest.meeting)
    return [_wanted(row, "") for row in rows if row.tag == Tag.REQUEST]


def _wanted(row: Request, name: str) -> Wanted:
    return Wanted(
        row.id,
        MeetingId(row.meeting_id),
        name,
        row.words,
        row.owner,
        row.said_at,
        row.due_on,
        row.done_at,
        Tag(row.tag),
        row.item_id,
        row.told,
    )


def _answer(text: str) -> str:
    return require("told", text.strip(), TOLD_LIMIT, "answer-words-missing")


def _words(text: str) -> str:
    return require("words", text.strip(), WORDS_LIMIT)


async def _own(db: AsyncSession, who: Caseworker, meeting: MeetingId, request: int) -> Request:
    await calling.own_meeting(db, who, meeting)
    row = await db.get(Request, request)
    if row is None or row.meeting_id != meeting:
        raise NotFound
    return row
