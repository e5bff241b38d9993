"""The note on paper, for the young person and for their caseworker to give them."""

import pytest

from server.domain.sharing import Choice
from server.store.tables import Reply
from tests import notes
from tests.factories import store_admission
from tests.notes import ON

MEDICINE = "Du skal have den nye medicin om aftenen."


@pytest.fixture
async def note(after_the_meeting, database, clock):
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
    await begun.write(ON, clock.now())
    await begun.write(MEDICINE, clock.now())
    await begun.choose(1, Choice.NOT_TO_HOME, clock.now(), in_call=True)
    await begun.must_pass_on(2, clock.now())
    await begun.ready(clock.now())
    return begun


async def test_it_holds_every_line_with_boxes_to_tick(note, sofie, mette, cast, database, clock):
    """S45, P5: the same choices by the same names, and what must be passed on has none."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    for who, path in (
        (sofie, "/choosing/on-paper"),
        (mette, f"/meetings/{cast.meeting}/note/on-paper"),
    ):
        page = await (await who.get(path)).text()
        assert ON in page
        assert MEDICINE in page
        assert page.count("Ikke til Lene og Karl") == 1
        assert page.count("tick-box--on") == 1
        assert "Det her er Mette nødt til at sige til Lene og Karl" in page
        assert "Mette spørger dig, før Lene og Karl får noget at vide." in page
        assert "12 34 56 78" in page


async def test_it_opens_for_nobody_else(note, sofie, aya, jens, holms, stranger, cast):
    """U8, P6, C15."""
    response = await sofie.get("/choosing/on-paper")
    assert response.status == 403
    assert ON not in await response.text()
    for who in (aya, holms, stranger):
        assert (await who.get("/choosing/on-paper")).status == 404
    for who in (sofie, aya, jens, holms, stranger):
        response = await who.get(f"/meetings/{cast.meeting}/note/on-paper")
        assert ON not in await response.text()


async def test_it_is_the_whole_note_also_what_fills_itself_in(
    note, sofie, mette, cast, database, clock
):
    """C24, domain pack 5.2: who met and when, and how the note came about, in words for her; read
    aloud in one go, with what she has a right to one press away. Not why her parents were not
    there: whoever looks over a shoulder is not told."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
        reply = {"question": "parents", "answer": "without", "text": "Hun bad om det"}
        db.add(
            Reply(seat_id=cast.mettes_seat, session_id=note.mette.session, at=clock.now(), **reply)
        )
    pages = []
    for who, path in (
        (sofie, "/choosing/on-paper"),
        (mette, f"/meetings/{cast.meeting}/note/on-paper"),
    ):
        page = await (await who.get(path)).text()
        pages.append(page)
        assert page.index("Hvem og hvornår") < page.index("Det snakkede vi om")
        assert "Med var Mette og Sofie." in page
        assert page.index("Det snakkede vi om") < page.index("Sådan er noten blevet til")
        assert "En bisidder var inviteret, men kom ikke." in page
        assert "Mødet blev holdt uden dine forældre." in page
        assert "Hun bad om det" not in page
    assert "<read-aloud" in pages[0]
    assert 'href="/arriving/rights"' in pages[0]
    assert "<read-aloud" not in pages[1]
