"""What several hands want to know for one page is asked once; who writes asks each time."""

from datetime import timedelta

from server.store import marks, seats
from tests.asked import asked


async def test_one_look_asks_a_question_once(database, cast):
    with asked(database, "") as heard:
        async with database.read() as db:
            first = await seats.meeting(db, cast.meeting)
            known = len(heard)
            assert await seats.meeting(db, cast.meeting) is first
            assert len(heard) == known
            assert (await seats.meeting(db, cast.other_meeting)).id == cast.other_meeting
    assert not heard.twice


async def test_the_next_look_asks_anew(database, cast):
    async with database.read() as db:
        before = (await seats.meeting(db, cast.meeting)).starts_at
    async with database.begin() as db:
        (await seats.meeting(db, cast.meeting)).starts_at += timedelta(hours=1)
    async with database.read() as db:
        assert (await seats.meeting(db, cast.meeting)).starts_at == before + timedelta(hours=1)


async def test_who_writes_reads_what_was_written(database, cast, clock):
    """P10: an answer kept from before would be a wrong one."""
    async with database.begin() as db:
        row = await seats.meeting(db, cast.meeting)
        assert await seats.asked_again(db, row.id) == []
        assert await marks.of_meeting(db, row.id) == ()
        row.title = "Noget andet"
        assert (await seats.meeting(db, cast.meeting)).title == "Noget andet"
