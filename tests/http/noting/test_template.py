"""Before a note can be read: what it lacks is said, and what the municipality's template makes
mandatory takes a press that says "not this time" (S53, S56)."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from server.domain.completing import Lack
from server.store.tables import Meeting, Trail
from tests import notes

QUOTE = {"section": "own_words", "text": "Det er sjovt i skolen.", "said_by": "Sofie"}
AGREED = {"section": "agreed", "text": "Jeg ringer til Hanne.", "owner": "Mette"}
SUPPORTS = {"supports": "Lene"}


@pytest.fixture
def settings(settings):
    return replace(settings, note_must=frozenset({Lack.OWN_WORDS, Lack.AGREED}))


@pytest.fixture
async def path(after_the_meeting, database, clock) -> str:
    """The note of a talk that was held."""
    async with database.begin() as db:
        await notes.begin(db, after_the_meeting, clock.now(), database)
    return f"/meetings/{after_the_meeting.meeting}"


async def is_ready(database, cast) -> bool:
    async with database.read() as db:
        return (await db.get_one(Meeting, cast.meeting)).note_ready_at is not None


async def test_what_is_mandatory_is_written_or_said_to_be_missing(path, mette, cast, database):
    """S56: everything that is wrong at once, and what was ticked stays ticked."""
    page = await (await mette.get(f"{path}/note")).text()
    assert "Noten mangler: Sofies egne ord, noget, I har aftalt." in page
    answer = await mette.post(f"{path}/note/ready", data=SUPPORTS | {"without_agreed": "yes"})
    page = await answer.text()
    assert answer.status == 400
    assert page.count("Skriv det i noten, eller sæt kryds.") == 2  # on top, and at its box
    assert '<a href="#ready">Skriv det i noten' in page
    assert 'name="without_agreed" value="yes" checked' in page
    assert not await is_ready(database, cast)
    await mette.post(f"{path}/items", data=QUOTE)
    sent = SUPPORTS | {"without_agreed": "yes"}
    assert (await mette.post(f"{path}/note/ready", data=sent, allow_redirects=False)).status == 303
    assert await is_ready(database, cast)
    async with database.read() as db:
        deeds = list(await db.scalars(select(Trail.deed).where(Trail.deed.contains("without"))))
    assert deeds == ["ready-without-agreed"]


async def test_a_whole_note_is_asked_nothing(path, mette, cast, database, clock):
    for sent in (QUOTE, AGREED | {"due": clock.now().date().isoformat()}):
        await mette.post(f"{path}/items", data=sent)
    page = await (await mette.get(f"{path}/note")).text()
    assert "Noten mangler" not in page
    assert "without_" not in page
    sent = SUPPORTS
    assert (await mette.post(f"{path}/note/ready", data=sent, allow_redirects=False)).status == 303
    assert await is_ready(database, cast)


async def test_a_meeting_nobody_came_to_lacks_nothing(after_the_meeting, mette, database):
    """S22: it has its record all the same."""
    path = f"/meetings/{after_the_meeting.meeting}"
    assert "Noten mangler" not in await (await mette.get(f"{path}/note")).text()
    answer = await mette.post(f"{path}/note/ready", allow_redirects=False)
    assert answer.status == 303
    assert await is_ready(database, after_the_meeting)


async def test_a_note_with_words_left_unsaved_is_not_ready_unnoticed(path, mette, cast, database):
    """P10: typed, kept as a draft, and forgotten: said on top with the way there; what was ticked
    stays ticked, and whoever does not want the words says so."""
    place = f"meeting:{cast.meeting}:noticed"
    sent = {"place": place, "text": "Du viste mig Plet.", "revision": "0"}
    await mette.post("/drafts", data=sent)
    ready = {"said_no": "yes", "without_own_words": "yes", "without_agreed": "yes"}
    answer = await mette.post(f"{path}/note/ready", data=ready)
    page = await answer.text()
    assert answer.status == 400
    assert f'<a href="#{place.replace(":", "-")}">Noget af det, du har skrevet' in page
    assert 'name="said_no" value="yes" checked' in page
    assert not await is_ready(database, cast)
    await mette.post(f"{path}/note/ready", data=ready | {"unsent": "leave"})
    assert await is_ready(database, cast)


async def test_words_that_stand_in_the_note_hold_nothing_up(path, mette, cast, database):
    """A draft that came in behind its own line says nothing new."""
    await mette.post(f"{path}/items", data=QUOTE)
    sent = {"place": f"meeting:{cast.meeting}:own_words", "text": QUOTE["text"], "revision": "0"}
    await mette.post("/drafts", data=sent)
    await mette.post(f"{path}/note/ready", data=SUPPORTS | {"without_agreed": "yes"})
    assert await is_ready(database, cast)
