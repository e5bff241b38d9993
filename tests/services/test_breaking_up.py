"""A talk that is over, or goes on another time: nobody stays in, and no mark keeps anybody out."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.domain import visit as visiting
from server.domain.asides import Kind, Moment
from server.domain.during import Kind as Marks
from server.domain.roles import AccountId, Caseworker, MeetingId, SessionId
from server.domain.visit import Standing
from server.http import background
from server.services import room, scheduling
from server.services.scheduling import Plan
from server.store.aside_tables import Aside
from server.store.during_tables import MarkRow
from server.store.tables import Meeting, Visit
from tests.factories import store_admission


@pytest.fixture
async def together(database, cast, clock, as_kind):
    """Sofie and Aya are in the call, twenty minutes after the hour."""
    for seat in (cast.sofies_seat, cast.ayas_seat):
        await as_kind(seat=seat)
    clock.move(minutes=80)
    async with database.begin() as db:
        for seat in (cast.sofies_seat, cast.ayas_seat):
            await store_admission(db, seat, clock.now(), device=None)


async def standings(database) -> set[Standing]:
    async with database.read() as db:
        return {visiting.standing(v.facts()) for v in await db.scalars(select(Visit))}


async def test_the_two_who_stayed_after_it_are_out_when_their_quarter_is_over(
    together, app, database, cast, clock
):
    """B7: and not before; the room of theirs is closed with it."""
    async with database.begin() as db:
        (await db.get_one(Meeting, cast.meeting)).finished_at = clock.now()
        db.add(
            Aside(
                meeting_id=cast.meeting, kind=Kind.TOGETHER, moment=Moment.AFTER,
                seat_id=cast.ayas_seat, opened_at=clock.now(),
            )
        )  # fmt: skip
    clock.move(minutes=14, seconds=59)
    assert await background.end_what_is_over(app) == 0
    assert await standings(database) == {Standing.ADMITTED}
    clock.move(seconds=1)
    assert await background.end_what_is_over(app) == 1
    assert await background.end_what_is_over(app) == 0
    assert await standings(database) == {Standing.LEFT}
    async with database.read() as db:
        assert (await db.scalars(select(Aside.closed_at))).one() is not None


async def test_nobody_stays_in_a_meeting_that_is_called_off(together, app, database, cast, clock):
    async with database.begin() as db:
        (await db.get_one(Meeting, cast.meeting)).called_off_at = clock.now()
    assert await background.end_what_is_over(app) == 1
    assert await standings(database) == {Standing.LEFT}


async def test_a_meeting_that_is_moved_keeps_nobody_in_and_nobody_out(
    together, database, cast, clock
):
    """D3, D13, P1: the end for the others and being called away were about that talk; whoever was
    let in knocks anew. A note to be locked stays so (D10)."""
    mette = Caseworker(AccountId(cast.mette), SessionId(1), "Mette")
    meeting = MeetingId(cast.meeting)
    async with database.begin() as db:
        for kind in Marks:
            db.add(
                MarkRow(
                    meeting_id=meeting, seat_id=cast.mettes_seat, kind=kind, value="", answer="",
                    at=clock.now(),
                )
            )  # fmt: skip
    async with database.begin() as db:
        row = await db.get_one(Meeting, meeting)
        seen, later = scheduling.mark(row.starts_at), row.starts_at + timedelta(days=7)
        same = Plan("Ny titel", "Derfor", row.starts_at, 45)
        await scheduling.move(db, mette, meeting, same, seen=seen, tell_home=False, now=clock.now())
    assert await standings(database) == {Standing.ADMITTED}
    async with database.read() as db:
        shot = await room.snapshot(db, meeting, clock.now())
        assert (shot.host_away, shot.is_for_two) == (True, True)
    async with database.begin() as db:
        other = Plan("Ny tid", "Derfor", later, 45)
        await scheduling.move(
            db, mette, meeting, other, seen=seen, tell_home=False, now=clock.now()
        )
    assert await standings(database) == {Standing.LEFT}
    async with database.read() as db:
        shot = await room.snapshot(db, meeting, later)
        assert (shot.host_away, shot.is_for_two) == (False, False)
        query = select(MarkRow.kind).where(MarkRow.ended_at.is_(None))
        assert set(await db.scalars(query)) == {Marks.LOCK, Marks.SAID}


async def test_a_meeting_nobody_finished_keeps_what_is_still_to_be_seen_to(
    together, app, database, clock
):
    """D4, P10: whose line broke is rung, however long ago it was."""
    for hours in (0, 3, 300):
        clock.move(hours=hours)
        assert await background.end_what_is_over(app) == 0
    assert await standings(database) == {Standing.ADMITTED}
