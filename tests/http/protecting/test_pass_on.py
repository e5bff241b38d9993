"""The list of what must be passed on, and a mark against a no, over HTTP (C11, P4)."""

import re

import pytest
from sqlalchemy import select, update

from server.app import TEXTS
from server.domain.ages import Band
from server.domain.sharing import Choice
from server.store.note_tables import Item
from server.store.passing_tables import PassOnEntry, PassOnList, Seconded
from server.store.tables import Account, Trail, YoungPerson
from server.texts import Texts, Voice
from server.ws import items
from tests import notes
from tests.notes import ON, Note

JSON = {"Accept": "application/json"}
LIST = {
    "seen": "1", "entry_1": "Fare for liv", "entry_1_urgent": "yes", "entry_3": "Ny medicin",
    "approved_by": "Karen Holm", "approved_post": "Leder af Børn og Unge",
    "approved_on": "2026-11-20",
}  # fmt: skip


@pytest.fixture
async def keeper(mette, cast, database):
    """Mette looks after the list."""
    async with database.begin() as db:
        await db.execute(update(Account).where(Account.id == cast.mette).values(keeps_list=True))
    return mette


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    async with database.begin() as db:
        return await notes.begin(db, after_the_meeting, clock.now(), database)


def voice(band: Band) -> Voice:
    return Voice(Texts(TEXTS), "da", band, navn="Mette", barn="Sofie", hjem="Lene og Karl")


async def code_of(browser) -> str:
    page = await (await browser.post("/account/unlocking")).text()
    (digits,) = re.findall(r'said-code__digits">([\d ]+)<', page)
    return digits


async def test_the_list_that_comes_along_says_that_nobody_approved_it(mette) -> None:
    text = await (await mette.get("/pass-on")).text()
    assert "Fare for liv eller helbred lige nu" in text
    assert "Ingen i kommunen har godkendt den endnu." in text
    assert "Lav en ny liste" not in text  # not hers to set


async def test_its_keeper_sets_another_and_the_one_before_stays(keeper, database) -> None:
    """C11: dated, and in the name of somebody with a post."""
    assert (await keeper.post("/pass-on", data=LIST)).status == 200
    text = await (await keeper.get("/pass-on")).text()
    now = text[: text.index("Tidligere lister")]
    assert "Godkendt af Karen Holm, Leder af Børn og Unge, fredag den 20. november." in now
    assert now.index("Fare for liv") < now.index("Haster") < now.index("Ny medicin")
    assert "Alvorlig kriminalitet" in text[len(now) :]
    async with database.read() as db:
        assert len((await db.scalars(select(PassOnList))).all()) == 2
        assert len((await db.scalars(select(PassOnEntry))).all()) == 8


async def test_two_keepers_do_not_overwrite_each_other(keeper, database) -> None:
    assert (await keeper.post("/pass-on", data=LIST, allow_redirects=False)).status == 303
    again = await keeper.post("/pass-on", data=LIST, headers=JSON)
    assert (again.status, (await again.json())["error"]) == (409, "list-changed")
    async with database.read() as db:
        assert len((await db.scalars(select(PassOnList))).all()) == 2


async def test_what_was_typed_is_there_with_what_is_wrong(keeper) -> None:
    wrong = LIST | {"entry_3": "Fare for liv", "approved_post": ""}
    answer = await keeper.post("/pass-on", data=wrong)
    text = await answer.text()
    assert answer.status == 400
    assert "Den linje står der allerede." in text
    assert "Skriv, hvilken stilling det er." in text
    assert 'value="Karen Holm"' in text


async def test_nobody_else_sets_it_or_hands_it_on(
    mette, jens, sofie, holms, stranger, cast, database
) -> None:
    """V8.2.2: a caseworker reads it; nobody without an account does."""
    for path, sent in (("/pass-on", LIST), ("/pass-on/keepers", {"colleague": str(cast.jens)})):
        answer = await jens.post(path, data=sent, headers=JSON)
        assert (answer.status, (await answer.json())["error"]) == (409, "not-the-keeper")
        for nobody in (sofie, holms, stranger):
            answer = await nobody.post(path, data=sent, allow_redirects=False)
            assert (answer.status, answer.headers["Location"]) == (303, "/signing-in")
    async with database.read() as db:
        assert len((await db.scalars(select(PassOnList))).all()) == 1


async def test_the_task_is_handed_on(keeper, jens, cast, database) -> None:
    async with database.read() as db:
        jenses = (await db.get_one(Account, cast.jens)).id
    sent = {"colleague": str(jenses)}
    for _ in range(2):
        assert (await keeper.post("/pass-on/keepers", data=sent)).status == 200
    assert "Jens Toft" in await (await jens.get("/pass-on")).text()
    assert (await jens.post("/pass-on", data=LIST, allow_redirects=False)).status == 303
    assert (await keeper.post("/pass-on/keepers", data={"colleague": "999"})).status == 400


async def test_a_mark_names_a_line_of_the_list_in_force(note, keeper, clock, database) -> None:
    """C11: and goes on naming the line that stood, when the list is another."""
    item = await note.write(ON, clock.now())
    address = f"/meetings/{note.meeting}/items/{item}/must-pass-on"
    sent = {"reason": "Ny medicin", "entry": "5"}
    assert (await keeper.post(address, data=sent, headers=JSON)).status == 200
    await keeper.post("/pass-on", data=LIST)
    page = await (await keeper.get(f"/meetings/{note.meeting}/note")).text()
    assert "Efter listen: Noget i hverdagen, hjemmet skal vide" in page
    other = await note.write("Noget andet", clock.now())
    address = f"/meetings/{note.meeting}/items/{other}/must-pass-on"
    for entry, status in (("5", 409), ("", 400), ("x", 400), ("999999", 409), ("7", 200)):
        sent = {"reason": "Ny medicin", "entry": entry}
        answer = await keeper.post(address, data=sent, headers=JSON)
        assert answer.status == status, entry
    async with database.read() as db:
        assert (await db.get_one(Item, item)).entry_id == 5


async def test_against_a_no_it_takes_a_second_person(note, mette, jens, cast, clock, database):
    """C11, P4: ground, a colleague who heard why, and told first, or it stays a no."""
    item = await note.write(ON, clock.now())
    await note.choose(item, Choice.NOT_TO_HOME, clock.now(), in_call=True)
    address = f"/meetings/{note.meeting}/items/{item}/must-pass-on"
    sent = {"reason": "Ny medicin", "entry": "5"}
    own = await code_of(mette)
    for code in ("", "000000", own):
        answer = await mette.post(address, data=sent | {"code": code})
        assert answer.status == 400
        assert "Ny medicin" in await answer.text()  # nothing that was typed is lost
    assert not (await note.shown(item)).must_pass_on

    code = await code_of(jens)
    unfinished = await mette.post(address, data=sent | {"code": code, "reason": ""})
    assert unfinished.status == 400  # and the code is good still
    assert (await mette.post(address, data=sent | {"code": code}, headers=JSON)).status == 200
    page = await (await mette.get(f"/meetings/{note.meeting}/note")).text()
    assert "Jens Toft var med til at bestemme det, selv om svaret var nej." in page
    shown = await note.shown(item)
    assert (shown.must_pass_on, shown.told) == (True, False)  # and nothing leaves untold
    (hers,) = items.for_young_person(voice(Band.THIRTEEN), [shown])
    assert hers["standing"].startswith("Du sagde nej. Mette og en kollega har bestemt")
    async with database.read() as db:
        second = (await db.scalars(select(Seconded))).one()
        trail = set(await db.scalars(select(Trail.who).where(Trail.deed == "second-against_a_no")))
    assert (second.account_id, second.second_id) == (cast.mette, cast.jens)
    assert trail == {f"account:{cast.jens}"}


async def test_no_second_person_is_asked_for_where_nothing_was_chosen(note, mette, clock):
    item = await note.write(ON, clock.now())
    page = await (await mette.get(f"/meetings/{note.meeting}/note")).text()
    assert "Din kollegas kode" not in page
    await note.choose(item, Choice.TELL_MYSELF, clock.now(), in_call=True)
    page = await (await mette.get(f"/meetings/{note.meeting}/note")).text()
    assert "Din kollegas kode" in page


async def test_who_was_phoned_when_and_by_whom_is_kept(note, mette, clock, cast, database):
    """P4: urgent words are phoned at once; the note says so until it was done."""
    item = await note.write(ON, clock.now())
    address = f"/meetings/{note.meeting}/items/{item}"
    sent = {"reason": "Det er farligt", "entry": "1"}
    assert (await mette.post(f"{address}/must-pass-on", data=sent, headers=JSON)).status == 200
    page = await (await mette.get(f"/meetings/{note.meeting}/note")).text()
    assert "Ring nu" in page
    told = {"to": "home", "revision": str((await note.shown(item)).revision)}
    answer = await mette.post(f"{address}/told", data=told)
    assert answer.status == 400
    assert "Skriv, hvem du talte med." in await answer.text()
    assert not (await note.shown(item)).told_home
    answer = await mette.post(f"{address}/told", data=told | {"spoken_to": "Lene Holm"})
    page = await answer.text()
    assert "Ring nu" not in page
    assert "Du talte med Lene Holm, onsdag den 25. november kl. 15.00." in page


async def test_from_eighteen_on_only_what_is_urgent_stands_above_a_choice(
    note, mette, cast, clock, database
):
    """C11, domain pack 9 row 17: as their own page says; the reason that was typed is not lost."""
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 18
    item = await note.write(ON, clock.now())
    address = f"/meetings/{note.meeting}/items/{item}/must-pass-on"
    answer = await mette.post(address, data={"reason": "Ny medicin", "entry": "5"})
    page = await answer.text()
    assert answer.status == 400
    assert "Sofie er fyldt 18 og vælger selv." in page
    assert "Ny medicin" in page
    assert not (await note.shown(item)).must_pass_on
    sent = {"reason": "Det er farligt", "entry": "1"}
    assert (await mette.post(address, data=sent, headers=JSON)).status == 200


@pytest.mark.parametrize("years", [8, 11, 15, 19])
async def test_the_young_person_reads_what_is_passed_on_before_anything_is(
    years, keeper, sofie, aya, cast, database
):
    """C11, C12, domain pack 5.5: the limits are said beforehand, and whose list it is."""
    await keeper.post("/pass-on", data=LIST)
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = years
    page = await (await sofie.get("/arriving/rights")).text()
    assert ("Karen Holm, Leder af Børn og Unge, fredag den 20. november" in page) == (years > 9)
    assert ("<li>Ny medicin</li>" in page) == (years > 9)
    limits = {8: "Hvis nogen slår dig", 11: "Er du i fare", 15: "medicin", 19: "Er nogen i fare"}
    assert limits[years] in page
    assert (await aya.get("/arriving/rights")).status == 404
