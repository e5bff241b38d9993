"""The call page and its offer: whose they are, when, and what a broken offer costs."""

from collections.abc import AsyncIterator

import pytest

from tests.factories import store_admission

CANARIES = ("Sofie", "Aya", "Lene", "Karl", "Mikkel", "skolen")
SDP = {"Content-Type": "application/sdp"}


@pytest.fixture
def opened(cast, clock):
    """The cast, when one may knock. Ask for it before any browser."""
    clock.move(minutes=35)
    return cast


async def test_a_bare_link_finds_nobodys_name_on_the_call_page(opened, sofie, aya):
    """P6: the page, its data and its headers, before anybody was let in."""
    for guest in (sofie, aya):
        for path in ("/calling", "/trying"):
            answer = await guest.get(path)
            assert answer.status == 200
            text = await answer.text() + str(answer.headers)
            assert [name for name in CANARIES if name in text] == []


async def test_the_hosts_call_page_is_their_own(opened, mette, jens, sofie, stranger):
    path = f"/calling/{opened.meeting}"
    assert (await mette.get(path)).status == 200
    assert (await jens.get(path)).status == 404
    for nobody in (sofie, stranger):
        answer = await nobody.get(path, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/signing-in")
    assert (await mette.post(path)).status == 405


async def test_what_one_has_a_right_to_stands_beside_the_talk(opened, sofie, aya):
    """C24: a press from every screen of the call page too, and no press that leads out of it."""
    page = await (await sofie.get("/calling")).text()
    assert page.count('data-opens="rights"') == 2  # behind "Mere", and below another way
    assert 'data-panel="rights"' in page
    assert "Datatilsynet" in page
    assert "/arriving/rights" not in page
    assert 'data-panel="rights"' not in await (await aya.get("/calling")).text()


async def test_before_its_time_the_call_page_says_when(sofie):
    answer = await sofie.get("/calling")
    assert answer.status == 409
    assert "Døren åbner en halv time før mødet" in await answer.text()


async def test_an_offer_needs_a_right_to_this_meeting(opened, mette, jens, sofie, stranger, holms):
    """W10, L11: nobody else's offer is even read by the media worker."""
    own, named = "/calling/offer", f"/calling/offer?meeting={opened.meeting}"
    for browser, path in (
        (stranger, own), (holms, own), (mette, own), (jens, named), (stranger, named),
        (sofie, named), (mette, "/calling/offer?meeting=x"), (mette, "/calling/offer?meeting=9999"),
    ):  # fmt: skip
        answer = await browser.post(path, data="v=0", headers=SDP)
        assert answer.status == 404, path
    for browser, path in ((sofie, own), (mette, named)):
        answer = await browser.post(path, data="v=0", headers=SDP)
        assert (answer.status, (await answer.json())["error"]) == (503, "media-away")


async def test_an_offer_in_many_pieces_is_read_whole(opened, sofie):
    """W3: a session description longer than one TCP segment, and the limit counts all of it."""

    async def pieces(size: int) -> AsyncIterator[bytes]:
        for _ in range(0, size, 1024):
            yield b"a" * 1024

    for size, error in ((64 * 1024, "media-away"), (65 * 1024, "offer-too-large")):
        answer = await sofie.post("/calling/offer", data=pieces(size), headers=SDP)
        assert (await answer.json())["error"] == error


async def test_an_offer_that_is_no_offer_is_malformed(opened, sofie):
    answer = await sofie.post(
        "/calling/offer", data={"sdp": "v=0"}, headers={"Accept": "application/json"}
    )
    assert (answer.status, (await answer.json())["error"]) == (400, "invalid")


async def test_leaving_twice_and_without_a_session_is_leaving(opened, sofie, stranger):
    """P8: the way out never fails."""
    for browser in (sofie, sofie, stranger):
        answer = await browser.post("/calling/leave", allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/arriving/gone")
    assert (await sofie.get("/calling/leave")).status == 405


async def test_the_way_out_names_nobody(opened, sofie):
    page = await (await sofie.get("/arriving/gone")).text()
    assert [name for name in (*CANARIES, "Mette") if name in page] == []


async def test_anybody_with_a_session_may_try_and_nobody_else(opened, sofie, aya, mette, holms,
                                                              stranger):  # fmt: skip
    """P11: the trial call is for everyone who has something to come to."""
    for browser in (sofie, aya, mette, holms):
        assert (await browser.get("/trying")).status == 200
    assert (await stranger.get("/trying")).status == 404
    assert (await stranger.post("/trying/offer", data="v=0", headers=SDP)).status == 404


async def test_a_device_is_kept_only_where_it_was_let_in_and_is_ones_own(opened, sofie, database,
                                                                         clock):  # fmt: skip
    """U8: the note does not open later on a phone somebody lent."""
    assert "Set-Cookie" not in (await sofie.post("/calling/keep")).headers
    async with database.begin() as db:
        await store_admission(db, opened.sofies_seat, clock.now(), device="borrowed")
    assert (await sofie.post("/calling/keep")).status == 202  # its cookie changes first (L10)
    assert "Set-Cookie" not in (await sofie.post("/calling/keep")).headers
    await sofie.post("/arriving/answers", data={"question": "device", "answer": "own"})
    answer = await sofie.post("/calling/keep")
    assert answer.status == 204
    assert "HttpOnly" in answer.headers["Set-Cookie"]
