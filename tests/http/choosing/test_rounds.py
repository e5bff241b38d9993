"""Looking for the words together: /choosing/{item} and the note, until she says yes."""

from sqlalchemy import select

from server.domain.note import WordKind
from server.domain.sharing import Choice
from server.store.note_tables import WordWish
from server.store.tables import YoungPerson
from tests import notes
from tests.factories import store_admission
from tests.notes import ON

JSON = {"Accept": "application/json"}
HERS = "Jeg vil gerne have ro om aftenen."
METTES = "Døren må være lukket om aftenen."
OTHER = {"revision": "1", "choice": "other_words"}


async def read(reader):
    return await (await reader.get("/choosing/1")).text()


async def her_note(mette, note):
    return await (await mette.get(f"/meetings/{note.meeting}/note")).text()


async def test_she_says_how_she_wants_it_said_and_mette_proposes_it(reader, note, mette):
    """Domain pack 5.3: her own words stand beside, and go as a proposal in one press."""
    assert "Hvordan vil du have det sagt?" in await read(reader)
    await reader.post("/choosing/1", data=OTHER | {"words": HERS})
    page = await her_note(mette, note)
    assert "Sofie vil gerne have det sagt sådan:" in page
    assert f"”{HERS}”" in page
    assert f'name="text" value="{HERS}"' in page
    items = f"/meetings/{note.meeting}/items/1"
    await mette.post(f"{items}/home", data={"revision": "0", "text": HERS})
    page = await read(reader)
    assert "Skal det siges sådan?" in page
    assert "Ja, sig det sådan" in page
    assert "Nej, find andre ord" in page
    assert "checked" not in page
    assert "Sofie ser dine nye ord." in await her_note(mette, note)


async def test_another_round_until_she_says_yes_and_all_of_it_can_be_read(reader, note, clock):
    """Nothing said before is written over, and both read the same."""
    await reader.post("/choosing/1", data=OTHER | {"words": HERS})
    await note.reword(1, WordKind.HOME, METTES, clock.now())
    seen = (await note.shown(1)).revision
    again = OTHER | {"revision": str(seen), "words": "Uden noget om døren."}
    await reader.post("/choosing/1", data=again)
    await note.reword(1, WordKind.HOME, "Ro om aftenen.", clock.now())
    page = await read(reader)
    steps = [HERS, METTES, "Uden noget om døren.", "Ro om aftenen."]
    folded = page[page.index("Sådan har I ledt efter ordene") :]
    assert [words for words in steps if words not in folded] == []
    places = [folded.index(words) for words in steps]
    assert places == sorted(places)
    await note.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=True)
    assert "Du sagde ja til ordene" in await read(reader)


async def test_nothing_leaves_while_they_look_for_the_words(
    reader, note, clock, database, as_kind, cast
):
    """S42, P4: not the words she asked to have said otherwise, and not those she has not seen."""
    holms = await as_kind(placement=cast.holms)
    before = await (await holms.get("/home")).read()
    await note.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await reader.post("/choosing/1", data=OTHER | {"words": HERS})
    clock.moment = await notes.hour(database, note.meeting)
    holms = await as_kind(placement=cast.holms)
    await notes.release_due(database, clock.now())
    assert ON not in await (await holms.get("/home")).text()
    await note.reword(1, WordKind.HOME, METTES, clock.now())
    clock.move(days=4)
    holms = await as_kind(placement=cast.holms)
    await notes.release_due(database, clock.now())
    text = await (await holms.get("/home")).text()
    assert METTES not in text
    assert HERS not in text
    assert before


async def test_only_the_words_she_said_yes_to_leave(note, clock, database, as_kind, cast):
    """S42: the proposal of the second round, and neither of the others."""
    await note.choose(1, Choice.OTHER_WORDS, clock.now(), in_call=True)
    await note.reword(1, WordKind.HOME, METTES, clock.now())
    await note.choose(1, Choice.OTHER_WORDS, clock.now(), in_call=True)
    await note.reword(1, WordKind.HOME, HERS, clock.now())
    await note.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=True)
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    page = await (await (await as_kind(placement=cast.holms)).get("/home")).text()
    assert HERS in page
    assert METTES not in page
    assert ON not in page


async def test_other_words_without_a_wish_and_a_wish_said_later(reader, note, mette):
    """The field may stay empty, and the wish can come afterwards; the same twice is once."""
    await reader.post("/choosing/1", data=OTHER)
    first = (await note.shown(1)).choice_id
    assert "vil gerne have det sagt sådan" not in await her_note(mette, note)
    for _ in range(2):
        await reader.post("/choosing/1", data=OTHER | {"words": HERS})
    shown = await note.shown(1)
    assert (shown.choice_id, shown.wish) == (first + 1, HERS)


async def test_words_for_another_choice_are_not_kept(reader, note, mette, database):
    """What was typed and then not chosen is nobody's."""
    await reader.post("/choosing/1", data=OTHER | {"choice": "not_to_home", "words": HERS})
    assert HERS not in await her_note(mette, note)
    async with database.read() as db:
        assert (await db.scalars(select(WordWish))).all() == []


async def test_six_to_nine_years_ask_for_other_words_and_type_none(
    note, as_kind, cast, database, clock
):
    """Whoever sits beside a small child types nothing into its mouth."""
    young = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
        await store_admission(db, cast.sofies_seat, clock.now())
    await young.post("/arriving/help", data={"help": "alone"})
    await young.post("/choosing/1", data=OTHER | {"words": HERS})
    shown = await note.shown(1)
    assert (shown.choice, shown.wish) == (Choice.OTHER_WORDS, "")


async def test_too_many_words_stay_in_the_field(reader, note):
    """P10: and nothing is chosen."""
    long = "x" * 501
    response = await reader.post("/choosing/1", data=OTHER | {"words": long})
    page = await response.text()
    assert response.status == 400
    assert long in page
    assert "Det er for langt." in page
    assert (await note.shown(1)).choice is None


async def test_words_that_changed_meanwhile_keep_what_she_typed(reader, note, clock):
    """P10, P4."""
    await note.reword(1, WordKind.LINE, "Helt andre ord", clock.now())
    response = await reader.post("/choosing/1", data=OTHER | {"words": HERS})
    page = await response.text()
    assert response.status == 409
    assert "Helt andre ord" in page
    assert HERS in page
    assert 'value="other_words" checked' in page


async def test_nobody_else_says_how_it_is_said(note, sofie, aya, mette, holms):
    """C15, U8."""
    assert (await sofie.post("/choosing/1", data=OTHER | {"words": HERS})).status == 409
    for who in (aya, mette, holms):
        assert (await who.post("/choosing/1", data=OTHER | {"words": HERS})).status == 404
    assert (await note.shown(1)).rounds == ()
