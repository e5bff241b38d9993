"""What every young person is told before a meeting, whatever their age: the right to a bisidder,
and that something is written down."""

import pytest

from server.domain.ages import Band, band
from server.domain.questions import asked
from server.domain.roles import Role
from server.store.tables import YoungPerson
from tests.http.arriving.test_answers import NOT_ALL, said, say
from tests.lines import FINE

AGES = (8, 11, 15, 19)


@pytest.fixture
async def of_age(database, cast, years):
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = years
    return band(years)


@pytest.mark.parametrize("years", AGES)
async def test_every_invitation_offers_a_bisidder_and_minds_change(of_age, sofie, database, cast):
    """S19: the right is told, somebody to find one is offered with a number that helps, and the
    answer may be another one until the start and after it."""
    page = await (await sofie.get("/arriving/questions/bisidder")).text()
    for answer in ("know_who", "find_one", "no_thanks", "maybe_later"):
        assert f'value="{answer}"' in page
    assert (await say(sofie, "bisidder", "no_thanks")).status == 303
    assert (await say(sofie, "bisidder", "find_one")).status == 303
    effect = await (await sofie.get("/arriving/effects/bisidder")).text()
    assert "116 111" in effect
    assert [a for _, a in await said(database, cast.sofies_seat)] == ["no_thanks", "find_one"]


@pytest.mark.parametrize("years", AGES)
async def test_what_one_has_a_right_to_is_a_press_from_every_page(of_age, sofie, aya, years):
    """C24: read, correct, somebody at one's side, complain, and who helps with it; S20: the numbers
    of an emergency as well. Nobody else has the page."""
    for path in (
        "/arriving",
        "/arriving/questions/way",
        "/arriving/another-way",
        "/arriving/ready",
    ):
        assert 'href="/arriving/rights"' in await (await sofie.get(path)).text(), path
        assert "/arriving/rights" not in await (await aya.get(path)).text(), path
    page = await (await sofie.get("/arriving/rights")).text()
    assert [number for number in ("12 34 56 78", "116 111", "112") if number not in page] == []
    assert ("Datatilsynet" in page) == (years > 9)
    assert (await aya.get("/arriving/rights")).status == 404
    assert (await sofie.post("/arriving/rights")).status == 405


@pytest.mark.parametrize("years", AGES)
async def test_nobody_knocks_before_hearing_that_it_is_written_down(of_age, sofie, database, cast):
    """S23: who writes, that one may read it and who else may, in words for each age and for
    everybody; more of it for whoever asks; and the answer is kept."""
    page = await (await sofie.get("/arriving/questions/written")).text()
    assert "Mette skriver" in page
    if of_age != Band.SIX:
        assert "Dine forældre" in page
        assert "ommunen" in page
        assert "Det bliver ikke sendt til" in page
    assert "Lene" not in page  # a bare link names no home (P6)
    for question in asked(Role.YOUNG_PERSON, of_age):
        if question.id not in ("written", "topics"):
            await say(sofie, question.id, FINE[question.id])
    await say(sofie, "topics", "", **{"topic-school": "yes"})
    assert NOT_ALL in await (await sofie.get("/arriving/ready")).text()
    await say(sofie, "written", "tell_me")
    told = await (await sofie.get("/arriving/effects/written")).text()
    assert ("hos kommunen" if of_age == Band.SIX else "i din sag hos kommunen") in told
    assert NOT_ALL not in await (await sofie.get("/arriving/ready")).text()
    assert ("written", "tell_me") in await said(database, cast.sofies_seat)
    if of_age == Band.SIX:  # one thing at a time: the youngest hear of parents after either answer
        assert "Dine forældre" in told
        await say(sofie, "written", "fine")
        assert "Dine forældre" in await (await sofie.get("/arriving/effects/written")).text()
