"""What was told after a call, as the caseworker may know it (E1 to E4, G1 and G2).

How the young person feels is never told: only what they picked when they felt bad. A bisidder's
words come only once the young person has sent exactly these.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.checklist import Reply
from server.domain.errors import Stale
from server.domain.roles import Caseworker, MeetingId, Role
from server.services import room
from server.services.snapshot import Snapshot
from server.store import meetings
from server.store.tables import Meeting

# Answers that say that all was well ask nothing of anybody.
NOTHING_TO_DO = frozenset({("in_peace", "yes"), ("next_time", "as_now"), ("got_said", "yes")})
FOR_NEXT_TIME = ("in_peace", "next_time", "good_place")
NOT_THEIR_OWN = frozenset({"borrowed", "others_read"})


@dataclass(frozen=True, slots=True)
class Told:
    meeting: MeetingId
    name: str
    question: str
    answer: str
    words: str
    at: datetime


def told(shot: Snapshot) -> tuple[Told, ...]:
    """What a caseworker sees of one meeting's afterwards."""
    young = _newest(shot.young.replies)
    if "feeling" in young and young["feeling"].answer != "bad":
        young.pop("comfort", None)
    found = [young[q] for q in ("comfort", *FOR_NEXT_TIME, "reading") if q in young]
    for person in shot.people:
        if person.role != Role.BISIDDER:
            continue
        theirs, sent = _newest(person.replies), young.get("send_on")
        found += [theirs["got_said"]] if "got_said" in theirs else []
        words = theirs.get("to_correct")
        if words is not None and sent is not None and _sends(sent, words):
            found.append(words)
    return tuple(
        Told(MeetingId(shot.meeting), shot.young.name, r.question, r.answer, r.text, r.at)
        for r in found
        if (r.question, r.answer) not in NOTHING_TO_DO
    )


def words_to_send(shot: Snapshot) -> str:
    """What the bisidder would like the caseworker to put right, for the young person to see."""
    said = [
        reply.text
        for person in shot.people
        if person.role == Role.BISIDDER and not person.barred
        for reply in person.replies
        if reply.question == "to_correct"
    ]
    return said[-1] if said else ""


def revision(words: str) -> str:
    """The name of exact words: a yes to them is no yes to any others (P4)."""
    return hashlib.sha256(words.encode()).hexdigest()[:16] if words else ""


def require_unchanged(shot: Snapshot, seen: str) -> str:
    """The revision a yes is kept with. Raises `Stale` where the words have changed since."""
    if not seen or seen != revision(words_to_send(shot)):
        raise Stale("words-changed")
    return seen


def _sends(sent: Reply, words: Reply) -> bool:
    return sent.answer == "yes" and sent.text == revision(words.text)


async def last_time(
    db: AsyncSession, who: Caseworker, young_person: int, since: datetime, now: datetime
) -> tuple[Told, ...]:
    """What the last talk with a young person says about the next: where, how, when and who."""
    held = await _held(db, who, young_person, since, now)
    if not held:
        return ()
    return tuple(t for t in told(room.of(held[-1], now)) if t.question in FOR_NEXT_TIME)


async def has_no_device(
    db: AsyncSession, who: Caseworker, young_person: int, since: datetime, now: datetime
) -> bool:
    """Whether the last two talks were held on what is not the young person's own (U8): time to
    think of lending them one."""
    held = await _held(db, who, young_person, since, now)
    said = [_newest(room.of(row, now).young.replies).get("device") for row in held[-2:]]
    return len(said) == 2 and all(r is not None and r.answer in NOT_THEIR_OWN for r in said)


async def _held(
    db: AsyncSession, who: Caseworker, young_person: int, since: datetime, now: datetime
) -> list[Meeting]:
    found = await meetings.between(db, who.account, since, now)
    return [row for row in found if row.young_person_id == young_person]


def _newest(replies: Iterable[Reply]) -> dict[str, Reply]:
    return {reply.question: reply for reply in sorted(replies, key=lambda r: r.at)}
