"""What stands in the file besides the lines: how it came about, and what the home was told."""

import pytest

from server.domain.sharing import Choice
from server.services import note_copy
from server.store.tables import Reply
from tests import notes
from tests.notes import ON, Note


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
    await begun.write(ON, clock.now())
    return begun


async def copy(note: Note, now) -> note_copy.Copy:
    async with note.database.read() as db:
        return await note_copy.of(db, note.meeting, now)


async def test_each_time_the_home_got_the_words_stands_in_it(note, clock):
    """S45: taken back and given anew is twice, with when each of them ended."""
    item = (await copy(note, clock.now())).lines[0].line
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await note.ready(clock.now())
    clock.moment = await notes.hour(note.database, note.meeting)
    await notes.release_due(note.database, clock.now())
    clock.move(hours=1)
    await note.withdraw(item, clock.now())
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    clock.moment = await notes.hour(note.database, note.meeting)
    await notes.release_due(note.database, clock.now())
    first, second = (await copy(note, clock.now())).told_home
    assert (first.text, second.text) == (ON, ON)
    assert first.taken_back_at is not None
    assert (second.taken_back_at, second.told_at) == (None, clock.now())


async def test_how_she_was_told_and_why_without_parents_stand_in_it(note, clock, cast, database):
    """S23, domain 9 rows 1 and 12: read beforehand, else said aloud in the talk."""
    told = (await copy(note, clock.now())).meeting
    assert (told.told_how, told.told_it_is_written_at, told.without_parents) == ("", None, "")
    await note.says_it_is_written(clock.now())
    told = (await copy(note, clock.now())).meeting
    assert (told.told_how, told.told_it_is_written_at) == ("said", clock.now())
    async with database.begin() as db:
        for seat, session, question, answer, text in (
            (cast.sofies_seat, note.sofie.session, "written", "fine", ""),
            (cast.mettes_seat, note.mette.session, "parents", "without", "Hun bad om det"),
        ):
            said = {"question": question, "answer": answer, "text": text, "at": clock.now()}
            db.add(Reply(seat_id=seat, session_id=session, **said))
    told = (await copy(note, clock.now())).meeting
    assert (told.told_how, told.without_parents) == ("read", "Hun bad om det")
