"""The note's sections on their page: quotes, agreements, tags, chat, and the writing helper."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from server.services import during, room
from server.store.during_tables import Request
from server.store.note_tables import Chat, Item
from server.store.protection_tables import Promise
from server.store.tables import Meeting, Reply
from tests.factories import store_admission

JSON = {"Accept": "application/json"}
WORDS = "Jeg kan ikke sove, når Jonas har besøg."
PROMISED = "Jeg lovede at ringe til Hanne fra din skole."
TITLES = (
    "Hvem og hvornår", "Det snakkede vi om", "Det lagde Mette mærke til", "Det tænker Mette",
    "Det har vi aftalt", "Det skal andre vide", "Det må Lene og Karl gerne vide",
    "Sofies egne ord", "Næste gang", "Sådan er noten blevet til",
)  # fmt: skip


@pytest.fixture
def note(after_the_meeting):
    return f"/meetings/{after_the_meeting.meeting}"


async def page(browser, note):
    return await (await browser.get(f"{note}/note")).text()


async def write(browser, note, section, text, **more):
    sent = {"section": section, "text": text} | more
    response = await browser.post(f"{note}/items", data=sent, headers=JSON)
    assert response.status == 200, await response.text()
    return (await response.json())["item"]


async def agreed(browser, note, **more):
    sent = {"owner": "Mette", "due": "2026-12-01"} | more
    return await write(browser, note, "agreed", PROMISED, **sent)


async def test_a_note_has_its_ten_sections_in_their_order(note, mette):
    """S56: the same ten in every note, also where nothing stands in them."""
    text = await page(mette, note)
    at = [text.index(f">{title}</h3>") for title in TITLES]
    assert at == sorted(at)


async def test_a_meeting_nobody_came_to_has_its_record(note, mette):
    """S22: held, failed or called off, the first section says it by itself."""
    text = await page(mette, note)
    assert "Der kom ingen ind i mødet." in text
    assert "30 minutter. Hvordan har du det i skolen" in text


async def test_who_was_there_fills_itself_in(note, mette, sofie, aya, cast, database, clock):
    async with database.begin() as db:
        for seat in (cast.sofies_seat, cast.ayas_seat):
            await store_admission(db, seat, clock.now())
    text = await page(mette, note)
    assert "Med var Mette, Sofie og Aya." in text
    assert "Aya var med som bisidder." in text


async def test_what_she_wanted_to_talk_about_stands_there_already(
    note, mette, cast, database, clock, as_kind
):
    """A note is ready in ten minutes: what is known is not written again."""
    sofie = await as_kind(seat=cast.sofies_seat)
    assert sofie is not None
    async with database.begin() as db:
        db.add(
            Reply(
                seat_id=cast.sofies_seat,
                session_id=2,
                question="topics",
                answer="school=yes family=not_today",
                text="",
                at=clock.now(),
            )  # fmt: skip
        )
    assert "Sofie ville tale om: Skole." in await page(mette, note)


async def test_her_words_stand_as_a_quote_with_who_and_when(note, mette):
    """S55."""
    await write(mette, note, "own_words", WORDS, said_by="Sofie", said_on="2026-11-24")
    text = await page(mette, note)
    assert f"”{WORDS}”" in text
    assert "Sofie, tirsdag den 24. november" in text


@pytest.mark.parametrize(
    ("section", "more", "wrong"),
    [
        pytest.param("own_words", {"said_by": " "}, "said_by", id="words of nobody"),
        pytest.param(
            "own_words", {"said_by": "Sofie", "said_on": "2026-11-26"}, "said_on", id="tomorrow"
        ),
        pytest.param("agreed", {"owner": "", "due": "2026-12-01"}, "owner", id="nobody's task"),
        pytest.param("agreed", {"owner": "Mette", "due": ""}, "due", id="no day"),
        pytest.param("made_like_this", {}, "section", id="a section that fills itself"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(
    note, mette, section, more, wrong
):
    sent = {"section": section, "text": WORDS} | more
    told = await mette.post(f"{note}/items", data=sent, headers=JSON)
    assert told.status == 400
    assert wrong in (await told.json())["fields"]
    if wrong != "section":
        shown = await (await mette.post(f"{note}/items", data=sent)).text()
        assert 'aria-invalid="true"' in shown
        assert WORDS in shown


async def test_an_agreement_is_brought_up_before_the_next_meeting(
    note, mette, jens, database, clock
):
    """S46, R15: with whose it is, until somebody says how it went."""
    await agreed(mette, note, owner="Sofie")
    brief = await (await mette.get(f"{note}/brief")).text()
    assert f"Sofie: {PROMISED}" in brief
    async with database.read() as db:
        promise = (await db.scalars(select(Promise))).one()
    assert (await jens.post(f"/promises/{promise.id}/missed")).status == 404
    assert (await mette.post(f"/promises/{promise.id}/missed")).status == 200
    assert (await mette.post(f"/promises/{promise.id}/missed")).status == 200
    clock.move(minutes=11)
    assert PROMISED not in await (await mette.get(f"{note}/brief")).text()
    assert "Sofie fik det ikke gjort." in await page(mette, note)


async def test_a_kept_agreement_says_so_in_the_note(note, mette, database):
    """S46."""
    await agreed(mette, note)
    async with database.read() as db:
        promise = (await db.scalars(select(Promise))).one()
    await mette.post(f"/promises/{promise.id}/kept")
    assert "Mette har gjort det." in await page(mette, note)


async def test_an_agreement_follows_its_line(note, mette, database):
    item = await agreed(mette, note)
    async with database.read() as db:
        seen = (await db.scalars(select(Item.id))).one()
    assert seen == item
    shown = (await (await mette.post(f"{note}/note/ready", headers=JSON)).json())["items"][0]
    new = {"text": "Jeg ringer til Hanne.", "revision": str(shown["line_revision"])}
    await mette.post(f"{note}/items/{item}/line", data=new)
    async with database.read() as db:
        assert (await db.scalars(select(Promise.words))).all() == ["Jeg ringer til Hanne."]
    await mette.post(f"{note}/items/{item}/strike")
    async with database.read() as db:
        assert (await db.scalars(select(Promise))).all() == []


async def test_a_line_moves_to_where_it_belongs_with_all_that_was_chosen(note, mette):
    """Observation apart from assessment: also where it was written in the wrong place first."""
    item = await write(mette, note, "noticed", "Du var måske træt.")
    before = (await (await mette.post(f"{note}/note/ready", headers=JSON)).json())["items"][0]
    act = f"{note}/items/{item}/section"
    assert (await mette.post(act, data={"section": "agreed"}, headers=JSON)).status == 400
    told = await mette.post(act, data={"section": "thinks"}, headers=JSON)
    assert (await told.json())["items"][0]["revision"] == before["revision"]
    text = await page(mette, note)
    assert text.index("Det tænker Mette</h3>") < text.index("Du var måske træt.")
    quote = await write(mette, note, "own_words", WORDS, said_by="Sofie")
    moved = await mette.post(
        f"{note}/items/{quote}/section", data={"section": "thinks"}, headers=JSON
    )
    assert moved.status == 400


@pytest.mark.parametrize(
    ("tag", "due", "label"),
    [("request", "2026-12-09", "Anmodning"), ("concern", "2026-11-26", "Underretning")],
)
async def test_a_line_can_be_a_request_or_a_concern_with_its_deadline(
    note, mette, jens, database, tag, due, label
):
    """Domain pack 9, rows 7 and 8: the words, the time, the owner and the day."""
    item = await write(mette, note, "talked_about", "Du vil gerne flytte.")
    act = f"{note}/items/{item}/tag"
    assert (await jens.post(act, data={"tag": tag})).status == 404
    for _ in range(2):
        assert (await mette.post(act, data={"tag": tag})).status == 200
    assert (await mette.post(act, data={"tag": "secret"}, headers=JSON)).status == 400
    async with database.read() as db:
        row = (await db.scalars(select(Request))).one()
    assert (row.words, row.owner, row.due_on.isoformat()) == ("Du vil gerne flytte.", "Mette", due)
    assert label in await page(mette, note)
    assert ("Underretning" in await (await mette.get(f"{note}/requests")).text()) == (
        tag == "concern"
    )


async def said_in_chat(database, cast, clock, text=WORDS, seat=None):
    async with database.begin() as db:
        row = Chat(
            meeting_id=cast.meeting, seat_id=seat or cast.sofies_seat, ref=text[:30], text=text,
            at=clock.now() - timedelta(hours=1),
        )  # fmt: skip
        db.add(row)
        await db.flush()
        return row.id


async def test_a_line_of_the_chat_comes_in_as_a_quote_that_stays(
    note, mette, jens, cast, database, clock
):
    """S55: sender and day with it; once; and nobody puts other words into her mouth."""
    chat = await said_in_chat(database, cast, clock)
    take = f"{note}/note/chat"
    assert (await jens.post(take, data={"chat": str(chat)})).status == 404
    assert (await mette.post(take, data={"chat": "999"}, headers=JSON)).status == 404
    for _ in range(2):
        told = await mette.post(take, data={"chat": str(chat)}, headers=JSON)
        assert told.status == 200
    told = await told.json()
    assert [one["text"] for one in told["items"]] == [WORDS]
    text = await page(mette, note)
    assert "Skrevet af Sofie, onsdag den 25. november" in text
    assert "Står i noten" in text
    assert "Der blev skrevet 1 besked." in text
    new = {"text": "Andre ord", "revision": str(told["items"][0]["line_revision"])}
    line = f"{note}/items/{told['item']}/line"
    refused = await mette.post(line, data=new, headers=JSON)
    assert (refused.status, (await refused.json())["error"]) == (409, "quote-stays")


async def test_a_chat_of_another_meeting_is_not_found(note, mette, cast, database, clock):
    async with database.begin() as db:
        row = Chat(
            meeting_id=cast.other_meeting, seat_id=cast.mikkels_seat, ref="x", text="Hej",
            at=clock.now(),
        )  # fmt: skip
        db.add(row)
        await db.flush()
        other = row.id
    assert (await mette.post(f"{note}/note/chat", data={"chat": str(other)})).status == 404


async def test_the_helper_asks_and_stops_nothing(note, mette):
    """S53: seen or thought, words of the trade, and du, beside a line that is kept all the same."""
    await write(mette, note, "noticed", "Barnet fremstår trist.")
    text = await page(mette, note)
    assert "”fremstår”, ”trist”: er det noget, du så, eller noget, du tænker?" in text
    assert "”Barnet”: skriv hellere til end om. Brug du." in text
    assert text.count("”fremstår”") == 1  # no word is asked about twice
    long = " ".join(["Undervisningsmiljøet foranlediger bekymringer."] * 12)
    await write(mette, note, "thinks", long)
    assert "Kortere sætninger gør det lettere." in await page(mette, note)


async def test_the_share_of_her_own_words_is_said(note, mette):
    """S53."""
    await write(mette, note, "own_words", WORDS, said_by="Sofie")
    await write(mette, note, "thinks", "Jeg tænker, at søvn er vigtigt.")
    assert "1 af 2 linjer har Sofies egne ord." in await page(mette, note)


async def test_without_a_talk_it_asks_how_she_is_heard_instead(note, mette, cast, database):
    """Domain pack 9, row 1; S22: called off, or nobody came."""
    asks = "Skriv her, hvordan Sofie bliver hørt i stedet."
    assert asks in await page(mette, note)
    async with database.begin() as db:
        meeting = await db.get_one(Meeting, cast.meeting)
        meeting.called_off_at = meeting.starts_at
    text = await page(mette, note)
    assert "Mødet blev aflyst." in text
    assert asks in text


async def test_how_it_came_about_says_who_told_her_and_why_without_parents(
    note, mette, sofie, cast, database, clock
):
    """S23, domain pack 5.2 section 10 and 9 row 1: said aloud in the talk counts as well, and a
    false "nobody told her" stands nowhere."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now())
    assert "Det står ingen steder, at Sofie har hørt" in await page(mette, note)
    async with database.begin() as db:
        db.add(
            Reply(
                seat_id=cast.mettes_seat, session_id=1, question="parents", answer="without",
                text="Sofie bad om det", at=clock.now(),
            )
        )  # fmt: skip
        shot = await room.snapshot(db, cast.meeting, clock.now())
        await during.said(db, shot, now=clock.now())
    text = await page(mette, note)
    assert "Mette sagde onsdag den 25. november kl. 15.00, at der bliver skrevet ned" in text
    assert "Det står ingen steder" not in text
    assert "uden forældremyndighedsindehaveren. Grund: Sofie bad om det" in text
