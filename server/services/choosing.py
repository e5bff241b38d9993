"""The young person reads the note and chooses, item by item, what the home is told (P4, C7).

It opens only on the device the host admitted, and only where the young person called it their
own (U8). What shares less counts at once; what shares more counts if it is said in the call,
or asked again by voice.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain import circle, links, note, rounds, sharing
from server.domain.ages import Band, age_now, band
from server.domain.asides import Place
from server.domain.during import Kind
from server.domain.errors import NotFound, Refused
from server.domain.links import Right, Times
from server.domain.meeting import Meeting as MeetingFacts
from server.domain.roles import Guest, Role
from server.domain.sharing import Choice, Revision
from server.domain.visit import was_admitted
from server.services import calling, items, releasing, room
from server.services.items import Shown
from server.store import handovers, marks, notes, promises, seats, trail
from server.store.note_tables import ChoiceMade, WordWish
from server.store.tables import Meeting, Seat


@dataclass(frozen=True, slots=True)
class Reader:
    """A young person who wants to read. Where `opens` is false, nothing of the note is shown."""

    meeting: int
    young_person: int
    placement: int
    band: Band
    name: str
    home: str
    home_since: datetime
    caseworker: str
    phone: str
    is_theirs: bool  # the host has seen or heard who holds this device, and it is their own
    opens: bool
    leaves_at: datetime | None  # the hour at which words leave next
    left_at: datetime | None


async def reader(db: AsyncSession, guest: Guest, *, in_call: bool, now: datetime) -> Reader:
    """Say who wants to read and whether the note opens here. A bisidder finds nothing (C15)."""
    if guest.role != Role.YOUNG_PERSON:
        raise NotFound("link-unknown")
    row = await seats.meeting(db, guest.meeting)
    seat = next(s for s in row.seats if s.id == guest.seat)
    due_at, left_at = await releasing.hour_of(db, row.id)
    young = row.young_person
    is_theirs = note.is_theirs(
        admitted=guest.admitted, own_device=is_own(seat, guest), vouched=guest.vouched
    )
    return Reader(
        meeting=row.id,
        young_person=row.young_person_id,
        placement=row.placement_id,
        band=band(age_now(young.age_told, young.age_told_on, now.date())),
        name=young.name,
        home=row.placement.home_name,
        home_since=row.placement.began_at,
        caseworker=row.account.first_name,
        phone=row.account.phone,
        is_theirs=is_theirs,
        opens=may_read(row, seat, guest, in_call=in_call, left_at=left_at, now=now),
        leaves_at=due_at,
        left_at=left_at,
    )


def may_read(
    meeting: Meeting,
    seat: Seat,
    guest: Guest,
    *,
    in_call: bool,
    left_at: datetime | None,
    now: datetime,
) -> bool:
    """Whether the note opens on this device now; `seat` comes with its replies and visits."""
    times = Times(
        sent=meeting.planned_at,
        starts=meeting.starts_at,
        ends=MeetingFacts(meeting.starts_at, meeting.minutes).ends,
        note_ready=meeting.note_ready_at,
        released=left_at,
    )
    return note.may_be_read(
        admitted=guest.admitted,
        own_device=is_own(seat, guest),
        vouched=guest.vouched,
        in_call=in_call,
        window_open=Right.READ in links.rights(times, now),
    )


async def items_for_young_person(db: AsyncSession, meeting: int) -> list[Shown]:
    """Read a note's items for whose they are. Ask `may_read` first."""
    return [items.shown(row) for row in await notes.items(db, meeting)]


async def choose(
    db: AsyncSession,
    guest: Guest,
    item: int,
    seen: int,
    choice: Choice,
    *,
    in_call: bool,
    now: datetime,
    zone: ZoneInfo,
    words: str = "",
    notice: str = "",
) -> Shown:
    """Keep what the young person chose about the words that were on the screen. Whoever asks for
    other words may say with `words` how they would want it said. `notice` is the version of "Hvem
    ser hvad?" in the language and for the age it was read in (D11).

    Raises `Stale` if the words have changed since, and `Refused` where the home has these
    words already: taking them back is another deed, which says beforehand what it does.
    """
    wish = rounds.wish(words) if choice == Choice.OTHER_WORDS else ""
    who = await reading(db, guest, in_call=in_call, now=now)
    row = await notes.item(db, who.meeting, item)
    facts = notes.facts(row)
    in_call = in_call and await _is_heard(db, guest, now)
    chosen = sharing.choose(facts, Revision(seen), choice, checked=in_call)
    before = items.shown(row)
    if chosen == facts.chosen and wish in ("", before.wish):
        return before
    if before.is_out:
        raise Refused("home-has-it", hjem=who.home)
    made = _keep(db, guest, row.id, chosen.revision, choice, in_call=in_call, now=now)
    made.notice = notice
    if wish:
        await db.flush()
        db.add(WordWish(choice_id=made.id, words=wish, at=now))
    if in_call:
        await releasing.set_next_hour(db, who.meeting, now=now, zone=zone)
    await db.flush()
    return items.shown(await notes.item(db, who.meeting, item))


async def withdraw(
    db: AsyncSession, guest: Guest, item: int, *, in_call: bool, now: datetime
) -> None:
    """Take words back from the home, at once. The page said beforehand that it can be noticed."""
    who = await reading(db, guest, in_call=in_call, now=now)
    row = await notes.item(db, who.meeting, item)
    if row.must_pass_on_at is not None:
        raise Refused("must-pass-on")
    handover = notes.handover(row)
    if handover is None:
        return
    handover.taken_back_at = now
    _keep(db, guest, row.id, notes.leaving(row).id, Choice.NOT_TO_HOME, in_call=in_call, now=now)
    trail.add(db, f"seat:{guest.seat}", "withdraw", f"item:{row.id}", now=now)


@dataclass(frozen=True, slots=True)
class Preview:
    """What the home will read of it: the words, and the tasks that are the home's, by when."""

    words: tuple[str, ...]
    tasks: tuple[tuple[datetime, str], ...]


async def preview(db: AsyncSession, who: Reader) -> Preview:
    """Give exactly the words the home will see after the next hour, if nothing more is said."""
    rows = await notes.items(db, who.meeting)
    facts = {row.id: notes.facts(row) for row in rows}
    leaving = sharing.due(facts.values(), items.out(rows), since=who.home_since)
    replaced = {
        release.handover_id
        for row in rows
        if row.id in {item.id for item in leaving} and (release := notes.out(row)) is not None
    }
    theirs = await promises.of_home(db, who.meeting, who.home) if leaving else {}
    told = list(zip((item.id for item in leaving), sharing.release(leaving), strict=True))
    words = await handovers.words(db, who.placement, without=replaced)
    tasks = [*await handovers.tasks(db, who.placement, without=replaced)]
    tasks += [(theirs[item], one.text) for item, one in told if item in theirs]
    return Preview(
        words=words + tuple(one.text for item, one in told if item not in theirs),
        tasks=tuple(sorted(tasks, key=lambda task: task[0])),
    )


def is_own(seat: Seat, guest: Guest) -> bool:
    """Whether this device was called one's own, here or (known by its cookie) in the call."""
    replies = [reply.fact(admitted=False) for reply in seat.replies]
    if any(reply.question == "device" and reply.session == guest.session for reply in replies):
        return circle.note_opens_here(replies, guest.session)
    if any(visit.session_id == guest.session for visit in seat.visits):
        return False  # let in here without an answer to the question: unanswered is not a yes
    return bool(guest.device) and any(
        visit.device == guest.device
        and was_admitted(visit.facts())
        and circle.note_opens_here(replies, visit.session_id)
        for visit in seat.visits
    )


async def _is_heard(db: AsyncSession, guest: Guest, now: datetime) -> bool:
    """Whether the host hears and sees who holds this device, asked in the act itself (V15.4.2).

    It still has its place, nobody pauses, and the host is not called away: else it may be in
    somebody else's hand, and what it lets out is asked about by voice (P4).
    """
    if not await calling.is_inside(db, guest.session):
        return False
    shot = room.of(await seats.meeting(db, guest.meeting), now)
    if shot.paused_in(Place.ROOM) or shot.place(shot.young) != Place.ROOM:
        return False
    return await marks.standing(db, guest.meeting, Kind.AWAY) is None


async def reading(db: AsyncSession, guest: Guest, *, in_call: bool, now: datetime) -> Reader:
    """Say who is reading, or raise `Refused` where the note does not open on this device."""
    who = await reader(db, guest, in_call=in_call, now=now)
    if not who.opens:
        raise Refused("not-on-this-device", navn=who.caseworker)
    return who


def _keep(
    db: AsyncSession,
    guest: Guest,
    item: int,
    wording: int,
    choice: Choice,
    *,
    in_call: bool,
    now: datetime,
) -> ChoiceMade:
    made = ChoiceMade(
        item_id=item,
        wording_id=wording,
        session_id=guest.session,
        choice=choice,
        in_call=in_call,
        at=now,
    )
    db.add(made)
    trail.add(db, f"seat:{guest.seat}", "choose", f"item:{item}", now=now)
    return made
