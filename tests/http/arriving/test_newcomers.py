"""Somebody added after the answers, on the young person's own pages (3.0.2, S31, R3)."""

from sqlalchemy import select

from server.store.tables import Reply, Seat
from tests.factories import store_admission
from tests.lines import store_answers


async def add(mette, cast, clock):
    clock.move(minutes=1)
    form = {"companion": "Birgitte", "companion_why": "Birgitte er din lærer"}
    await mette.post(f"/meetings/{cast.meeting}/people", data=form)


async def test_on_a_bare_link_she_reads_that_there_is_one_more_and_no_name(
    mette, sofie, cast, database, clock
):
    """P6: who it is stands on a device that is known."""
    async with database.begin() as db:
        await store_answers(db, cast.sofies_seat, clock)
    await add(mette, cast, clock)
    page = await (await sofie.get("/arriving")).text()
    assert "Mette vil gerne have en mere med." in page
    assert "Birgitte" not in page
    assert (await sofie.get("/arriving/added")).status == 404
    assert (await sofie.post("/arriving/added", data={"seat": "6", "answer": "yes"})).status == 404


async def test_where_she_is_known_she_reads_who_and_why_and_answers(
    mette, sofie, aya, cast, database, clock
):
    """S31: with name and reason; told to Mette, and to nobody else."""
    async with database.begin() as db:
        await store_answers(db, cast.sofies_seat, clock)
        await store_admission(db, cast.sofies_seat, clock.now(), device=None)
    await add(mette, cast, clock)
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert "Tilføjet mindre end 24 timer før mødet" in page
    page = await (await sofie.get("/arriving/added")).text()
    assert "Mette vil gerne have Birgitte med" in page
    assert "Birgitte er din lærer" in page
    async with database.read() as db:
        bo = (await db.scalars(select(Seat).where(Seat.name == "Birgitte"))).one()
    odd = {"seat": str(bo.id), "answer": "måske"}
    assert (await sofie.post("/arriving/added", data=odd)).status == 400
    assert (await aya.post("/arriving/added", data=odd | {"answer": "yes"})).status == 404
    said = {"seat": str(bo.id), "answer": "no"}
    answer = await sofie.post("/arriving/added", data=said, allow_redirects=False)
    assert answer.headers["Location"] == "/arriving"
    assert (await sofie.get("/arriving/added")).status == 404
    async with database.read() as db:
        kept = (await db.scalars(select(Reply).where(Reply.question == "added"))).one()
    assert kept.answer == f"no {bo.id}"
