"""An adult helps a child of eight with the device, says that they go, and is locked out (H3)."""

import pytest

from server.store.tables import YoungPerson
from tests.factories import store_admission
from tests.http.arriving.test_answers import said, say

ADULTS_PART = "Til dig, der hjælper"
HAS_LEFT = "Er den voksne gået?"
WHICH_WAY = "Hvordan vil du snakke?"


@pytest.fixture(autouse=True)
async def _eight_years(cast, database):
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8


async def step(browser, name: str):
    return await browser.post("/arriving/help", data={"help": name}, allow_redirects=False)


async def steps(browser, *names: str) -> None:
    for name in names:
        answer = await step(browser, name)
        assert answer.status == 303, name


async def text_of(browser, path: str) -> str:
    return await (await browser.get(path)).text()


async def leads(browser, path: str) -> str:
    answer = await browser.get(path, allow_redirects=False)
    return answer.headers.get("Location", "") if answer.status == 303 else path


async def test_a_child_is_asked_before_the_first_question_and_once_only(sofie, cast):
    """4.0: the questions are the child's own; whoever holds the screen is told before they come."""
    assert await leads(sofie, "/arriving/next") == "/arriving/help"
    assert "Hjælper en voksen dig nu?" in await text_of(sofie, "/arriving/help")
    answer = await step(sofie, "alone")
    assert answer.headers["Location"] == "/arriving/next"
    assert await leads(sofie, "/arriving/next") == "/arriving/questions/way"


async def test_while_an_adult_helps_every_page_leads_back_to_the_two_of_them(sofie, cast):
    await say(sofie, "heard", "maybe")
    await steps(sofie, "helped")
    page = await text_of(sofie, "/arriving/help")
    assert ADULTS_PART in page
    assert "/trying" in page
    for path in (
        "/arriving", "/arriving/next", "/arriving/questions/heard", "/arriving/effects/heard",
        "/arriving/ready", "/arriving/more", "/arriving/agreed",
    ):  # fmt: skip
        assert await leads(sofie, path) == "/arriving/help", path
    assert (await sofie.get("/trying")).status == 200


async def test_an_answer_of_the_childs_own_is_not_taken_while_an_adult_helps(sofie, cast, database):
    """The server decides: a page kept open, or a script, gets no further than the links."""
    await steps(sofie, "helped")
    answer = await say(sofie, "company", "throughout")
    assert answer.status == 409
    assert "til dig alene" in await answer.text()
    assert "company" not in dict(await said(database, cast.sofies_seat))


async def test_the_neutral_button_works_and_says_what_it_changed_with_an_adult_there(sofie, cast):
    """P3: on every screen, this one too."""
    await steps(sofie, "helped")
    assert (await sofie.get("/arriving/another-way")).status == 200
    answer = await say(sofie, "another_way", "phone")
    assert answer.headers["Location"] == "/arriving/effects/another_way"
    assert "ringer" in await text_of(sofie, "/arriving/effects/another_way")


async def test_it_takes_the_adults_word_and_then_the_childs(sofie, cast, database):
    """The adult's "jeg går nu" alone leads to the child's question, and to nothing else."""
    await steps(sofie, "helped")
    assert (await step(sofie, "gone")).status == 409
    assert (await step(sofie, "alone")).status == 409
    await steps(sofie, "going")
    assert HAS_LEFT in await text_of(sofie, "/arriving/help")
    assert await leads(sofie, "/arriving/questions/way") == "/arriving/help"
    await steps(sofie, "gone", "gone")
    assert "Nu er det kun dig." in await text_of(sofie, "/arriving/help")
    assert WHICH_WAY in await text_of(sofie, "/arriving/next")
    kept = [answer for question, answer in await said(database, cast.sofies_seat)]
    assert kept == ["helped", "going", "gone"]


async def test_an_adult_who_stays_is_waited_for_and_their_caseworker_is_told(sofie, mette, cast):
    """P12: nothing is asked, nobody is blamed, and there is somebody to ring."""
    await steps(sofie, "helped", "going", "stays")
    page = await text_of(sofie, "/arriving/help")
    assert "Det er helt okay." in page
    assert "12 34 56 78" in page
    assert await leads(sofie, "/arriving/questions/way") == "/arriving/help"
    assert "En voksen er der endnu" in await text_of(mette, f"/meetings/{cast.meeting}/brief")
    assert "er der endnu" in await text_of(mette, "/")
    await steps(sofie, "gone")
    assert "er der endnu" not in await text_of(mette, "/")


async def test_what_was_answered_is_not_read_back_where_an_adult_has_helped(sofie, cast, clock):
    """An adult who comes back, by the button or the address, finds questions and no answers."""
    await steps(sofie, "helped", "going", "gone")
    await say(sofie, "company", "throughout")
    assert "Så gør vi sådan" in await text_of(sofie, "/arriving/effects/company")
    clock.move(seconds=5)
    await say(sofie, "heard", "maybe")
    assert await leads(sofie, "/arriving/effects/company") == "/arriving/next"
    page = await text_of(sofie, "/arriving/questions/company")
    assert "picture-answer--chosen" not in page
    assert "Du har svaret før" in page
    ready = await text_of(sofie, "/arriving/ready")
    assert "Måske" not in ready
    assert "bliver ikke vist her" in ready
    clock.move(minutes=3)
    assert await leads(sofie, "/arriving/effects/heard") == "/arriving/next"


async def test_the_same_child_on_a_device_nobody_helped_at_reads_their_own_answers(
    sofie, as_kind, cast
):
    await steps(sofie, "alone")
    await say(sofie, "heard", "maybe")
    assert "picture-answer--chosen" in await text_of(sofie, "/arriving/questions/heard")
    other = await as_kind(seat=cast.sofies_seat)
    await steps(other, "helped")
    assert "picture-answer--chosen" in await text_of(sofie, "/arriving/questions/heard")


async def test_the_admitted_device_does_not_read_back_what_was_answered_where_somebody_helped(
    sofie, as_kind, cast, database, clock
):
    await steps(sofie, "helped", "going", "gone")
    await say(sofie, "heard", "maybe")
    other = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now(), device=None)
    assert "picture-answer--chosen" not in await text_of(other, "/arriving/questions/heard")


async def test_the_caseworker_reads_that_the_child_was_helped_and_is_alone_now(sofie, mette, cast):
    await steps(sofie, "helped", "going", "gone")
    brief = await text_of(mette, f"/meetings/{cast.meeting}/brief")
    assert "Fik hjælp. Den voksne er gået, siger Sofie" in brief


async def test_help_is_not_spoken_of_to_older_young_people_or_to_others(
    sofie, aya, holms, stranger, cast, database
):
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 11
    for browser in (sofie, aya, holms, stranger):
        assert (await browser.get("/arriving/help")).status == 404
        assert (await step(browser, "helped")).status == 404
    assert await leads(sofie, "/arriving/next") == "/arriving/questions/way"


@pytest.mark.parametrize("wrong", ["", "gone!", "GONE", "helped going"])
async def test_a_step_that_is_none_is_refused_in_words(sofie, cast, wrong):
    assert (await step(sofie, wrong)).status == 400


async def test_a_step_after_the_meeting_is_too_late(sofie, cast, clock, as_kind):
    clock.move(hours=5)
    late = await as_kind(seat=cast.sofies_seat)
    assert (await step(late, "helped")).status in (404, 409)
