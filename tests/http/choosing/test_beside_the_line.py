"""What stands around a line, and what the young person says beside it: /choosing/{item}."""

from datetime import date

from server.domain.note import WordKind
from server.services import note_copy, noting
from server.services.noting import Entry
from server.store.note_tables import Chat
from tests.conftest import NOON
from tests.factories import store_admission
from tests.notes import ON, ZONE

SLEEP = "Jeg kan ikke sove, når Jonas har besøg."
SAID = "Det var ikke klokken 21. Det var klokken 20."


async def write(note, clock, text, section, **more):
    async with note.database.begin() as db:
        entry = Entry(zone=ZONE, section=section, **more)
        return await noting.write(db, note.mette, note.meeting, text, now=clock.now(), entry=entry)


async def says(reader, item, seen, **more):
    sent = {"revision": str(seen)} | more
    return await reader.post(f"/choosing/{item}/own-words", data=sent, allow_redirects=False)


async def read(reader, item):
    return await (await reader.get(f"/choosing/{item}")).text()


async def test_a_line_says_from_which_part_it_is_and_whose_words_it_is(reader, note, clock):
    """S54, S55: seen apart from thought, and a quote with who and when."""
    assert "Det snakkede vi om" in await read(reader, 1)
    seen = await write(note, clock, "Du gabte tre gange.", "noticed")
    thought = await write(note, clock, "Jeg tænker, at du er træt.", "thinks")
    quote = await write(note, clock, SLEEP, "own_words", said_by="Sofie")
    others = await write(note, clock, "Hun sover godt.", "talked_about", said_by="Aya")
    due = date(2026, 12, 4)
    agreed = await write(note, clock, "Jeg ringer.", "agreed", owner="Mette", due=due)
    assert "Det lagde Mette mærke til" in await read(reader, seen)
    assert "Det tænker Mette." in await read(reader, thought)
    page = await read(reader, quote)
    assert f"”{SLEEP}”" in page
    assert "Du sagde det onsdag den 25. november." in page
    assert "Aya sagde det onsdag den 25. november." in await read(reader, others)
    assert "Mette gør det senest fredag den 4. december." in await read(reader, agreed)


async def test_a_line_from_the_chat_says_so(reader, note, clock, cast):
    """S55: written in the meeting, by whom and when."""
    async with note.database.begin() as db:
        db.add(
            Chat(
                meeting_id=cast.meeting, seat_id=cast.sofies_seat, ref="x", text=SLEEP,
                at=clock.now(),
            )
        )  # fmt: skip
    async with note.database.begin() as db:
        now = clock.now()
        item = await noting.take_from_chat(db, note.mette, note.meeting, 1, now=now, zone=ZONE)
    assert "Du skrev det i mødet onsdag den 25. november." in await read(reader, item)


async def test_what_she_says_stands_beside_the_line_for_her_and_for_mette(reader, note, mette):
    """S54: a mark and her own words; the line stays as it is."""
    page = await (await reader.get("/choosing/1/own-words")).text()
    assert ON in page
    assert page.count('type="radio"') == 3
    assert "checked" not in page
    response = await says(reader, 1, 1, stand="not_quite", words=SAID)
    assert response.headers["Location"] == "/choosing/1"
    for page in (
        await read(reader, 1),
        await (await mette.get(f"/meetings/{note.meeting}/note")).text(),
    ):
        assert ON in page
        assert "<b>Ikke helt</b>" in page
        assert SAID in page


async def test_saying_it_twice_is_once_and_something_new_stands_below(reader, note):
    """P10: nothing said before is written over."""
    for _ in range(2):
        await says(reader, 1, 1, stand="disagree")
    await says(reader, 1, 1, stand="right", words="Jo, måske.")
    page = await read(reader, 1)
    assert page.count("Jeg er ikke enig") == 1
    assert page.index("Jeg er ikke enig") < page.index("Jo, måske.")


async def test_she_can_ask_to_be_asked_before_her_parents_read_it(reader, note, mette, cast):
    """Domain pack 9, row 13: one press, honest that it may come to nothing, and both read that she
    did; the file has it, so that whoever is asked for access sees it."""
    page = await (await reader.get("/choosing/1/own-words")).text()
    assert "Spørg mig, før mine forældre læser det" in page
    assert "Det er ikke sikkert, at Mette kan sige nej til dem." in page
    await says(reader, 1, 1, stand="ask_first")
    assert "Spørg mig, før mine forældre læser det" in await read(reader, 1)
    page = await (await mette.get(f"/meetings/{note.meeting}/note")).text()
    assert "Vil spørges, før forældrene får det at læse" in page
    assert "ask_first" not in await (await reader.get("/choosing/1/own-words")).text()
    async with note.database.read() as db:
        made = await note_copy.of(db, note.meeting, NOON)
    assert [one.mark for one in made.lines[0].beside] == ["ask_first"]


async def test_what_she_says_aloud_or_writes_on_paper_stands_there_too(
    reader, note, mette, jens, cast
):
    """S54, U8: not everybody has a device of their own to say it on. Both read that Mette wrote it
    down; it holds the line, and nobody takes it away."""
    heard = f"/meetings/{note.meeting}/items/1/heard"
    sent = {"revision": "1", "stand": "not_quite", "words": SAID}
    assert (await jens.post(heard, data=sent)).status == 404
    for wrong in ({}, {"stand": "wrong"}, {"words": "x" * 1001}):
        answer = await mette.post(heard, data={"revision": "1"} | wrong)
        assert answer.status == 400
        assert wrong.get("words", "") in await answer.text()
    for _ in range(2):
        await mette.post(heard, data=sent)
    page = await read(reader, 1)
    assert "Mette skrev ned, hvad du sagde onsdag den 25. november kl. 15.00:" in page
    assert page.count(SAID) == 1
    page = await (await mette.get(f"/meetings/{note.meeting}/note")).text()
    assert "Sofie sagde til dig onsdag den 25. november kl. 15.00:" in page
    assert f'action="/meetings/{note.meeting}/items/1/strike"' not in page
    async with note.database.read() as db:
        (said,) = (await note_copy.of(db, note.meeting, NOON)).lines[0].beside
    assert (said.mark, said.text, said.heard) == ("not_quite", SAID, True)
    stale = await mette.post(heard, data=sent | {"revision": "99"})
    assert stale.status == 409
    assert SAID in await stale.text()


async def test_the_caseworker_can_neither_strike_the_line_nor_the_words(reader, note, mette):
    """S54: what was said about a line holds the line in the note; it can be reworded, and both
    are read."""
    await says(reader, 1, 1, words=SAID)
    items = f"/meetings/{note.meeting}/items/1"
    struck = await mette.post(f"{items}/strike", headers={"Accept": "application/json"})
    assert (struck.status, (await struck.json())["error"]) == (409, "has-own-words")
    page = await (await mette.get(f"/meetings/{note.meeting}/note")).text()
    assert f'action="{items}/strike"' not in page
    await mette.post(f"{items}/line", data={"revision": "1", "text": "Klokken 20."})
    page = await read(reader, 1)
    assert "Klokken 20." in page
    assert SAID in page
    assert "Linjen er ændret siden." in page


async def test_nobody_has_said_something_about_words_they_have_not_read(reader, note, clock):
    """P10: what she typed is still in the field, and the line reads as it does now."""
    await note.reword(1, WordKind.LINE, "Helt andre ord", clock.now())
    response = await says(reader, 1, 1, stand="right", words=SAID)
    page = await response.text()
    assert response.status == 409
    assert "Helt andre ord" in page
    assert "Teksten er ændret" in page
    assert SAID in page
    assert "checked" in page


async def test_what_cannot_be_used_is_asked_for_again(reader):
    for sent in ({}, {"stand": "wrong"}, {"words": "x" * 1001}):
        response = await says(reader, 1, 1, **sent)
        assert response.status == 400
        assert ON in await response.text()
    assert "x" * 1001 in await response.text()
    assert (await says(reader, 1, "one", stand="right")).status == 400
    assert (await says(reader, 99, 1, stand="right")).status == 404


async def test_it_opens_for_nobody_else_and_on_no_other_device(
    note, sofie, aya, mette, holms, stranger
):
    """U8, C15, S54: not on a bare link, not for a bisidder, the caseworker or the home."""
    response = await sofie.get("/choosing/1/own-words")
    assert response.status == 403
    assert ON not in await response.text()
    assert (await says(sofie, 1, 1, stand="right")).status == 409
    for who in (aya, mette, holms, stranger):
        assert (await who.get("/choosing/1/own-words")).status == 404
        assert (await says(who, 1, 1, stand="right")).status == 404
    assert (await mette.delete("/choosing/1/own-words")).status == 405


async def test_the_home_s_page_is_the_same_whatever_she_says_beside(reader, note, holms):
    """P4: what stands beside a line is no word for the home."""
    before = await (await holms.get("/home")).read()
    await says(reader, 1, 1, stand="disagree", words=SAID)
    assert await (await holms.get("/home")).read() == before


async def test_six_to_nine_years_point_and_type_nothing(note, as_kind, cast, database, clock):
    from server.store.tables import YoungPerson

    young = await as_kind(seat=cast.sofies_seat)
    async with database.begin() as db:
        (await db.get_one(YoungPerson, cast.sofie)).age_told = 8
        await store_admission(db, cast.sofies_seat, clock.now())
    await young.post("/arriving/help", data={"help": "alone"})
    page = await (await young.get("/choosing/1/own-words")).text()
    assert page.count('type="radio"') == 3
    assert "<textarea" not in page
    await says(young, 1, 1, stand="right", words="typed by somebody else's hand")
    assert "typed by" not in await read(young, 1)
