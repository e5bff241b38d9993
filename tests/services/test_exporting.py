"""A note goes to the case system once, whole, by whoever holds the lease; a correction replaces."""

import hashlib

import pytest
from sqlalchemy import func, select

from server import keys
from server.domain.errors import NotFound, Refused
from server.domain.exporting import Standing
from server.domain.note import WordKind
from server.domain.roles import AccountId, Caseworker, SessionId
from server.domain.sharing import Choice, ToldTo
from server.http.exporting import export_due
from server.services import commenting, exporting, note_copy, noting
from server.services.noting import Entry
from server.store.export_tables import Export
from server.store.note_tables import Chat
from server.store.tables import Account
from tests import exports, notes
from tests.notes import ON, ZONE, Note

JONAS = "Du vil ikke have, at jeg siger noget om Jonas."


@pytest.fixture
def settings(settings, tmp_path):
    return exports.sending(settings, tmp_path / "case-system")


@pytest.fixture
def folder(settings):
    return settings.export_dir


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
    await begun.write(ON, clock.now())
    return begun


async def ask(note: Note, now) -> None:
    async with note.database.begin() as db:
        await exporting.ask(db, note.mette, note.meeting, now=now)


async def journal(note: Note, now) -> exporting.Journal:
    async with note.database.read() as db:
        return await exporting.journal(db, note.mette, note.meeting, now=now)


async def copy(note: Note, now) -> note_copy.Copy:
    async with note.database.read() as db:
        return await note_copy.of(db, note.meeting, now)


async def test_it_goes_once_and_its_receipt_is_of_the_very_files(note, app, clock, folder):
    """P10: asked twice, and looked for twice."""
    assert (await journal(note, clock.now())).standing == Standing.NEVER
    await ask(note, clock.now())
    await ask(note, clock.now())
    assert (await journal(note, clock.now())).standing == Standing.ON_ITS_WAY
    assert (await export_due(app), await export_due(app)) == (1, 0)
    await ask(note, clock.now())  # it is there, and reads the same
    assert await export_due(app) == 0
    told = await journal(note, clock.now())
    (receipt,) = told.receipts
    assert told.standing == Standing.SENT
    assert exports.arrived(folder) == [receipt.name]
    for file, digest in (("pdf", receipt.pdf_sha256), ("json", receipt.json_sha256)):
        content = (folder / receipt.name / f"note.{file}").read_bytes()
        assert hashlib.sha256(content).hexdigest() == digest
    assert exports.read(folder, receipt.name)["pdf_sha256"] == receipt.pdf_sha256
    assert receipt.by == "Mette Lund"


async def test_a_correction_is_a_new_version_that_names_the_one_it_replaces(
    note, app, clock, folder
):
    await ask(note, clock.now())
    await export_due(app)
    (first,) = exports.arrived(folder)
    clock.move(minutes=5)
    item = (await copy(note, clock.now())).lines[0].line
    await note.reword(item, WordKind.LINE, "Du vil gerne have en dør, der kan lukkes.", clock.now())
    assert (await journal(note, clock.now())).standing == Standing.CHANGED
    await ask(note, clock.now())
    await export_due(app)
    assert exports.arrived(folder) == [first, first.replace("-v1", "-v2")]
    second = exports.read(folder, first.replace("-v1", "-v2"))
    assert (second["version"], second["replaces"]) == (2, first)
    assert [line["text"] for line in second["lines"]] == [
        "Du vil gerne have en dør, der kan lukkes."
    ]
    assert [one["text"] for one in second["lines"][0]["earlier"]] == [ON]
    assert exports.read(folder, first)["lines"][0]["text"] == ON  # what has gone stays as it went
    assert [one.version for one in (await journal(note, clock.now())).receipts] == [2, 1]


async def test_two_servers_send_it_once(note, app, clock, folder, database):
    """P10: a leased job; who comes too late with it changes nothing."""
    await ask(note, clock.now())
    async with database.begin() as db:
        (slow,) = await exporting.take(db, now=clock.now())
    assert await export_due(app) == 0  # in somebody's hands
    clock.move(minutes=3)
    assert await export_due(app) == 1
    (name,) = exports.arrived(folder)
    (folder / name).rename(folder.parent / "fetched")
    async with database.begin() as db:
        assert await exporting.taken(db, slow, now=clock.now()) is None
        of = await copy(note, clock.now())
        lost = {"pdf_sha256": "0" * 64, "json_sha256": "0" * 64, "now": clock.now()}
        assert not await exporting.ready(db, slow, of, ".elsewhere", **lost)
        assert await exporting.sent(db, slow, now=clock.now()) is None
    assert exports.arrived(folder) == []
    assert (await journal(note, clock.now())).receipts[0].pdf_sha256 != "0" * 64


async def test_while_the_folder_is_away_it_waits_and_says_so(note, app, clock, folder, caplog):
    """P10: nothing is said to have gone that has not; and no word of it is logged (P6)."""
    folder.rename(folder.parent / "away")
    await ask(note, clock.now())
    assert await export_due(app) == 0
    clock.move(minutes=11)
    told = await journal(note, clock.now())
    assert (told.standing, told.receipts) == (Standing.LATE, ())
    (folder.parent / "away").rename(folder)
    assert await export_due(app) == 1
    assert len(exports.arrived(folder)) == 1
    assert [word for word in ("Sofie", ON, str(folder)) if word in caplog.text] == []


async def test_two_notes_do_not_wait_for_each_other(note, app, clock, folder, database):
    """One that fails costs the others nothing."""
    await ask(note, clock.now())
    async with database.begin() as db:
        row = (await db.scalars(select(Export))).one()
        db.add(
            Export(
                meeting_id=row.meeting_id, account_id=row.account_id, version=2,
                mark="0f" * 6, asked_at=clock.now(),
            )
        )  # fmt: skip
        await db.flush()
        bad = (await db.scalars(select(Export).where(Export.version == 2))).one()
        db.add(exporting.Job(kind=exporting.KIND, subject=bad.id, due_at=clock.now()))
    in_the_way = folder / f"enerum-{'0f' * 6}-v2"
    in_the_way.mkdir()
    (in_the_way / "something").write_text("of somebody's")
    assert await export_due(app) == 1
    assert len(exports.arrived(folder)) == 2


async def test_a_note_that_could_not_be_written_yet_is_not_sent(cast, database, clock):
    async with database.begin() as db:
        early = await notes.begin(db, cast, clock.now(), database)
    with pytest.raises(Refused, match="note-before-meeting"):
        await ask(early, clock.now())


async def test_nobody_elses_note_can_be_asked_for(note, clock, cast, database):
    """L11."""
    jens = Caseworker(AccountId(cast.jens), SessionId(0), "Jens")
    for deed in (exporting.ask, exporting.journal):
        with pytest.raises(NotFound):
            async with database.begin() as db:
                await deed(db, jens, note.meeting, now=clock.now())
    async with database.read() as db:
        assert (await db.execute(select(func.count()).select_from(Export))).scalar_one() == 0


async def test_whose_words_and_when_and_where_from(note, clock, cast, database):
    """S55, domain 9 row 29: quotes with who and when, what came from the chat, agreements with
    owner and day, the author and the meeting."""
    now = clock.now()
    async with database.begin() as db:
        chat = Chat(
            meeting_id=cast.meeting, seat_id=cast.sofies_seat, ref="x", text="Den hedder Plet",
            at=now,
        )  # fmt: skip
        db.add(chat)
        await db.flush()
        await noting.take_from_chat(db, note.mette, note.meeting, chat.id, now=now, zone=ZONE)
        for entry, text in (
            (Entry(ZONE, "own_words", said_by="Sofie"), "I spørger mig, men I har bestemt det."),
            (Entry(ZONE, "agreed", owner="Mette", due=now.date()), "Mette ringer til Hanne."),
        ):
            await noting.write(db, note.mette, note.meeting, text, now=now, entry=entry)
        mette = await db.get_one(Account, cast.mette)
    made = await copy(note, now)
    plain, from_chat, said, agreed = made.lines
    assert (plain.quote, plain.section) == (None, "talked_about")
    assert from_chat.quote is not None
    assert (from_chat.quote.by, from_chat.quote.source) == ("Sofie", "chat")
    assert said.quote is not None
    assert (said.quote.by, said.quote.source) == ("Sofie", "said")
    assert agreed.agreement is not None
    assert (agreed.agreement.owner, agreed.agreement.state) == ("Mette", "open")
    assert [(one.by, one.text, one.quoted_in_line) for one in made.chat] == [
        ("Sofie", "Den hedder Plet", from_chat.line)
    ]
    assert (made.author.name, made.young_person.name) == (mette.name, "Sofie")
    assert (made.meeting.number, made.home) == (cast.meeting, "Lene og Karl")


async def test_read_is_what_she_answered_about_since_it_got_these_words(note, clock):
    """Domain 9 row 29: the child-read flag, line by line."""
    item = (await copy(note, clock.now())).lines[0].line
    second = await note.write(JONAS, clock.now())
    clock.move(minutes=1)
    assert (await copy(note, clock.now())).reading.lines_read == 0
    await note.choose(item, Choice.NOT_TO_HOME, clock.now(), in_call=True)
    read = (await copy(note, clock.now())).reading
    assert (read.read, read.lines_read, read.last_read_at) == (False, 1, clock.now())
    await note.must_pass_on(second, clock.now())
    await note.tell(second, ToldTo.YOUNG_PERSON, clock.now())
    assert (await copy(note, clock.now())).reading.read
    clock.move(minutes=1)
    await note.reword(item, WordKind.LINE, "Andre ord.", clock.now())
    assert (await copy(note, clock.now())).reading.lines_read == 1


async def test_what_she_says_about_a_line_stands_beside_it(note, clock, database):
    """S54: her mark and her own words, with the words they are about; and then she has read it."""
    line = (await copy(note, clock.now())).lines[0]
    async with database.begin() as db:
        await commenting.comment(
            db, note.sofie, line.line, line.revision, "not_quite", "Kl. 22.", in_call=True,
            now=clock.now(),
        )  # fmt: skip
    clock.move(minutes=1)
    made = await copy(note, clock.now())
    assert made.reading.read
    await note.reword(line.line, WordKind.LINE, "Døren må være lukket.", clock.now())
    (found,) = (await copy(note, clock.now())).lines[0].beside
    assert (found.mark, found.text) == ("not_quite", "Kl. 22.")
    assert (
        found.about_revision == line.revision != (await copy(note, clock.now())).lines[0].revision
    )


async def test_what_she_kept_from_the_home_stands_nowhere_as_kept(note, clock, app, folder):
    """P4, P5: the file has the note; of the choices it has what the home was in fact told."""
    kept = (await copy(note, clock.now())).lines[0].line
    shared = await note.write("Du er glad for din nye klasse.", clock.now())
    await note.choose(kept, Choice.NOT_TO_HOME, clock.now(), in_call=True)
    await note.choose(shared, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await note.ready(clock.now())
    clock.moment = await notes.hour(note.database, note.meeting)
    await notes.release_due(note.database, clock.now())
    await ask(note, clock.now())
    await export_due(app)
    (name,) = exports.arrived(folder)
    told = exports.read(folder, name)
    assert [one["text"] for one in told["told_home"]] == ["Du er glad for din nye klasse."]
    whole = (folder / name / "note.json").read_text()
    assert [word for word in ("not_to_home", "as_written", "choice") if word in whole] == []
    await note.withdraw(shared, clock.now())
    assert (await copy(note, clock.now())).told_home[0].taken_back_at == clock.now()


async def test_an_unset_house_sends_nothing(note, app, clock, database):
    """D16: off by default."""
    await ask(note, clock.now())
    app._state[keys.SETTINGS] = exports.replace(app[keys.SETTINGS], export_dir=None)
    assert await export_due(app) == 0
