"""A concern is assessed by two, and the young person hears what happens (domain pack 5.6)."""

import re

import pytest
from sqlalchemy import select

from server.store.during_tables import Request
from server.store.passing_tables import Seconded
from server.store.tables import Trail

JSON = {"Accept": "application/json"}
TOLD = "Jeg taler med en mere om det nu, og jeg ringer til dig i morgen kl. 15."


@pytest.fixture
async def path(cast, mette) -> str:
    """The concern that is tagged in Mette's note."""
    note = f"/meetings/{cast.meeting}"
    sent = {"section": "own_words", "text": "Jonas slår mig.", "said_by": "Sofie"}
    answer = await mette.post(f"{note}/items", data=sent, headers=JSON)
    item = (await answer.json())["item"]
    await mette.post(f"{note}/items/{item}/tag", data={"tag": "concern"}, headers=JSON)
    return f"{note}/requests"


async def code_of(browser) -> str:
    page = await (await browser.post("/account/unlocking")).text()
    (digits,) = re.findall(r'said-code__digits">([\d ]+)<', page)
    return digits


async def concern(database) -> Request:
    async with database.read() as db:
        return (await db.scalars(select(Request))).one()


async def test_it_is_assessed_by_two_and_the_young_person_hears_what_happens(
    path, mette, jens, cast, database, clock
):
    """D10, domain pack 9 row 8: with the colleague's name and hour; then it can be done with."""
    page = await (await mette.get(path)).text()
    assert "En underretning vurderes af to." in page
    assert "Det, der skulle gøres" not in page
    sent = {"told-1": TOLD, "code-1": await code_of(jens)}
    page = await (await mette.post(f"{path}/1/assessed", data=sent)).text()
    assert "Vurderet sammen med Jens Toft, onsdag den 25. november kl. 13.00." in page
    assert TOLD in page
    async with database.read() as db:
        row = (await db.scalars(select(Seconded))).one()
        deeds = {(one.deed, one.who) for one in await db.scalars(select(Trail))}
    assert (row.subject, row.second_id, row.at) == (1, cast.jens, clock.now())
    assert ("second-concern", f"account:{cast.jens}") in deeds
    assert ("assess-concern", f"account:{cast.mette}") in deeds
    await mette.post(f"{path}/1/answered", data={"done": "yes"})
    assert (await concern(database)).done_at is not None
    assert f"Sagt til Sofie: {TOLD}" in await (await mette.get(path)).text()


async def test_alone_it_is_neither_assessed_nor_done_with(path, mette, jens, database):
    """And nothing that was typed is lost (P10)."""
    own = await code_of(mette)
    for code in ("", "000000", own):
        answer = await mette.post(f"{path}/1/assessed", data={"told-1": TOLD, "code-1": code})
        page = await answer.text()
        assert answer.status == 400
        assert 'id="code-1-error"' in page
        assert TOLD in page
        assert "Jonas slår mig." in page
    answer = await mette.post(f"{path}/1/answered", data={"done": "yes"}, headers=JSON)
    assert (answer.status, (await answer.json())["error"]) == (409, "concern-takes-two")
    row = await concern(database)
    assert (row.told, row.done_at) == ("", None)


@pytest.mark.parametrize("told", ["", "  ", "x" * 401, "Jeg\u202e ringer"])
async def test_without_what_the_young_person_hears_it_is_not_assessed(
    path, mette, jens, database, told
):
    """And the colleague's code is good for the next try."""
    code = await code_of(jens)
    answer = await mette.post(f"{path}/1/assessed", data={"told-1": told, "code-1": code})
    assert answer.status == 400
    assert 'id="told-1-error"' in await answer.text()
    sent = {"told-1": TOLD, "code-1": code}
    assert (await mette.post(f"{path}/1/assessed", data=sent, allow_redirects=False)).status == 303


async def test_the_words_can_be_put_better_afterwards(path, mette, jens, database):
    await mette.post(f"{path}/1/assessed", data={"told-1": TOLD, "code-1": await code_of(jens)})
    await mette.post(f"{path}/1/assessed", data={"told-1": "Andre ord"})
    assert (await concern(database)).told == "Andre ord"
    async with database.read() as db:
        assert len((await db.scalars(select(Seconded))).all()) == 1


async def test_a_request_is_no_concern_and_nobody_elses_is_ones_own(
    path, mette, jens, sofie, holms, stranger, cast, database
):
    """V8.2.2: with a good code in the hand."""
    await mette.post(path, data={"words": "Jeg vil hjem"})
    sent = {"told-2": TOLD, "code-2": await code_of(jens)}
    assert (await mette.post(f"{path}/2/assessed", data=sent)).status == 404
    sent = {"told-1": TOLD, "code-1": await code_of(mette)}
    assert (await jens.post(f"{path}/1/assessed", data=sent)).status == 404
    for nobody in (sofie, holms, stranger):
        answer = await nobody.post(f"{path}/1/assessed", data=sent, allow_redirects=False)
        assert (answer.status, answer.headers["Location"]) == (303, "/signing-in")
    async with database.read() as db:
        assert [row.told for row in await db.scalars(select(Request))] == ["", ""]


async def test_what_is_told_stands_on_no_screen_of_hers(path, mette, jens, sofie, cast, database):
    """Whom it is about could be reading along; it is said."""
    await mette.post(f"{path}/1/assessed", data={"told-1": TOLD, "code-1": await code_of(jens)})
    for page in ("/arriving/asked-for", "/choosing", "/choosing/written", "/arriving"):
        assert "ringer til dig i morgen" not in await (await sofie.get(page)).text()
