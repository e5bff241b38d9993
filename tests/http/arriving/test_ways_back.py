"""No page is a dead end: there is a way back to where one came from."""

import pytest

from tests.http.arriving.test_answers import say
from tests.lines import store_answers

BETWEEN = ("/arriving/rights", "/arriving/another-way", "/trying")


async def test_the_trial_call_leads_back_to_where_one_came_from(sofie, aya, mette):
    """P3, P8, P12: a guest's trial call has the sill as every other screen."""
    for browser, back, sill in ((sofie, "/arriving", True), (aya, "/arriving", True),
                                (mette, "/", False)):  # fmt: skip
        page = await (await browser.get("/trying")).text()
        assert f'<a class="text-action" href="{back}">' in page
        assert ("/arriving/another-way" in page) == sill
        assert ('action="/calling/leave"' in page) == sill


@pytest.mark.parametrize("path", BETWEEN)
async def test_a_page_between_leads_back_to_the_question_one_was_at(sofie, path):
    """P3: to look at one's rights or at another way does not begin everything anew."""

    async def back():
        page = await (await sofie.get(path)).text()
        return page.split('<a class="text-action" href="')[1].split('"')[0]

    assert await back() == "/arriving"
    await say(sofie, "another_way", "time")
    assert await back() == "/arriving"  # she is still at the letter
    await say(sofie, "way", "video")
    assert await back() == "/arriving/next"
    answer = await sofie.get("/arriving/next", allow_redirects=False)
    assert answer.headers["Location"] == "/arriving/questions/heard"


async def test_where_something_failed_there_is_a_way_back(sofie, stranger):
    """P12: whoever has a living link goes on; nobody else is led anywhere."""
    nothing = {"question": "nothing"}
    page = await (await sofie.post("/arriving/answers", data=nothing)).text()
    assert '<a class="text-action" href="/arriving">' in page
    page = await (await stranger.post("/arriving/answers", data=nothing)).text()
    assert "text-action" not in page


async def test_a_page_that_was_left_alone_says_that_the_link_still_opens(sofie, stranger, clock):
    """P11, P12: nobody is sent to the telephone for a new link where the old one does."""
    clock.move(minutes=16)
    page = await (await sofie.get("/arriving/ready")).text()
    assert "Åbn linket igen, så kan du gå videre." in page
    assert "får du et nyt" not in page
    told = {"Accept": "application/json"}
    for browser, error in ((sofie, "session-over"), (stranger, "link-unknown")):
        assert (await (await browser.get("/arriving", headers=told)).json())["error"] == error
    sofie.session.cookie_jar.update_cookies({"closed": "told"}, sofie.make_url("/"))
    page = await (await sofie.post("/arriving/answers", data={"question": "way"})).text()
    assert "Åbn linket igen" not in page  # nothing on a browser that was left says what it was for


@pytest.mark.parametrize(("minutes", "looks"), [(10, None), (24, 6 * 60), (31, None)])
async def test_who_is_early_and_waits_sees_the_door_open(
    as_kind, cast, clock, database, minutes, looks
):
    """P11: the page looks again by itself, where its session lasts until then."""
    clock.move(minutes=minutes)
    sofie = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        await store_answers(db, cast.sofies_seat, clock)
    page = await (await sofie.get("/arriving/ready")).text()
    assert ("<look-again" in page) == (looks is not None)
    assert looks is None or f'data-in="{looks}"' in page
