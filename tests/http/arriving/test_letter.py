"""The first page behind a link: who wants to talk, and when; on a bare link without names."""

from server.store.tables import YoungPerson

NAMES = ("Sofie", "Aya", "Lene", "Karl", "Mikkel", "Dahl", "skolen")


async def test_it_says_who_wants_to_talk_and_when(sofie):
    response = await sofie.get("/arriving")
    page = await response.text()
    assert response.status == 200
    assert "Mette vil gerne snakke med dig" in page
    assert "Onsdag den 25. november kl. 14.00" in page


async def test_a_bare_link_names_nobody_but_the_caseworker(sofie, aya):
    """P6: no name of the young person, the home or any guest, and no why."""
    for guest in (sofie, aya):
        page = await (await guest.get("/arriving")).text()
        assert [name for name in NAMES if name in page] == []


async def test_a_stranger_learns_nothing(stranger, cast):
    response = await stranger.get("/arriving")
    assert response.status == 404


async def test_a_caseworker_is_no_guest(mette):
    assert (await mette.get("/arriving")).status == 404


async def test_it_cannot_be_posted_to(sofie):
    assert (await sofie.post("/arriving")).status == 405


async def test_reading_it_twice_changes_nothing(sofie):
    first = await (await sofie.get("/arriving")).text()
    assert await (await sofie.get("/arriving")).text() == first


async def test_a_session_left_alone_for_a_quarter_of_an_hour_is_over(sofie, clock):
    clock.move(minutes=16)
    assert (await sofie.get("/arriving")).status == 404


async def test_the_youngest_can_have_it_read_aloud(sofie, cast, database):
    """Domain pack 2.1: whoever does not read yet begins where everybody begins."""
    assert "read-aloud" not in await (await sofie.get("/arriving")).text()
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
    assert "<read-aloud" in await (await sofie.get("/arriving")).text()
