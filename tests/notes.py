"""Deeds about a note, done straight through the services, for tests that begin later."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy.ext.asyncio import AsyncSession

from server.domain.aftercare import Aftercare
from server.domain.note import WordKind
from server.domain.roles import AccountId, Caseworker, Guest, MeetingId, Role, SeatId, SessionId
from server.domain.sharing import Choice, ToldTo
from server.services import (
    calling,
    choosing,
    during,
    hiding,
    items,
    noting,
    pass_on_list,
    passing_on,
    releasing,
    room,
    unlocking,
)
from server.store import notes, seats
from server.store.database import Database
from tests.factories import Cast, store_admission

ZONE = ZoneInfo("Europe/Copenhagen")
ON = "Du vil gerne have, at din dør må være lukket efter kl. 21."


class Note:
    """One meeting's note, with its caseworker and its young person on an admitted own device."""

    def __init__(self, database: Database, cast: Cast, staff: int, guest: int) -> None:
        self.database = database
        self.meeting = cast.meeting
        self.placement = cast.holms
        self.mette = Caseworker(AccountId(cast.mette), SessionId(staff), "Mette")
        self.sofie = Guest(
            SeatId(cast.sofies_seat),
            MeetingId(cast.meeting),
            SessionId(guest),
            Role.YOUNG_PERSON,
            admitted=True,
        )

    async def shown(self, item: int) -> items.Shown:
        async with self.database.read() as db:
            return items.shown(await notes.item(db, self.meeting, item))

    async def write(self, text: str, now: datetime) -> int:
        async with self.database.begin() as db:
            return await noting.write(db, self.mette, self.meeting, text, now=now)

    async def reword(self, item: int, kind: WordKind, text: str, now: datetime) -> None:
        before = await self.shown(item)
        seen = before.line_revision if kind == WordKind.LINE else before.home_revision
        async with self.database.begin() as db:
            await noting.reword(db, self.mette, self.meeting, item, kind, seen, text, now=now)

    async def strike(self, item: int, now: datetime) -> None:
        async with self.database.begin() as db:
            await noting.strike(db, self.mette, self.meeting, item, now=now)

    async def ready(self, now: datetime, supports: str | None = "Aya") -> None:
        """`supports`: who is there afterwards (C30), where that has not been said."""
        there = None if supports is None else Aftercare(supports)
        async with self.database.begin() as db:
            await noting.make_ready(
                db, self.mette, self.meeting, now=now, zone=ZONE, supports=there
            )

    async def choose(
        self,
        item: int,
        choice: Choice,
        now: datetime,
        *,
        in_call: bool,
        words: str = "",
        seen: int | None = None,
    ) -> None:
        """About the words as they are, or those that were `seen`."""
        seen = (await self.shown(item)).revision if seen is None else seen
        who = self.sofie
        async with self.database.begin() as db:
            await choosing.choose(
                db, who, item, seen, choice, in_call=in_call, now=now, zone=ZONE, words=words
            )

    async def ask_alone(self, item: int, now: datetime, *, choice: int | None = None) -> None:
        """About what was chosen last, or about the choice on a screen."""
        if choice is None:
            choice = (await self.shown(item)).choice_id or 0
        async with self.database.begin() as db:
            await passing_on.asked_alone(
                db, self.mette, self.meeting, item, choice, now=now, zone=ZONE
            )

    async def choose_by_voice(self, item: int, choice: Choice, now: datetime) -> None:
        seen = (await self.shown(item)).revision
        async with self.database.begin() as db:
            await passing_on.chosen_by_voice(
                db, self.mette, self.meeting, item, seen, choice, now=now, zone=ZONE
            )

    async def look(self, item: int, now: datetime) -> None:
        """At what may name a place."""
        seen = (await self.shown(item)).revision
        async with self.database.begin() as db:
            await passing_on.looked_at_places(
                db, self.mette, self.meeting, item, seen, now=now, zone=ZONE
            )

    async def withdraw(self, item: int, now: datetime, *, in_call: bool = False) -> None:
        async with self.database.begin() as db:
            await choosing.withdraw(db, self.sofie, item, in_call=in_call, now=now)

    async def leave(self, now: datetime) -> None:
        """Sofie leaves the call; her device is known as hers."""
        async with self.database.begin() as db:
            await calling.leave_by_session(db, self.sofie.session, now=now)

    async def turn_away(self, now: datetime) -> None:
        """The host is not sure whose hand it was."""
        async with self.database.begin() as db:
            visit = await seats.visit_of_session(db, self.sofie.session)
            assert visit is not None
            meeting = MeetingId(self.meeting)
            await calling.turn_away(db, self.mette, meeting, visit.id, wrong_person=False, now=now)

    async def come_back(self, now: datetime) -> None:
        """... and is let in again on it."""
        async with self.database.begin() as db:
            await store_admission(db, self.sofie.seat, now, device=None)

    async def lock(self, now: datetime, *, on: bool = True) -> None:
        """As the host marks it in the call (D10)."""
        async with self.database.begin() as db:
            shot = await room.snapshot(db, self.meeting, now)
            await during.lock_note(db, shot, self.mette, on=on, now=now, zone=ZONE)

    async def says_it_is_written(self, now: datetime) -> None:
        """In the talk, aloud (S33)."""
        async with self.database.begin() as db:
            shot = await room.snapshot(db, self.meeting, now)
            await during.said(db, shot, now=now)

    async def unlock(self, colleague: int, now: datetime) -> None:
        """As two do it on the note's page (domain pack 5.6)."""
        async with self.database.begin() as db:
            await unlocking.unlock(
                db, self.mette, MeetingId(self.meeting), AccountId(colleague), now=now, zone=ZONE
            )

    async def hide(self, colleague: int | None, now: datetime) -> None:
        """What the home has already, while the note is locked."""
        second = AccountId(colleague) if colleague is not None else None
        async with self.database.begin() as db:
            await hiding.hide(db, self.mette, MeetingId(self.meeting), second, now=now)

    async def must_pass_on(self, item: int, now: datetime, *, second: int | None = None) -> None:
        """By the first line of the list in force; `second` is the colleague who stood beside."""
        async with self.database.begin() as db:
            entry = (await pass_on_list.in_force(db)).lines[0].id
            beside = AccountId(second) if second is not None else None
            await passing_on.must_pass_on(
                db, self.mette, self.meeting, item, "Det er medicin",
                entry=entry, second=beside, now=now,
            )  # fmt: skip

    async def not_after_all(self, item: int, now: datetime) -> None:
        async with self.database.begin() as db:
            await passing_on.not_after_all(db, self.mette, self.meeting, item, now=now, zone=ZONE)

    async def tell(self, item: int, to: ToldTo, now: datetime) -> None:
        seen = (await self.shown(item)).revision
        whom = {"spoken_to": "Lene"} if to == ToldTo.HOME else {}
        at = {"now": now, "zone": ZONE}
        async with self.database.begin() as db:
            await passing_on.told(db, self.mette, self.meeting, item, to, seen, **whom, **at)

    async def preview(self, now: datetime) -> tuple[str, ...]:
        async with self.database.read() as db:
            who = await choosing.reader(db, self.sofie, in_call=False, now=now)
            return (await choosing.preview(db, who)).words


async def hour(database: Database, meeting: int) -> datetime | None:
    """When a note's words leave next."""
    async with database.read() as db:
        due_at, _ = await releasing.hour_of(db, meeting)
        return due_at


async def release_due(database: Database, now: datetime) -> int:
    """Do what the background does when it wakes at a moment; returns how many notes it did."""
    async with database.begin() as db:
        leases = await releasing.take(db, now=now)
    for lease in leases:
        async with database.begin() as db:
            await releasing.release(db, lease, now=now, zone=ZONE)
    return len(leases)


async def begin(db: AsyncSession, cast: Cast, now: datetime, database: Database) -> Note:
    """Sessions for both, Sofie's admitted as her own device."""
    from server.services import sessions

    staff = await sessions.open_for(db, now=now, account=cast.mette)
    guest = await sessions.open_for(db, now=now, seat=cast.sofies_seat)
    await store_admission(db, cast.sofies_seat, now)
    return Note(database, cast, staff.id, guest.id)
