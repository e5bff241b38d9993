"""The municipality's own plan stands where it is needed: beside a concern and beside a lock (domain
pack 9, row 9). It is a link for caseworkers; no page fetches anything from it (P7)."""

from dataclasses import replace

import pytest

PLAN = "https://nordby.example/beredskab"
JSON = {"Accept": "application/json"}


@pytest.fixture
def settings(settings):
    return replace(settings, plan_url=PLAN)


@pytest.fixture
async def path(cast, mette) -> str:
    """The concern that is tagged in Mette's note."""
    note = f"/meetings/{cast.meeting}"
    sent = {"section": "own_words", "text": "Jonas slår mig.", "said_by": "Sofie"}
    item = (await (await mette.post(f"{note}/items", data=sent, headers=JSON)).json())["item"]
    await mette.post(f"{note}/items/{item}/tag", data={"tag": "concern"}, headers=JSON)
    return f"{note}/requests"


async def test_it_is_a_press_away_from_a_concern_and_from_a_lock(path, mette, cast):
    page = await (await mette.get(path)).text()
    assert f'<a href="{PLAN}" rel="noreferrer">Kommunens beredskab</a>' in page
    assert f"/meetings/{cast.meeting}/note#lock" in page
    note = f"/meetings/{cast.meeting}/note"
    assert PLAN not in await (await mette.get(note)).text()
    await mette.post(f"{note}/locked")
    assert PLAN in await (await mette.get(note)).text()


async def test_nobody_but_caseworkers_meets_it(path, sofie, holms, stranger):
    for browser, address in ((sofie, "/arriving"), (holms, "/home"), (stranger, "/signing-in")):
        assert PLAN not in await (await browser.get(address)).text()
