"""The young person's own copy: a warning, and then one file that asks nobody anything (C24)."""

import re
from html.parser import HTMLParser

import pytest
from sqlalchemy import select

from server.domain.sharing import Choice
from server.services import choosing, own_copy
from server.store.note_tables import Chat
from server.store.tables import Reply, Session, Trail
from tests import notes
from tests.factories import store_admission
from tests.notes import ON

JONAS = "Du vil ikke have, at jeg siger noget om Jonas."
LINK = 'href="/choosing/copy"'


@pytest.fixture
async def note(after_the_meeting, database, clock):
    """Mette's note of two lines, ready; the first Sofie chose to tell, the second she did not."""
    cast = after_the_meeting
    async with database.begin() as db:
        begun = await notes.begin(db, cast, clock.now(), database)
        line = {"seat_id": cast.sofies_seat, "ref": "x", "at": clock.now()}
        db.add(Chat(meeting_id=cast.meeting, text="Den hedder Plet", **line))
    await begun.choose(
        await begun.write(ON, clock.now()), Choice.AS_WRITTEN, clock.now(), in_call=True
    )
    kept = await begun.write(JONAS, clock.now())
    await begun.choose(kept, Choice.NOT_TO_HOME, clock.now(), in_call=True)
    await begun.ready(clock.now())
    return begun


async def copies(database) -> int:
    async with database.read() as db:
        return len((await db.scalars(select(Trail).where(Trail.deed == "own-copy"))).all())


async def test_first_she_reads_where_it_lands_and_who_can_read_it_there(reader, database):
    """U8: in plain words, with the way out first; nothing is made by looking."""
    page = await (await reader.get("/choosing/copy")).text()
    assert "kan også læse filen" in page
    assert "Er den fra skolen eller kommunen?" in page
    assert "Kun du kan slette den, ikke vi." in page
    assert page.index("Nej tak") < page.index("Gem filen her")
    assert ON not in page
    assert await copies(database) == 0


async def test_it_is_offered_where_she_sees_what_she_has_chosen(reader):
    for place in ("/choosing", "/choosing/preview"):
        assert LINK in await (await reader.get(place)).text(), place
    assert LINK not in await (await reader.get("/choosing/1")).text()


async def test_the_file_has_the_note_her_words_and_what_the_home_may_know(reader, database):
    response = await reader.post("/choosing/copy")
    file = await response.text()
    assert response.status == 200
    for words in (ON, JONAS, "Den hedder Plet", "Noten fra Mette", "116 111"):
        assert words in file, words
    told = file.partition("Det, Lene og Karl må vide")[2]
    assert ON in told
    assert "Som det står." in told
    assert JONAS not in told  # whoever looks over a shoulder is not told in one list
    assert "Ikke til" not in file
    assert await copies(database) == 1


async def test_what_she_said_beside_a_line_comes_along(reader, note):
    """S54."""
    seen = (await note.shown(1)).line_revision
    said = {"revision": str(seen), "stand": "not_quite", "words": "Kl. 22."}
    assert (await reader.post("/choosing/1/own-words", data=said)).status == 200
    file = await (await reader.post("/choosing/copy")).text()
    assert "Ikke helt. Kl. 22." in file.partition(ON)[2].partition(JONAS)[0]


async def test_neither_the_history_nor_the_name_tells_anybody(reader):
    """P6: it is sent, not shown at an address; its name and its title are harmless."""
    response = await reader.post("/choosing/copy")
    assert response.headers["Content-Disposition"] == 'attachment; filename="aftale.html"'
    assert response.headers["Cache-Control"] == "no-store"
    file = await response.text()
    assert re.findall(r"<title>(.*?)</title>", file) == ["Aftale"]
    english = await reader.post("/choosing/copy", headers={"Accept-Language": "en"})
    assert 'filename="appointment.html"' in english.headers["Content-Disposition"]


class Asks(HTMLParser):
    """Everything a browser would fetch, run or send."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag, attrs) -> None:
        if tag in {"script", "link", "img", "iframe", "form", "object", "embed", "audio", "video"}:
            self.found.append(tag)
        for name, value in attrs:
            fetches = name in {"src", "srcset", "action", "background", "data"}
            away = name == "href" and not (value or "").startswith("tel:")
            if fetches or away or name.startswith("on"):
                self.found.append(f"{tag} {name}")


async def test_the_file_has_no_script_and_asks_nobody_for_anything(reader):
    """P7: alone on a phone without a network it is whole."""
    file = await (await reader.post("/choosing/copy")).text()
    asks = Asks()
    asks.feed(file)
    assert asks.found == []
    assert "url(" not in file
    assert "@import" not in file
    assert "default-src 'none'" in file
    assert "@media print" in file


async def test_what_was_written_in_it_is_text(reader, note, clock):
    """V1.2.1."""
    await note.write("<img src=x onerror=alert(1)>", clock.now())
    asks = Asks()
    asks.feed(await (await reader.post("/choosing/copy")).text())
    assert asks.found == []


async def test_on_any_other_device_there_is_none_and_nothing_of_the_note(note, sofie, aya, holms):
    """U8, C15: a bare link; a bisidder; the home."""
    for ask in (sofie.get, sofie.post):
        response = await ask("/choosing/copy")
        assert response.status == 403
        assert ON not in await response.text()
    for who in (aya, holms):
        assert (await who.post("/choosing/copy")).status == 404


@pytest.mark.parametrize("device", ["borrowed", "others_read", "unsure", None])
async def test_only_a_device_she_called_her_own(device, note, sofie, cast, database, clock):
    """U8: also where nothing was answered."""
    async with database.begin() as db:
        await store_admission(db, cast.sofies_seat, clock.now(), device=device)
    assert (await sofie.post("/choosing/copy")).status == 403
    assert await copies(database) == 0


async def test_a_code_opens_the_note_for_reading_and_leaves_no_file(
    note, sofie, cast, database, clock
):
    """U8: on a device she borrowed and typed her code on, she reads; nothing stays behind."""
    async with database.begin() as db:
        session = await store_admission(db, cast.sofies_seat, clock.now(), device="borrowed")
        row = await db.get_one(Session, session)
        row.vouched_at, row.vouched_as = clock.now(), "digits"
    assert ON in await (await sofie.get("/choosing/1")).text()
    assert LINK not in await (await sofie.get("/choosing/preview")).text()
    assert (await sofie.post("/choosing/copy")).status == 403
    assert await copies(database) == 0


async def test_nor_where_nobody_was_let_in_and_somebody_called_it_their_own(
    note, sofie, cast, database, clock
):
    """U8: a code was typed and the device called one's own; the host saw nobody hold it."""
    now = clock.now()
    async with database.begin() as db:
        query = select(Session).where(Session.seat_id == cast.sofies_seat)
        mine = (await db.scalars(query.order_by(Session.id.desc()))).first()
        mine.vouched_at, mine.vouched_as = now, "digits"
        device = {"question": "device", "answer": "own", "at": now}
        db.add(Reply(seat_id=cast.sofies_seat, session_id=mine.id, **device))
    assert ON in await (await sofie.get("/choosing/1")).text()
    assert LINK not in await (await sofie.get("/choosing/preview")).text()
    assert (await sofie.post("/choosing/copy")).status == 403
    assert await copies(database) == 0


async def test_a_change_of_mind_about_the_device_counts_at_once(reader, cast, database, clock):
    """Closing is free."""
    assert (await reader.post("/choosing/copy")).status == 200
    clock.move(seconds=1)
    async with database.begin() as db:
        session = (await db.scalars(select(Reply.session_id).order_by(Reply.id.desc()))).first()
        db.add(
            Reply(
                seat_id=cast.sofies_seat, session_id=session, question="device",
                answer="others_read", at=clock.now(),
            )
        )  # fmt: skip
    assert (await reader.post("/choosing/copy")).status == 403


async def test_of_a_note_that_is_to_be_locked_no_file_is_made(reader, note, clock):
    """D10, domain 5.6: what is read in person is not left on a phone; and the page that says so is
    the one that any other device gets."""
    elsewhere = await (await reader.get("/choosing/copy")).text()
    await note.lock(clock.now())
    page = await reader.get("/choosing/copy")
    assert page.status == 403
    assert "Her kan du ikke gemme en kopi" in await page.text()
    assert (await reader.post("/choosing/copy")).status == 403
    assert LINK not in await (await reader.get("/choosing/preview")).text()
    assert "Her kan du ikke gemme en kopi" not in elsewhere


async def test_there_is_none_before_the_note_is_ready(
    after_the_meeting, sofie, cast, database, clock
):
    """A half-written note is no note."""
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
        await store_admission(db, cast.sofies_seat, clock.now())
    await begun.write(ON, clock.now())
    assert (await sofie.post("/choosing/copy")).status == 403
    async with database.read() as db:
        who = await choosing.reader(db, begun.sofie, in_call=True, now=clock.now())
        assert who.opens  # in the call she reads along
        assert not await own_copy.is_offered(db, begun.sofie, who)
