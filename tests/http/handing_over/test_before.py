"""What the home answers before a talk it was told of, and who reads it (H1 to H7, P4)."""

from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server.store.home_tables import HomeReply
from server.store.tables import ToldTime

ANSWERS = {
    "room": "no", "others": "yes", "help": "yes", "help_name": "Karl", "afterwards_name": "Lene",
    "no_questions": "yes", "own_talk": "yes",
}  # fmt: skip


async def replies(database) -> list[tuple[str, str, str]]:
    async with database.read() as db:
        rows = await db.scalars(select(HomeReply).order_by(HomeReply.id))
        return [(row.question, row.answer, row.name) for row in rows]


async def test_the_caseworker_reads_it_with_what_there_is_to_do(holms, mette, cast, database):
    """S40, S41, H1: no room leads to another place; H7: a talk of its own, not inside this one."""
    sent = await holms.post("/home/before", data=ANSWERS, allow_redirects=False)
    assert (sent.status, sent.headers["Location"]) == (303, "/home/sent")
    await holms.post("/home/before", data=ANSWERS)  # twice is once
    assert len(await replies(database)) == 6
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    for words in (
        "Hjemmet har svaret", "Nej, ikke på det tidspunkt", "og går så igen: Karl", "Lene",
        "Foreslå et andet sted eller en anden tid.", "Aftal en samtale for sig",
    ):  # fmt: skip
        assert words in page
    await holms.post("/home/before", data={"room": "yes"})
    page = await (await mette.get(f"/meetings/{cast.meeting}")).text()
    assert "Foreslå et andet sted" not in page


async def test_how_to_help_afterwards_stands_beside_the_question_about_not_asking(holms):
    """H6: shown where it is agreed to, in the words of the home's page."""
    page = await (await holms.get("/home/before")).text()
    order = [page.index(one) for one in ("I med på, at I ikke spørger", "Vær i nærheden.")]
    assert order == sorted(order)
    home = await (await holms.get("/home")).text()
    card = home[home.index('<ul class="dashes">') : home.index("</ul>")]
    assert card in page


async def test_no_page_of_the_homes_shows_a_trace_of_it(holms, database):
    """P4, S43: its pages rest on the told times, and on nothing it said."""
    pages = ("/home", "/home/before")
    before = [await (await holms.get(page)).text() for page in pages]
    await holms.post("/home/before", data=ANSWERS)
    assert [await (await holms.get(page)).text() for page in pages] == before
    assert "<script" not in before[1]
    assert 'type="hidden"' not in before[1]


@pytest.mark.parametrize("case", ["not told", "taken back", "begun"])
async def test_about_a_talk_it_does_not_know_of_it_is_asked_nothing(
    case, holms, cast, database, clock
):
    """Domain pack 5.3: "{hjem} ved ikke, at vi mødes"."""
    told = update(ToldTime).where(ToldTime.placement_id == cast.holms)
    async with database.begin() as db:
        if case == "begun":
            await db.execute(told.values(starts_at=clock.now() - timedelta(minutes=1)))
        else:
            await db.execute(told.values(taken_back_at=clock.now()))
    answer = await holms.get("/home/before", allow_redirects=False)
    assert (answer.status, answer.headers["Location"]) == (303, "/home")
    if case != "begun":
        assert "/home/before" not in await (await holms.get("/home")).text()
    answer = await holms.post("/home/before", data=ANSWERS)
    assert answer.status == 409
    assert await replies(database) == []


async def test_what_cannot_be_used_is_said_and_what_was_typed_is_there(holms, database):
    for form, words in (
        ({}, "Vælg mindst ét svar."),
        ({"room": "maybe", "afterwards_name": "Lene"}, "field__error"),
        ({"help": "yes", "help_name": "x" * 41}, "help_name-error"),
    ):
        answer = await holms.post("/home/before", data=form)
        page = await answer.text()
        assert answer.status == 400
        assert words in page
        assert form.get("afterwards_name", "") in page
    assert await replies(database) == []


async def test_another_home_and_another_caseworker_read_nothing_of_it(
    holms, dahls, jens, sofie, cast
):
    """S42, C15."""
    await holms.post("/home/before", data={"afterwards_name": "Søster Lise"})
    other = f"/meetings/{cast.other_meeting}"
    for browser, path in ((dahls, "/home/before"), (jens, other), (sofie, "/arriving")):
        assert "Søster Lise" not in await (await browser.get(path)).text()
