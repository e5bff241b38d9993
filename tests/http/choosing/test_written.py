"""GET /choosing/written: what was written in the call, for whose note it is."""

import pytest

from server.store.note_tables import Chat
from tests import notes
from tests.factories import store_admission

SAID = "Jeg vil ikke have, at Jonas kommer."


@pytest.fixture
async def chat(after_the_meeting, database, clock):
    cast = after_the_meeting
    async with database.begin() as db:
        note = await notes.begin(db, cast, clock.now(), database)
        for seat, text in ((cast.sofies_seat, SAID), (cast.mettes_seat, "Tak, fordi du skriver.")):
            db.add(Chat(meeting_id=cast.meeting, seat_id=seat, ref=text, text=text, at=clock.now()))
    await note.ready(clock.now())
    return cast


async def test_she_reads_all_of_it_with_who_wrote_it(chat, sofie, database, clock):
    """S55, P7: it is all in the file, and all of it is hers to read."""
    async with database.begin() as db:
        await store_admission(db, chat.sofies_seat, clock.now())
    page = await (await sofie.get("/choosing/written")).text()
    assert SAID in page
    assert "Tak, fordi du skriver." in page
    assert "ligger i din sag" in page


async def test_it_opens_for_nobody_else_and_on_no_other_device(chat, sofie, aya, holms, stranger):
    """U8, P6: a device the host did not let in, a bisidder, the home."""
    assert (await sofie.get("/choosing/written")).status == 403
    for who in (aya, holms, stranger):
        answer = await who.get("/choosing/written")
        assert SAID not in await answer.text()
