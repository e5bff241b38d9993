"""What the young person asked for, read by them: in their words, and by when there is an answer."""

import pytest

from server.services import note_copy
from server.store.tables import YoungPerson
from tests.conftest import NOON
from tests.factories import store_admission

PAGE = "/arriving/asked-for"
WORDS = "Jeg vil ikke se ham mere"
ANSWER = "Nej, ikke endnu. Du ser ham kun, når jeg er med. Vi taler om det igen på fredag."


async def asked(mette, cast) -> None:
    await mette.post(f"/meetings/{cast.meeting}/requests", data={"words": WORDS})


async def test_they_read_it_in_their_own_words_with_a_day_and_then_the_answer(
    sofie, mette, cast, database, clock
):
    """D12, S14: every wish has an answer that is seen, or a day by which there is one."""
    await asked(mette, cast)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    assert PAGE in await (await sofie.get("/arriving")).text()
    page = await (await sofie.get(PAGE)).text()
    assert WORDS in page
    assert "Du sagde det onsdag den 25. november" in page
    assert "Mette svarer dig senest onsdag den 9. december." in page
    answered = f"/meetings/{cast.meeting}/requests/1/answered"
    await mette.post(answered, data={"done": "yes", "told-1": ANSWER})
    page = await (await sofie.get(PAGE)).text()
    assert "Du fik svar onsdag den 25. november." in page
    assert ANSWER in page
    await mette.post(answered, data={"done": "no"})
    assert ANSWER not in await (await sofie.get(PAGE)).text()  # not answered after all


async def test_an_answer_without_words_is_none(mette, cast, database):
    """S14, C20: yes, no because, or later; what was typed stays in its field."""
    await asked(mette, cast)
    path = f"/meetings/{cast.meeting}/requests"
    for told in ("", " ", "x" * 401):
        answer = await mette.post(f"{path}/1/answered", data={"done": "yes", "told-1": told})
        page = await answer.text()
        assert answer.status == 400
        assert 'id="told-1-error"' in page
        assert told.strip() in page
    assert "Besvaret" not in await (await mette.get(path)).text()
    await mette.post(f"{path}/1/answered", data={"done": "yes", "told-1": ANSWER})
    assert f"Svaret: {ANSWER}" in await (await mette.get(path)).text()
    async with database.read() as db:
        made = await note_copy.of(db, cast.meeting, NOON)
    assert [one.answer for one in made.requests] == [ANSWER]


async def test_it_is_there_on_the_page_of_afterwards_and_before_any_words(
    sofie, mette, cast, database, clock
):
    await mette.post(f"/meetings/{cast.meeting}/requests")
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    assert PAGE in await (await sofie.get("/arriving/after")).text()
    assert "Mette skriver dine ord her." in await (await sofie.get(PAGE)).text()


async def test_nobody_else_reads_it_nor_a_copy_of_the_link(
    sofie, aya, holms, stranger, as_kind, mette, cast, database, clock
):
    """P4, P6: not a bare link, not the bisidder, not the home; the letter does not offer it."""
    await asked(mette, cast)
    await aya.get("/arriving")
    async with database.begin() as db:
        await store_admission(db, cast.ayas_seat, clock.now(), device=None)
    mikkel = await as_kind(seat=cast.mikkels_seat)
    async with database.begin() as db:
        await store_admission(db, cast.mikkels_seat, clock.now())
    for browser in (sofie, aya, holms, stranger, mikkel):
        answer = await browser.get(PAGE)
        assert answer.status == 404
        assert WORDS not in await answer.text()
        assert PAGE not in await (await browser.get("/arriving")).text()


@pytest.mark.parametrize("device", ["borrowed", "others_read", "unsure"])
async def test_it_is_not_read_on_a_device_they_said_is_not_their_own(
    sofie, mette, cast, database, clock, device
):
    """U8, P4: it lies in the kitchen afterwards, with the page still there."""
    await asked(mette, cast)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now(), device=device)
    answer = await sofie.get(PAGE)
    assert (answer.status, WORDS in await answer.text()) == (404, False)
    for page in ("/arriving", "/arriving/after"):
        assert PAGE not in await (await sofie.get(page)).text()


async def test_it_is_not_read_where_an_adult_has_helped(sofie, mette, cast, database, clock):
    """What is the child's own stays so on a device somebody came back to."""
    await asked(mette, cast)
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
        await store_admission(db, cast.sofies_seat, clock.now(), device=None)
    assert (await sofie.get(PAGE)).status == 200
    for step in ("helped", "going", "gone"):
        await sofie.post("/arriving/help", data={"help": step})
    assert (await sofie.get(PAGE)).status == 404
    assert PAGE not in await (await sofie.get("/arriving")).text()


async def test_a_concern_is_none_of_their_requests(sofie, mette, cast, database, clock):
    """Whom it is about could be reading along on the same device (domain pack 5.6)."""
    sent = {"text": "Du blev slået i weekenden."}
    accept = {"Accept": "application/json"}
    kept = await mette.post(f"/meetings/{cast.meeting}/items", data=sent, headers=accept)
    item = (await kept.json())["item"]
    await mette.post(f"/meetings/{cast.meeting}/items/{item}/tag", data={"tag": "concern"})
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    assert PAGE not in await (await sofie.get("/arriving")).text()
    assert "slået" not in await (await sofie.get(PAGE)).text()
