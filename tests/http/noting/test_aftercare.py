"""No talk is finished before it stands who supports the young person after it (C30, S41)."""

import pytest
from sqlalchemy import select

from server.services import note_copy
from server.store.choosing_tables import Aftercare
from server.store.tables import Meeting, Reply
from tests import notes
from tests.factories import store_admission

ASKED = "Hvem er der for Sofie, hvis samtalen var svær?"


@pytest.fixture
async def path(after_the_meeting, database, clock) -> str:
    """Of a talk that was held."""
    async with database.begin() as db:
        note = await notes.begin(db, after_the_meeting, clock.now(), database)
    return f"/meetings/{note.meeting}/note"


async def agreed(database) -> list[tuple[str, bool]]:
    async with database.read() as db:
        return [(row.who, row.said_no) for row in await db.scalars(select(Aftercare))]


async def is_ready(database, cast) -> bool:
    async with database.read() as db:
        return (await db.get_one(Meeting, cast.meeting)).note_ready_at is not None


async def knew_beforehand(database, seat, session, clock, question, answer, text="") -> None:
    async with database.begin() as db:
        reply = {"question": question, "answer": answer, "text": text, "at": clock.now()}
        db.add(Reply(seat_id=seat, session_id=session, **reply))


async def test_a_note_is_not_ready_with_nobody_there_afterwards(path, mette, cast, database):
    """C30: it is asked for at its field, also where the form was sent without it."""
    assert ASKED in await (await mette.get(path)).text()
    for sent in ({}, {"supports": " "}, {"supports": "x" * 41}):
        answer = await mette.post(f"{path}/ready", data=sent)
        page = await answer.text()
        assert answer.status == 400
        assert 'aria-invalid="true"' in page
        assert not await is_ready(database, cast)
    assert f'value="{"x" * 41}"' in page  # P10
    await mette.post(f"{path}/ready", data={"supports": "Moster Ulla"})
    assert await is_ready(database, cast)
    page = await (await mette.get(path)).text()
    assert "Moster Ulla er der for Sofie bagefter." in page
    assert ASKED not in page


async def test_she_may_want_nobody(path, mette, cast, database):
    """C30: "unless the child said no"; a name that stood in the field is not kept then."""
    await mette.post(f"{path}/ready", data={"supports": "Lene", "said_no": "yes"})
    assert await agreed(database) == [("", True)]
    assert "Sofie ville ikke have nogen bagefter." in await (await mette.get(path)).text()


async def test_what_was_known_beforehand_stands_in_the_field(path, mette, cast, database, clock):
    """A note is ready in ten minutes: who was to be there, and what Sofie wished for."""
    await knew_beforehand(database, cast.mettes_seat, 1, clock, "after", "someone", "Lene")
    await knew_beforehand(database, cast.sofies_seat, 2, clock, "afterwards", "with_someone")
    page = await (await mette.get(path)).text()
    assert 'name="supports" type="text" value="Lene"' in page
    assert "Før mødet svarede Sofie: Vil være sammen med en." in page
    await knew_beforehand(database, cast.sofies_seat, 2, clock, "reading", "read_aloud")
    assert "Sofie vil have noten læst op" in await (await mette.get(path)).text()  # E4
    await knew_beforehand(database, cast.mettes_seat, 1, clock, "after", "call_back")
    assert 'name="supports" type="text" value="Mette"' in await (await mette.get(path)).text()


async def test_a_talk_that_was_not_held_asks_nothing(after_the_meeting, mette, database):
    base = f"/meetings/{after_the_meeting.meeting}/note"
    assert ASKED not in await (await mette.get(base)).text()
    await mette.post(f"{base}/ready")
    assert await is_ready(database, after_the_meeting)


async def test_twice_is_once_and_nobody_else_says_it(path, mette, jens, holms, cast, database):
    for who in (jens, holms):
        await who.post(f"{path}/ready", data={"supports": "Jens"})
    assert await agreed(database) == []
    for name in ("Lene", "Karl"):
        await mette.post(f"{path}/ready", data={"supports": name})
    assert await agreed(database) == [("Lene", False)]


async def test_she_reads_it_the_home_does_not_and_the_file_has_it(
    path, mette, sofie, holms, cast, database, clock
):
    """S41, P4: a name on Sofie's own device, in the case file, and on no page of the home's."""
    before = await (await holms.get("/home")).read()
    await mette.post(f"{path}/ready", data={"supports": "Moster Ulla"})
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    assert "Bagefter er Moster Ulla der for dig." in await (await sofie.get("/choosing")).text()
    assert await (await holms.get("/home")).read() == before
    async with database.read() as db:
        made = await note_copy.of(db, cast.meeting, clock.now())
    assert made.meeting.aftercare is not None
    assert made.meeting.aftercare.who == "Moster Ulla"


@pytest.mark.parametrize(
    ("answer", "said"),
    [("someone", "Bagefter er der en hos dig."), ("call_back", "Bagefter ringer Mette til dig.")],
)
async def test_before_the_talk_she_reads_who_follows_up(
    mette, sofie, aya, cast, database, clock, answer, said
):
    """S41, P6: decided before the room opens; the name itself only where it is known who reads."""
    assert "Bagefter" not in await (await sofie.get("/arriving/ready")).text()
    await knew_beforehand(database, cast.mettes_seat, 1, clock, "after", answer, "Moster Ulla")
    page = await (await sofie.get("/arriving/ready")).text()
    assert said in page
    assert "Ulla" not in page
    assert said not in await (await aya.get("/arriving/ready")).text()
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    known = await (await sofie.get("/arriving/ready")).text()
    assert ("Bagefter er Moster Ulla der for dig." in known) == (answer == "someone")
