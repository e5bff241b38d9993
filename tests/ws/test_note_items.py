"""The note on the line: who in the call is told which items."""

from dataclasses import replace
from pathlib import Path

import pytest

from server.domain.ages import Band
from server.domain.roles import Role
from server.domain.sharing import Choice
from server.services import commenting
from server.services.room import snapshot
from server.texts import Texts, Voice
from server.ws.line import Line
from server.ws.note_items import NoteItems
from tests import factories, notes
from tests.notes import ON

TEXTS = Path(__file__).parents[2] / "web" / "text"


@pytest.fixture
async def note(cast, database, clock):
    async with database.begin() as db:
        begun = await notes.begin(db, cast, clock.now(), database)
    await begun.write(ON, clock.now())
    return begun


@pytest.fixture
def told(note, database, clock, cast):
    """Ask what somebody's line is told; a guest's line was opened on a bare link."""

    async def ask(holder, band):
        bare = {"navn": "Mette", "barn": "den unge", "hjem": "dem, du bor hos"}
        voice = Voice(Texts(TEXTS), "da", band, **bare)
        line = Line(note.meeting, cast.sofies_seat, holder.session, holder, voice)
        async with database.read() as db:
            shot = await snapshot(db, note.meeting, clock.now())
            return await NoteItems(clock)(db, line, shot)

    return ask


async def test_the_young_person_reads_while_it_is_written(note, told):
    (item,) = await told(replace(note.sofie, admitted=False), Band.THIRTEEN)
    assert item["text"] == ON
    assert item["standing"] == "Du har ikke valgt endnu. Lene og Karl får det ikke at vide."


async def test_the_host_sees_the_choice_in_words(note, told, clock):
    await note.choose(1, Choice.NOT_TO_HOME, clock.now(), in_call=True)
    (item,) = await told(note.mette, Band.ADULT)
    assert item["choice"] == "not_to_home"
    assert not item["missing"]


async def test_the_host_is_told_how_often_she_said_something_beside_a_line(
    note, told, clock, database
):
    """S54: so that the panel beside the call reads it again at once."""
    assert [item["comments"] for item in await told(note.mette, Band.ADULT)] == [0]
    async with database.begin() as db:
        await commenting.comment(
            db, note.sofie, 1, 1, "not_quite", "Kl. 20.", in_call=True, now=clock.now()
        )
    assert [item["comments"] for item in await told(note.mette, Band.ADULT)] == [1]
    (hers,) = await told(replace(note.sofie, admitted=False), Band.THIRTEEN)
    assert "comments" not in hers


async def test_nothing_of_it_is_told_where_the_device_is_not_their_own(
    note, told, database, clock, cast
):
    """U8."""
    async with database.begin() as db:
        await factories.store_admission(db, cast.sofies_seat, clock.now(), device="borrowed")
    assert await told(note.sofie, Band.THIRTEEN) == []


async def test_a_bisidder_is_told_nothing_of_it(note, told):
    """C15."""
    aya = replace(note.sofie, role=Role.BISIDDER)
    assert await told(aya, Band.ADULT) is None
