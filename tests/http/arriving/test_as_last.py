"""What makes it easier is remembered to the next meeting, changed, and forgotten (U12)."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.domain.roles import Role
from server.services import sessions
from server.store.remembered_tables import Remembered
from server.store.tables import Session, Visit
from tests.factories import store_admission, store_meeting
from tests.http.arriving.test_answers import said
from tests.http.arriving.test_easier import LARGER, pick

ASK = "Skal det være som sidst?"
PAUSES = "Pauser"


async def kept(database) -> list[str]:
    async with database.read() as db:
        return [row.wishes for row in await db.scalars(select(Remembered))]


async def remember(database, cast, clock, wishes: str = "larger_text pauses") -> None:
    async with database.begin() as db:
        db.add(Remembered(young_person_id=cast.sofie, wishes=wishes, text="", at=clock.now()))


async def press(browser, answer: str):
    return await browser.post("/arriving/as-last", data={"answer": answer}, allow_redirects=False)


async def leads(browser, path: str) -> str:
    return (await browser.get(path, allow_redirects=False)).headers.get("Location", "")


@pytest.fixture
async def admitted(sofie, cast, database, clock):
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    return sofie


async def test_what_the_admitted_device_picked_is_remembered_and_forgotten_again(
    admitted, database
):
    await pick(admitted, "pauses", "larger_text")
    assert await kept(database) == ["larger_text pauses"]
    await pick(admitted, "drawing")
    assert await kept(database) == ["drawing"]
    await pick(admitted)
    assert await kept(database) == []


async def test_a_copy_of_the_link_is_remembered_nowhere(sofie, database):
    """Closing is free, opening is checked: what is kept for longer comes from who was seen."""
    await pick(sofie, "pauses")
    assert await kept(database) == []


async def test_it_is_asked_once_before_the_questions_and_where_there_is_something(
    sofie, cast, database, clock
):
    assert await leads(sofie, "/arriving/next") == "/arriving/questions/way"
    assert (await sofie.get("/arriving/as-last")).status == 404
    await remember(database, cast, clock)
    assert await leads(sofie, "/arriving/next") == "/arriving/as-last"
    assert ASK in await (await sofie.get("/arriving/as-last")).text()
    assert (await press(sofie, "same")).headers["Location"] == "/arriving/next"
    assert await leads(sofie, "/arriving/next") == "/arriving/questions/way"


async def test_as_last_time_reaches_the_caseworker_and_is_read_by_no_copy_of_the_link(
    sofie, mette, cast, database, clock
):
    """P6: the question is the same for everybody; what it was stands where it is known who asks."""
    await remember(database, cast, clock)
    await press(sofie, "same")
    assert PAUSES in await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    for path in ("/arriving/as-last", "/arriving/questions/easier", "/arriving/ready", "/arriving"):
        page = await (await sofie.get(path)).text()
        assert LARGER not in page, path
        assert "Sidst valgte du:" not in page, path
        assert "checked" not in page, path
    assert "Pauser" not in await (await sofie.get("/arriving/ready")).text()
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    assert LARGER in await (await sofie.get("/arriving")).text()
    assert (
        "Sidst valgte du: Større skrift, Pauser."
        in await (await sofie.get("/arriving/as-last")).text()
    )


async def test_ones_own_device_from_the_last_meeting_reads_what_it_was(
    as_kind, cast, database, clock
):
    """U8: the device the host admitted last time and that was called one's own."""
    await remember(database, cast, clock)
    async with database.begin() as db:
        _, seats = await store_meeting(
            db, clock.now(), cast.mette, cast.sofie, cast.holms, starts_in=timedelta(days=7)
        )
    phone = await as_kind(seat=seats[Role.YOUNG_PERSON])
    other = await as_kind(seat=cast.mikkels_seat)
    async with database.begin() as db:
        await as_own(db, cast.sofies_seat, seats[Role.YOUNG_PERSON], clock)
        await as_own(db, cast.sofies_seat, cast.mikkels_seat, clock)
    assert "Sidst valgte du:" in await (await phone.get("/arriving/as-last")).text()
    await press(phone, "same")
    assert LARGER in await (await phone.get("/arriving")).text()
    assert "Lene" not in await (await phone.get("/arriving")).text()
    assert (await other.get("/arriving/as-last")).status == 404


async def as_own(db, before: int, seat: int, clock) -> None:
    """The browser that sits at `seat` now was admitted at another seat before, as one's own."""
    mark = sessions.digest("the mark of a telephone")
    newest = select(Session).where(Session.seat_id == seat).order_by(Session.id.desc())
    session = (await db.scalars(newest)).first()
    session.device = mark
    db.add(
        Visit(
            seat_id=before, session_id=session.id, knocked_at=clock.now(), door_at=clock.now(),
            admitted_at=clock.now(), device=mark,
        )
    )  # fmt: skip


async def test_change_leads_to_choosing_anew(sofie, cast, database, clock):
    await remember(database, cast, clock)
    assert (await press(sofie, "change")).headers["Location"] == "/arriving/questions/easier"
    assert ("easier", "larger_text pauses") not in await said(database, cast.sofies_seat)


async def test_forget_from_a_copy_holds_for_this_meeting_and_for_good_once_it_is_admitted(
    sofie, cast, database, clock, mette
):
    """A mail scanner presses everything: it must not forget anything of a child's."""
    await remember(database, cast, clock)
    await press(sofie, "forget")
    assert await kept(database) == ["larger_text pauses"]
    assert PAUSES not in await (await mette.get(f"/meetings/{cast.meeting}/brief")).text()
    async with database.begin() as db:
        session = await store_admission(db, cast.sofies_seat, clock.now())
    assert (await press(sofie, "forget")).status == 303
    assert await kept(database) == []
    assert session


async def test_it_is_forgotten_when_a_year_has_gone(sofie, cast, database, clock, as_kind):
    await remember(database, cast, clock)
    async with database.begin() as db:
        (await db.scalars(select(Remembered))).one().at = clock.now() - timedelta(days=366)
    assert (await sofie.get("/arriving/as-last")).status == 404


async def test_nobody_else_is_asked_it_and_the_home_reads_the_same(
    aya, holms, stranger, as_kind, cast, database, clock
):
    """P4: not a letter of the home's page changes."""
    before = await (await holms.get("/home")).text()
    await remember(database, cast, clock)
    mikkel = await as_kind(seat=cast.mikkels_seat)
    for browser in (aya, holms, stranger, mikkel):
        assert (await browser.get("/arriving/as-last")).status == 404
        assert (await press(browser, "same")).status == 404
    assert await (await holms.get("/home")).text() == before
    assert await kept(database) == ["larger_text pauses"]


@pytest.mark.parametrize("wrong", ["", "yes", "SAME", "same forget"])
async def test_an_answer_that_is_none_is_refused(sofie, cast, database, clock, wrong):
    await remember(database, cast, clock)
    assert (await press(sofie, wrong)).status == 400
