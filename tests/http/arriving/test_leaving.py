"""Gå nu, as the server keeps it: the session is over, and the way back in is the link."""

import pytest

from server import keys
from server.domain import links
from server.domain.links import LinkKind
from server.services import sessions
from server.store.tables import Seat, Session, Visit
from tests.factories import store_admission

PAGES = ("/arriving", "/arriving/next", "/arriving/ready", "/arriving/another-way", "/calling",
         "/arriving/questions/way", "/choosing", "/trying")  # fmt: skip
BEACON = {"Sec-Fetch-Mode": "no-cors"}


@pytest.fixture
def opened(cast, clock):
    """The cast, when one may knock. Ask for it before any browser."""
    clock.move(minutes=35)
    return cast


def cookies(browser):
    return {cookie.key: cookie.value for cookie in browser.session.cookie_jar}


async def test_leaving_ends_the_session_with_the_visit(opened, sofie, database, clock):
    """P8, L18: at the server, for this browser alone; the link is not used up (L4)."""
    async with database.begin() as db:
        session = await store_admission(db, opened.sofies_seat, clock.now())
    held = cookies(sofie)["guest"]
    answer = await sofie.post("/calling/leave", headers=BEACON)
    assert (answer.status, answer.headers["Clear-Site-Data"]) == (204, '"cache"')
    async with database.read() as db:
        assert (await db.get_one(Session, session)).ended_at is not None
        assert await sessions.find(db, sessions.Kind.GUEST, held, now=clock.now()) is None
        visit = (await db.get_one(Visit, 1)).left_at
    assert visit is not None
    assert cookies(sofie) == {"closed": "told", "guest": held}  # of a session that is over


async def test_back_and_forward_find_the_blank_faced_page(opened, sofie, stranger):
    """L18, L20: every page this browser had been on; a browser that never had one is told apart
    by nothing else."""
    await sofie.post("/calling/leave")
    for path in PAGES:
        answer = await sofie.get(path, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/arriving/gone"), path
        assert (await stranger.get(path, allow_redirects=False)).status == 404, path
    assert (await sofie.post("/arriving/answers", data={"question": "way"})).status == 404
    assert (await sofie.get("/line", headers={"Sec-Fetch-Mode": "websocket"})).status == 404


async def test_who_left_without_the_network_finds_no_way_back_either(
    opened, sofie, database, clock
):
    """P8, L18: the mark is the browser's own; the session lasts until its time is up, or until
    the browser can say so."""
    sofie.session.cookie_jar.update_cookies({"closed": "1"}, sofie.make_url("/"))
    for path in PAGES:
        answer = await sofie.get(path, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/arriving/gone"), path
    held = cookies(sofie)["guest"]
    await sofie.post("/calling/leave", headers=BEACON)
    async with database.read() as db:
        assert await sessions.find(db, sessions.Kind.GUEST, held, now=clock.now()) is None


async def test_the_link_opens_again_after_leaving(app, opened, sofie, database):
    """P8: leaving is never held against anybody; the mark goes with the first swap."""
    await sofie.post("/calling/leave")
    async with database.read() as db:
        seat = await db.get_one(Seat, opened.sofies_seat)
    token = links.token(app[keys.LINK_KEY], LinkKind.SEAT, seat.handle, seat.generation)
    assert (await sofie.post("/arriving/swap", data={"token": token})).status == 200
    assert "closed" not in cookies(sofie)
    assert (await sofie.get("/arriving", allow_redirects=False)).status == 200


async def test_an_answer_that_comes_late_takes_nothing_from_who_opened_the_link_anew(
    app, opened, sofie, browser, database
):
    """P8: on a slow server the answer to Gå nu may come after the link was opened again."""
    held = cookies(sofie)["guest"]
    beacon = browser()
    beacon.session.cookie_jar.update_cookies({"guest": held}, beacon.make_url("/"))
    sofie.session.cookie_jar.update_cookies({"closed": "1"}, sofie.make_url("/"))  # its own mark
    async with database.read() as db:
        seat = await db.get_one(Seat, opened.sofies_seat)
    token = links.token(app[keys.LINK_KEY], LinkKind.SEAT, seat.handle, seat.generation)
    assert (await sofie.post("/arriving/swap", data={"token": token})).status == 200
    late = await beacon.post("/calling/leave", headers=BEACON)
    sofie.session.cookie_jar.update_cookies(late.cookies, sofie.make_url("/"))
    assert "closed" in cookies(sofie)
    answer = await sofie.get("/arriving", allow_redirects=False)
    assert (answer.status, "closed" in cookies(sofie)) == (200, False)
    # What was left stays shut all the same.
    before = browser()
    before.session.cookie_jar.update_cookies({"guest": held}, before.make_url("/"))
    assert (await before.get("/arriving", allow_redirects=False)).status == 404


async def test_who_left_without_script_keeps_no_cookie_of_the_session(opened, sofie):
    """L18: the page that answers is the next one, so nothing can come between."""
    answer = await sofie.post("/calling/leave", allow_redirects=False)
    assert answer.headers["Location"] == "/arriving/gone"
    assert cookies(sofie) == {"closed": "told"}


async def test_the_page_after_leaving_is_the_same_for_everybody(opened, sofie, aya, stranger):
    """P6, L19: it names nobody, says nothing of a meeting, and what leaving cannot do."""
    before = await (await sofie.get("/arriving/gone")).text()
    await sofie.post("/calling/leave")
    pages = {before} | {
        await (await who.get("/arriving/gone")).text() for who in (sofie, aya, stranger)
    }
    assert len(pages) == 1
    page = pages.pop()
    assert [name for name in ("Sofie", "Mette", "Lene", "Aya", "møde") if name in page] == []
    assert "browserens historik" in page
    assert "skifter app" in page
