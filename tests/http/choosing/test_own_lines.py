"""Is something missing? A line of her own in the note: /choosing/own-line (C20)."""

from sqlalchemy import select

from server.services import note_copy
from server.store.note_tables import Item, Wording
from server.store.tables import YoungPerson
from tests.factories import store_admission
from tests.notes import hour as hour_of
from tests.notes import release_due

HERS = "Vi talte også om min bror. Det står der ikke."
JSON = {"Accept": "application/json"}


async def writes(browser, text=HERS):
    return await browser.post("/choosing/own-line", data={"text": text}, allow_redirects=False)


async def own(database) -> list[str]:
    async with database.read() as db:
        query = select(Wording.text).join(Item, Item.id == Wording.item_id).where(Item.own)
        return list(await db.scalars(query))


async def test_it_stands_in_the_note_as_her_own_words(reader, note, mette, database, clock):
    """C20, 5.2: who and when, for both of them and for the file."""
    assert 'href="/choosing/own-line"' in await (await reader.get("/choosing/preview")).text()
    page = await (await reader.get("/choosing/own-line")).text()
    assert "Mette kan læse det, men ikke rette i det eller slette det." in page
    answer = await writes(reader)
    assert answer.headers["Location"] == "/choosing/2"
    page = await (await reader.get("/choosing/2")).text()
    assert f"”{HERS}”" in page
    assert "Du skrev det selv onsdag den 25. november." in page
    assert page.count('type="radio"') == 5
    page = await (await mette.get(f"/meetings/{note.meeting}/note")).text()
    assert f"”{HERS}”" in page
    assert "Sofie skrev det selv, onsdag den 25. november" in page
    async with database.read() as db:
        made = await note_copy.of(db, note.meeting, clock.now())
    assert made.lines[1].quote is not None
    assert (made.lines[1].quote.by, made.lines[1].quote.source) == ("Sofie", "own")


async def test_the_caseworker_can_neither_change_it_nor_take_it_out(reader, note, mette, database):
    """S54, S39: her statement stays as it was written."""
    await writes(reader)
    items = f"/meetings/{note.meeting}/items/2"
    page = await (await mette.get(f"/meetings/{note.meeting}/note")).text()
    for deed, sent in (("line", {"revision": "2", "text": "Noget andet"}), ("strike", {})):
        assert f'action="{items}/{deed}"' not in page
        answer = await mette.post(f"{items}/{deed}", data=sent, headers=JSON)
        assert (answer.status, (await answer.json())["error"]) == (409, "own-line-stays"), deed
    assert await own(database) == [HERS]


async def test_the_home_gets_it_unedited_if_she_chose_so_and_was_asked(
    reader, note, cast, database, clock, as_kind
):
    """S39, P4: nothing by writing it; her exact words once she chose them and Mette asked her."""
    before = await (await (await as_kind(placement=cast.holms)).get("/home")).read()
    await writes(reader)
    chosen = {"revision": "2", "choice": "as_written"}
    await reader.post("/choosing/2", data=chosen)
    assert "Mette spørger dig først." in await (await reader.get("/choosing/2")).text()
    assert await (await (await as_kind(placement=cast.holms)).get("/home")).read() == before
    await note.ask_alone(2, clock.now())
    clock.moment = await hour_of(database, note.meeting)
    assert await release_due(database, clock.now()) == 1
    page = await (await (await as_kind(placement=cast.holms)).get("/home")).text()
    assert HERS in page
    assert "Sofie skrev" not in page


async def test_twice_is_once_and_what_cannot_be_kept_stays_in_the_field(reader, database):
    """P10."""
    first, again = await writes(reader), await writes(reader)
    assert first.headers["Location"] == again.headers["Location"]
    assert await own(database) == [HERS]
    for text in ("", "  ", "x" * 1001, "a\u202eb"):
        answer = await writes(reader, text)
        assert answer.status == 400
        assert text.strip() in await answer.text()
    for n in range(29):
        await writes(reader, f"Linje {n}")
    answer = await writes(reader, "En for meget")
    assert answer.status == 409
    assert "En for meget" in await answer.text()


async def test_nobody_else_writes_one(note, sofie, aya, mette, holms, stranger, database):
    """U8, C15, P6: not by a bare link either, which is shown nothing."""
    bare = await sofie.get("/choosing/own-line")
    assert bare.status == 403
    assert (await writes(sofie)).status == 409
    for who in (aya, mette, holms, stranger):
        assert (await who.get("/choosing/own-line")).status == 404
        assert (await writes(who)).status == 404
    assert (await mette.put("/choosing/own-line")).status == 405
    assert await own(database) == []


async def test_six_to_nine_years_say_it_and_type_nothing(note, as_kind, cast, database, clock):
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
    young = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    await young.post("/arriving/help", data={"help": "alone"})
    assert "own-line" not in await (await young.get("/choosing/preview")).text()
    assert (await young.get("/choosing/own-line")).status == 404
    assert (await writes(young)).status == 404
    assert await own(database) == []
