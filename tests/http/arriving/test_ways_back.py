"""No page of a guest's is a dead end: from the trial call and from having left, there is a way."""

from server.store.tables import Meeting
from tests.factories import store_admission


async def test_who_left_the_call_by_mistake_goes_straight_back_to_it(sofie, cast, database, clock):
    """P8: leaving is one tap, and so is coming back; the page names nobody."""
    assert 'href="/arriving"' in await (await sofie.get("/arriving/gone")).text()
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    page = await (await sofie.get("/arriving/gone")).text()
    assert 'href="/calling"' in page
    for name in ("Sofie", "Mette", "Lene"):
        assert name not in page


async def test_nobody_is_offered_to_come_back_to_a_meeting_that_is_over(
    sofie, cast, database, clock
):
    """P12: once the note is there, the link opens it."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
        (await db.get_one(Meeting, cast.meeting)).finished_at = clock.now()
    assert "igen" not in await (await sofie.get("/arriving/gone")).text()
    async with database.begin() as db:
        (await db.get_one(Meeting, cast.meeting)).note_ready_at = clock.now()
    assert "Åbn linket igen" in await (await sofie.get("/arriving/gone")).text()


async def test_who_never_had_a_link_is_shown_none_to_go_back_by(stranger):
    page = await (await stranger.get("/arriving/gone")).text()
    assert "/calling" not in page
    assert 'href="/arriving"' not in page


async def test_the_trial_call_leads_back_to_where_one_came_from(sofie, aya, mette):
    """P3, P8, P12: a guest's trial call has the sill as every other screen."""
    for browser, back, sill in ((sofie, "/arriving", True), (aya, "/arriving", True),
                                (mette, "/", False)):  # fmt: skip
        page = await (await browser.get("/trying")).text()
        assert f'<a class="text-action" href="{back}">' in page
        assert ("/arriving/another-way" in page) == sill
        assert ('action="/calling/leave"' in page) == sill
