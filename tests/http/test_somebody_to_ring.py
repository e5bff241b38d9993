"""A page that failed is no dead end: it has people to ring, and a child's own numbers (P12)."""

import pytest
from sqlalchemy import select

from server.store.tables import Session, YoungPerson

CHILDREN = "116 111"
NO_PAGE = "/nothing/here"


@pytest.fixture
def broken(monkeypatch):
    """A fault of ours before anybody knows who asks."""

    def break_it(where: str) -> None:
        async def fault(*_, **__):
            raise KeyError

        monkeypatch.setattr(where, fault)

    return break_it


@pytest.mark.parametrize("years", [7, 13, 20])
async def test_a_young_person_reads_their_own_numbers_when_we_fail(
    sofie, cast, database, broken, years
):
    """P12: at every age, with the way out every page has (P8)."""
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = years
    broken("server.http.guards.guest")
    answer = await sofie.get("/arriving")
    page = await answer.text()
    assert (answer.status, CHILDREN in page, "112" in page) == (500, True, True)
    assert 'action="/calling/leave"' in page
    assert "Døgnvagten" not in page


async def test_also_where_we_cannot_even_look_who_it_is(sofie, stranger, broken):
    """P12: the database is away, or the cookie opens nothing."""
    broken("server.services.sessions.find")
    for browser in (sofie, stranger):
        answer = await browser.get("/arriving")
        assert answer.status == (500 if browser is sofie else 404)
        assert CHILDREN in await answer.text()


async def test_an_address_that_does_not_exist_has_them_too(sofie, aya, stranger, mette):
    """P12: for whoever may be a child; a bisidder and a caseworker read the adults' numbers."""
    for browser, children in ((sofie, True), (stranger, True), (aya, False), (mette, False)):
        answer = await browser.get(NO_PAGE)
        page = await answer.text()
        assert (answer.status, CHILDREN in page, "112" in page) == (404, children, True)


async def test_a_caseworker_has_a_way_back_to_their_day(mette, sofie, holms, cast):
    """P12: a refusal is no dead end at the desk either; nobody else reads of such a page."""
    way = '<a class="text-action" href="/">'
    refused = await mette.post(f"/meetings/{cast.meeting}/people/{cast.sofies_seat}/removed")
    assert (refused.status, way in await refused.text()) == (409, True)
    foreign = await mette.get(f"/meetings/{cast.other_meeting}/note")
    assert (foreign.status, way in await foreign.text()) == (404, True)
    for browser in (sofie, holms):
        assert way not in await (await browser.get("/home/nothing")).text()
        assert way not in await (await browser.get(NO_PAGE)).text()


async def test_at_a_homes_address_they_are_adults(holms):
    """P4: its pages stay as they were."""
    assert "Døgnvagten" in await (await holms.get("/home/nothing")).text()


async def test_looking_who_it_is_changes_nothing(cast, sofie, database, clock):
    """V15: whatever a failed request came from, it is no click."""
    query = select(Session.seen_at).where(Session.seat_id == cast.sofies_seat)
    async with database.read() as db:
        before = (await db.scalars(query)).all()
    clock.move(minutes=5)
    assert (await sofie.post(NO_PAGE, headers={"Sec-Fetch-Site": "cross-site"})).status == 403
    async with database.read() as db:
        assert (await db.scalars(query)).all() == before
