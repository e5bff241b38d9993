"""A recorded decision: only whole, only by whose case it is, and the young person reads it."""

import pytest
from sqlalchemy import select

from server.store.protection_tables import DecisionMade
from server.store.tables import Trail
from tests.factories import store_admission

GROUND = "Aya er vidne i sagen, og det kan påvirke samtalen."
WORDS = "Aya kan ikke være med. Du må vælge en anden."


@pytest.fixture
def form(cast):
    return {
        "seat": str(cast.ayas_seat), "kind": "bisidder", "whom": "Aya", "reason": GROUND,
        "words": WORDS, "guidance": "spoken",
    }  # fmt: skip


def address(cast) -> str:
    return f"/meetings/{cast.meeting}/decisions"


async def let_in(database, cast, clock) -> None:
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())


async def test_the_young_person_reads_who_why_and_how_to_complain(
    mette, sofie, form, cast, database, clock
):
    """C4: shown to the young person in their own words; the ground stays the file's."""
    await let_in(database, cast, clock)
    answer = await mette.post(address(cast), data=form, allow_redirects=False)
    assert answer.headers["Location"] == address(cast)
    assert "/arriving/decisions" in await (await sofie.get("/arriving")).text()
    page = await (await sofie.get("/arriving/decisions")).text()
    assert WORDS in page
    assert "Ankestyrelsen" in page
    assert "116 111" in page
    assert GROUND not in page
    assert "Ikke læst endnu" in await (await mette.get(address(cast))).text()
    await sofie.post("/arriving/decisions")
    assert "Læst af Sofie" in await (await mette.get(address(cast))).text()


async def test_a_bare_link_and_everybody_else_find_no_decision(
    mette, sofie, aya, jens, holms, form, cast
):
    """P2, P6: it holds a name; the person concerned is not told by a page of ours."""
    await mette.post(address(cast), data=form)
    for browser in (sofie, aya, holms):
        assert (await browser.get("/arriving/decisions")).status == 404
        assert (await browser.post("/arriving/decisions")).status == 404
    assert "decisions" not in await (await sofie.get("/arriving")).text()
    assert (await jens.get(address(cast))).status == 404
    assert (await jens.post(address(cast), data=form)).status == 404


async def test_nor_does_a_bisidder_who_has_been_let_in(mette, aya, form, cast, database, clock):
    """P2: names may be shown to them; a decision about somebody is the young person's to read."""
    await mette.post(address(cast), data=form)
    async with database.begin() as db:
        await store_admission(db, cast.ayas_seat, clock.now(), device=None)
    assert (await aya.get("/arriving/decisions")).status == 404
    assert (await aya.post("/arriving/decisions")).status == 404
    assert WORDS not in await (await aya.get("/arriving")).text()


@pytest.mark.parametrize("device", ["borrowed", "others_read", "unsure"])
async def test_nor_does_whoever_lent_them_the_telephone(
    mette, sofie, form, cast, database, clock, device
):
    """U8, P2: it may be about whose telephone it is. That it was not read stands at the desk."""
    await mette.post(address(cast), data=form)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now(), device=device)
    assert "decisions" not in await (await sofie.get("/arriving")).text()
    for ask in (sofie.get, sofie.post):
        assert (await ask("/arriving/decisions")).status == 404
    assert "Ikke læst endnu" in await (await mette.get(address(cast))).text()


async def test_what_is_missing_is_said_and_what_was_typed_stays(mette, form, cast, database):
    """C4: without a ground it is not recorded."""
    answer = await mette.post(address(cast), data=form | {"reason": " ", "guidance": ""})
    page = await answer.text()
    assert answer.status == 400
    assert "Skriv grunden." in page
    assert WORDS in page
    async with database.read() as db:
        assert (await db.scalars(select(DecisionMade))).all() == []


async def test_sent_twice_it_is_one_and_taken_back_it_is_gone(
    mette, sofie, form, cast, database, clock
):
    await let_in(database, cast, clock)
    await mette.post(address(cast), data=form)
    await mette.post(address(cast), data=form)
    async with database.read() as db:
        (made,) = (await db.scalars(select(DecisionMade))).all()
        deeds = [row.deed for row in await db.scalars(select(Trail))]
        words = " ".join(f"{row.who} {row.subject}" for row in await db.scalars(select(Trail)))
    assert deeds.count("decide") == 1
    assert "Aya" not in words
    await mette.post(f"{address(cast)}/{made.id}/taken-back")
    await mette.post(f"{address(cast)}/{made.id}/taken-back")
    assert (await sofie.get("/arriving/decisions")).status == 404


async def test_a_decision_is_about_a_guest_of_this_meeting(mette, form, cast):
    other = form | {"seat": str(cast.mikkels_seat)}
    assert (await mette.post(address(cast), data=other)).status == 404
    assert (
        await mette.post(address(cast), data=form | {"seat": str(cast.sofies_seat)})
    ).status == 404


async def test_the_form_knows_whom_it_is_about(mette, cast):
    page = await (await mette.get(f"{address(cast)}/new?seat={cast.ayas_seat}")).text()
    assert 'value="Aya"' in page
    assert "13 til 17 år" in page
