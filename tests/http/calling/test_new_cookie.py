"""Let in: the browser's cookie changes, and whoever had copied the one before is out (L10)."""

import pytest

from tests.factories import store_admission

OLD = "guest"


@pytest.fixture
def opened(cast, clock):
    """The cast, when one may knock. Ask for it before any browser."""
    clock.move(minutes=35)
    return cast


def cookie_of(browser) -> str:
    return {c.key: c.value for c in browser.session.cookie_jar}[OLD]


def copied(browser, cookie: str):
    browser.session.cookie_jar.update_cookies({OLD: cookie}, browser.make_url("/"))
    return browser


@pytest.fixture
async def let_in(opened, sofie, database, clock):
    async with database.begin() as db:
        await store_admission(db, opened.sofies_seat, clock.now())
    return sofie


async def test_a_copied_cookie_is_dead_once_the_new_one_was_used(let_in, stranger):
    before = cookie_of(let_in)
    thief = copied(stranger, before)
    assert (await thief.get("/calling")).status == 200
    asked = await let_in.post("/calling/keep")
    assert asked.status == 202
    assert "HttpOnly" in asked.headers["Set-Cookie"]
    assert "SameSite=Strict" in asked.headers["Set-Cookie"]
    assert cookie_of(let_in) != before
    assert (await let_in.post("/calling/keep")).status == 204
    assert (await let_in.get("/calling")).status == 200
    for path in ("/calling", "/arriving", "/choosing"):
        assert (await thief.get(path)).status == 404, path
    assert (await thief.post("/calling/keep")).status == 404


async def test_an_answer_that_never_came_locks_nobody_out(let_in):
    """P11, R1: her line drops before the new cookie is here; the old one goes on, and it is
    offered again."""
    before = cookie_of(let_in)
    for _ in range(3):
        assert (await let_in.post("/calling/keep")).status == 202
        copied(let_in, before)  # as if nothing had come
        assert (await let_in.get("/calling")).status == 200


async def test_looking_with_the_new_one_is_using_it(let_in, stranger):
    """Also by a GET, such as the line's: closing is not put off until something is sent."""
    thief = copied(stranger, cookie_of(let_in))
    await let_in.post("/calling/keep")
    assert (await let_in.get("/calling")).status == 200
    assert (await thief.get("/calling")).status == 404


async def test_it_changes_for_a_bisidder_too_and_keeps_no_device(opened, aya, database, clock):
    async with database.begin() as db:
        await store_admission(db, opened.ayas_seat, clock.now())
    assert (await aya.post("/calling/keep")).status == 202
    answer = await aya.post("/calling/keep")
    assert (answer.status, "Set-Cookie" in answer.headers) == (204, False)


async def test_nobody_not_let_in_gets_another_one(opened, sofie, holms, mette, stranger):
    """Wrong person, and too early."""
    before = cookie_of(sofie)
    answer = await sofie.post("/calling/keep")
    assert (answer.status, cookie_of(sofie)) == (204, before)
    for browser in (holms, mette, stranger):
        assert (await browser.post("/calling/keep")).status == 404
    assert (await sofie.get("/calling/keep")).status == 405


async def test_after_leave_now_typed_cookies_open_nothing(let_in, stranger, browser):
    """L18: the session is over on the server, whatever somebody types into a browser; also the
    cookie that was on its way."""
    before = cookie_of(let_in)
    await let_in.post("/calling/keep")
    after = cookie_of(let_in)
    await let_in.post("/calling/leave", allow_redirects=False)
    for cookie in (before, after):
        thief = copied(browser(), cookie)
        for path in ("/calling", "/arriving", "/choosing", "/trying"):
            assert (await thief.get(path)).status == 404, path
        assert (await thief.post("/arriving/answers", data={"question": "way"})).status == 404
        assert (await thief.post("/calling/keep")).status == 404
