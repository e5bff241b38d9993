"""What waits for Mette in a note that is being read stands on her day (P4, C20)."""

import re

import pytest

from server.domain.sharing import Choice
from server.services import commenting
from tests import notes
from tests.notes import ON

ALONE = "Spørg Sofie alene, før Lene og Karl får det at vide"
WORDS = "Sofie vil have andre ord til Lene og Karl"
SAID = "Sofie har sagt noget om noten"
TELL = "Sig først til Sofie, hvad Lene og Karl skal vide"


@pytest.fixture
async def note(after_the_meeting, database, clock):
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
    for text in (ON, "Du vil gerne have en kanin.", "Du skal have din medicin om aftenen."):
        await begun.write(text, clock.now())
    await begun.ready(clock.now())
    return begun


@pytest.fixture
def day(as_kind, cast):
    """Mette's first page in words."""

    async def read() -> str:
        mette = await as_kind(account=cast.mette)
        page = await (await mette.get("/")).text()
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page))

    return read


async def comments(note, item, now) -> None:
    async with note.database.begin() as db:
        seen = (await note.shown(item)).line_revision
        await commenting.comment(
            db, note.sofie, item, seen, "not_quite", "", in_call=False, now=now
        )


async def test_whoever_was_told_that_she_is_asked_first_is_asked(note, day, clock):
    """P4: "Mette spørger dig først" is a promise; it stands where Mette looks until she has."""
    assert ALONE not in await day()
    await note.choose(1, Choice.AS_WRITTEN, clock.now(), in_call=False)
    await note.choose(2, Choice.AS_WRITTEN, clock.now(), in_call=False)
    assert f"{ALONE} 2 linjer" in await day()
    await note.ask_alone(1, clock.now())
    assert f"{ALONE} Én linje" in await day()
    await note.ask_alone(2, clock.now())
    assert ALONE not in await day()


async def test_other_words_and_what_she_has_to_hear_first_stand_there(note, day, clock):
    await note.choose(1, Choice.OTHER_WORDS, clock.now(), in_call=False, words="Jeg vil have ro.")
    await note.must_pass_on(3, clock.now())
    page = await day()
    assert WORDS in page
    assert page.index(TELL) < page.index(WORDS)


async def test_what_she_says_about_the_note_is_read_within_days(note, day, clock):
    """C20: until the line is put anew, or two weeks have gone by."""
    await comments(note, 1, clock.now())
    await comments(note, 2, clock.now())
    assert f"{SAID} 2 linjer" in await day()
    await note.reword(1, notes.WordKind.LINE, "Klokken 20.", clock.now())
    assert f"{SAID} Én linje" in await day()
    clock.move(days=15)
    assert SAID not in await day()


async def test_jens_reads_nothing_of_it(note, jens, clock):
    await comments(note, 1, clock.now())
    assert SAID not in await (await jens.get("/")).text()


async def test_a_meeting_that_was_not_held_here_leads_to_its_note(after_the_meeting, day, clock):
    """R8: a talk by phone has a note as well; nobody is said to have stayed away."""
    clock.move(hours=3)
    page = await day()
    assert "Mødet med Sofie blev ikke holdt her" in page
    assert "kl. 14.00. Talte I sammen på en anden måde, så skriv noten." in page
