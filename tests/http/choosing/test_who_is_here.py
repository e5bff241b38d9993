"""Before a child of six to nine reads their note it is asked whether an adult helps (H3)."""

import pytest

from server.store.tables import YoungPerson
from tests import notes
from tests.factories import store_admission
from tests.notes import ON


@pytest.fixture
async def note(after_the_meeting, database, clock):
    """Mette's note about a child of eight, ready to be read."""
    cast = after_the_meeting
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
        begun = await notes.begin(db, cast, clock.now(), database)
    await begun.write(ON, clock.now())
    await begun.ready(clock.now())


@pytest.fixture
async def sofie_of_eight(note, sofie, cast, database, clock):
    """On the device the host let in, which she called her own."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    return sofie


async def step(browser, name: str) -> str:
    answer = await browser.post("/arriving/help", data={"help": name}, allow_redirects=False)
    return answer.headers["Location"]


async def test_nothing_of_the_note_is_shown_before(sofie_of_eight):
    """H3: who sits beside the screen may be others than in the talk."""
    for path in ("/choosing", "/choosing/1", "/choosing/preview"):
        answer = await sofie_of_eight.get(path, allow_redirects=False)
        assert (answer.status, answer.headers.get("Location")) == (303, "/arriving/help"), path
    assert "Hjælper en voksen dig nu?" in await (await sofie_of_eight.get("/arriving/help")).text()


async def test_while_an_adult_helps_nothing_is_shown_and_no_choice_is_taken(sofie_of_eight):
    """P4, H3: until the child says that it is only them."""
    for name in ("helped", "going"):
        assert await step(sofie_of_eight, name) == "/arriving/help"
        no = {"revision": "1", "choice": "not_to_home"}
        assert (await sofie_of_eight.post("/choosing/1", data=no)).status == 409
        answer = await sofie_of_eight.get("/choosing", allow_redirects=False)
        assert answer.headers["Location"] == "/arriving/help"
    await step(sofie_of_eight, "gone")
    assert 'href="/choosing"' in await (await sofie_of_eight.get("/arriving/help")).text()
    assert (await sofie_of_eight.get("/choosing", allow_redirects=False)).status == 200


async def test_a_child_who_is_alone_goes_straight_on(sofie_of_eight):
    assert await step(sofie_of_eight, "alone") == "/choosing"
    assert ON in await (await sofie_of_eight.get("/choosing/1")).text()


async def test_from_ten_on_nobody_is_asked(sofie_of_eight, cast, database):
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 10
    assert (await sofie_of_eight.get("/choosing", allow_redirects=False)).status == 200
