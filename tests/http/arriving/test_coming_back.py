"""How it went, also for whoever pressed Gå nu: by the link, on a device of their own (U8, D11)."""

import pytest
from sqlalchemy import select

from server import keys
from server.domain import links
from server.domain.links import LinkKind
from server.store.tables import Seat, Visit, YoungPerson
from tests.factories import store_admission
from tests.http.arriving.test_after import AFTER
from tests.http.arriving.test_answers import said, say

HOW = "Hvordan gik det?"


@pytest.fixture
def link(app, database, cast):
    async def open_it(browser) -> None:
        async with database.read() as db:
            row = await db.get_one(Seat, cast.sofies_seat)
        token = links.token(app[keys.LINK_KEY], LinkKind.SEAT, row.handle, row.generation)
        await browser.post("/arriving/swap", data={"token": token})

    return open_it


@pytest.fixture
def left(database, cast, clock, as_kind):
    """Sofie in the call on her device, and out of it by Gå nu."""

    async def leave(years: int, device: str | None = None):
        clock.move(minutes=70)
        sofie = await as_kind(seat=cast.sofies_seat)
        async with database.begin() as db:
            (await db.get_one(YoungPerson, cast.sofie)).age_told = years
            await store_admission(db, cast.sofies_seat, clock.now(), device=device)
        if device == "own":
            assert (await sofie.post("/calling/keep")).status == 202  # and once more
            assert (await sofie.post("/calling/keep")).status == 204
        answer = await sofie.post("/calling/leave", headers={"Sec-Fetch-Mode": "no-cors"})
        assert answer.status == 204
        return sofie

    return leave


async def test_after_leaving_there_is_nothing_without_the_link(left):
    """L18: the session is over; only the link leads back."""
    sofie = await left(8)
    assert (await sofie.get(AFTER)).url.path == "/arriving/gone"
    assert (await say(sofie, "feeling", "bad")).status == 404


@pytest.mark.parametrize("years", [8, 11])
async def test_the_younger_say_first_that_it_is_their_own_and_then_how_it_went(
    left, link, as_kind, database, cast, years
):
    """U8: unanswered counts as not their own; E1: what they pick reaches the caseworker."""
    sofie = await left(years)
    await link(sofie)
    assert HOW in await (await sofie.get("/arriving")).text()
    page = await (await sofie.get(AFTER)).text()
    assert "egen telefon" in page
    assert 'id="feeling"' not in page
    assert (await say(sofie, "feeling", "bad")).status == 409
    assert (await say(sofie, "device", "own")).status == 303
    assert 'id="feeling"' in await (await sofie.get(AFTER)).text()
    await say(sofie, "feeling", "bad")
    await say(sofie, "comfort", "host_calls")
    assert ("comfort", "host_calls") in await said(database, cast.sofies_seat)
    mette = await as_kind(account=cast.mette)
    assert "Sofie vil gerne ringes op" in await (await mette.get("/")).text()


async def test_who_went_without_a_network_is_asked_as_well(link, as_kind, database, cast, clock):
    """L18, E1: the browser alone kept the door shut; the link tells us, and it is over then."""
    clock.move(minutes=70)
    sofie = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
        await store_admission(db, cast.sofies_seat, clock.now(), device=None)
    before = {c.key: c.value for c in sofie.session.cookie_jar}["guest"]
    sofie.session.cookie_jar.update_cookies({"closed": "1"}, sofie.make_url("/"))
    assert (await sofie.get(AFTER)).url.path == "/arriving/gone"
    await link(sofie)
    async with database.read() as db:
        assert (await db.scalars(select(Visit.left_at))).one() == clock.now()
    assert HOW in await (await sofie.get("/arriving")).text()
    await say(sofie, "device", "own")
    assert 'id="feeling"' in await (await sofie.get(AFTER)).text()
    copy = await as_kind(seat=cast.sofies_seat)
    copy.session.cookie_jar.update_cookies({"guest": before}, copy.make_url("/"))
    assert (await copy.get("/arriving")).status == 404


async def test_on_a_borrowed_telephone_nothing_more_is_asked_and_it_ends_there(left, link):
    sofie = await left(8)
    await link(sofie)
    await say(sofie, "device", "borrowed")
    assert 'id="feeling"' not in await (await sofie.get(AFTER)).text()
    assert (await say(sofie, "feeling", "bad")).status == 409
    await sofie.post("/arriving/done")
    assert (await sofie.get("/arriving")).url.path == "/arriving/gone"


async def test_names_and_the_bisidders_words_do_not_come_back_with_the_child(
    left, link, aya, cast, database, clock
):
    """P6: it is a bare link that may say how it went, and reads nothing."""
    sofie = await left(8)
    async with database.begin() as db:
        await store_admission(db, cast.ayas_seat, clock.now(), device=None)
    await say(aya, "to_correct", "own", text="Det var mandag")
    await link(sofie)
    await say(sofie, "device", "own")
    for path in (AFTER, "/arriving"):
        page = await (await sofie.get(path)).text()
        assert [word for word in ("Aya", "Lene", "mandag") if word in page] == [], path
    assert (await say(sofie, "send_on", "yes")).status == 409


async def test_a_device_that_was_called_their_own_comes_straight_back(left, link):
    """U8: from 13 it was asked before the call."""
    sofie = await left(15, device="own")
    await link(sofie)
    assert HOW in await (await sofie.get("/arriving")).text()
    assert 'id="feeling"' in await (await sofie.get(AFTER)).text()


@pytest.mark.parametrize("device", ["borrowed", "others_read", "unsure"])
async def test_a_device_that_was_not_gets_nothing_to_come_back_with(left, link, device, database):
    sofie = await left(15, device=device)
    await link(sofie)
    assert HOW not in await (await sofie.get("/arriving")).text()
    assert (await sofie.get(AFTER, allow_redirects=False)).headers["Location"] == "/arriving"


async def test_another_browser_with_the_link_is_asked_nothing(left, link, browser, database):
    """The mark lies in the browser they left on, guessable by nobody."""
    await left(8)
    copy = browser()
    copy.session.cookie_jar.update_cookies({"closed": "1"}, copy.make_url("/"))
    await link(copy)
    assert HOW not in await (await copy.get("/arriving")).text()
    await say(copy, "device", "own")
    assert (await copy.get(AFTER, allow_redirects=False)).headers["Location"] == "/arriving"
    assert (await say(copy, "feeling", "bad")).status == 409


async def test_the_mark_is_kept_as_a_digest_and_opens_no_note(left, link, database, cast):
    sofie = await left(8)
    mark = {c.key: c.value for c in sofie.session.cookie_jar}["closed"]
    assert len(mark) > 40
    await link(sofie)
    await say(sofie, "device", "own")
    async with database.read() as db:
        visit = (await db.scalars(select(Visit))).one()
    assert visit.left_mark
    assert mark != visit.left_mark
    assert visit.device is None


async def test_two_hours_after_the_end_it_is_too_late(left, link, clock):
    sofie = await left(8)
    clock.move(hours=4)
    await link(sofie)
    assert HOW not in await (await sofie.get("/arriving")).text()
    assert (await say(sofie, "device", "own")).status in (404, 409)
