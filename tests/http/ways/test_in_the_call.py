"""Another time and another place, picked in the middle of a talk."""

import pytest

TIMES = {"day-1": "2026-11-26", "clock-1": "16:00", "place-club": "yes"}


@pytest.fixture
def opened(cast, clock):
    """The cast, when one may knock. Ask for it before any browser."""
    clock.move(minutes=35)
    return cast


async def text(browser, path: str) -> str:
    answer = await browser.get(path)
    assert answer.status == 200, path
    return await answer.text()


async def test_the_calls_own_page_lists_the_same_times_and_places(opened, sofie, aya, mette):
    """P3: "en anden tid" in the middle of a talk has something to pick from, and a bisidder is
    offered nothing."""
    await mette.post(f"/meetings/{opened.meeting}/ways", data=TIMES)
    page = await text(sofie, "/calling")
    assert page.count("Torsdag den 26. november kl. 16.00") == 1
    assert "Mette kan de her tider. Vælger du en, stopper I nu og mødes så i stedet." in page
    assert "Mette kan de her steder." in page
    hers = await text(aya, "/calling")
    assert "kl. 16.00" not in hers
    assert "data-options" not in hers


async def test_with_nothing_on_offer_there_is_no_empty_list(opened, sofie):
    assert "data-options" not in await text(sofie, "/calling")
