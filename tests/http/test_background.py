"""What the web process does by itself at the fixed hour."""

import asyncio

import pytest
from aiohttp.test_utils import TestServer
from sqlalchemy import text

from server.app import build_app
from server.domain.roles import FosterHome, PlacementId
from server.domain.sharing import Choice
from server.http import background
from server.services import handing_over, releasing
from server.store.jobs import Job
from tests import notes
from tests.notes import ON


@pytest.fixture
async def note(after_the_meeting, database, clock):
    async with database.begin() as db:
        begun = await notes.begin(db, after_the_meeting, clock.now(), database)
    item = await begun.write(ON, clock.now())
    await begun.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await begun.ready(clock.now())
    return begun


async def at_home(note, clock):
    async with note.database.read() as db:
        home = FosterHome(PlacementId(note.placement))
        return (await handing_over.show(db, home, now=clock.now())).words


async def test_it_releases_at_the_hour_and_not_before(note, app, clock, database):
    """P4: the fixed hour."""
    assert await background.release_due(app) == 0
    clock.moment = await notes.hour(database, note.meeting)
    assert await background.release_due(app) == 1
    assert await background.release_due(app) == 0
    assert await at_home(note, clock) == (ON,)


async def test_a_note_that_fails_costs_the_others_nothing(note, app, clock, database):
    clock.moment = await notes.hour(database, note.meeting)
    async with database.begin() as db:
        db.add(Job(kind=releasing.KIND, subject=999, due_at=clock.now()))
    assert await background.release_due(app) == 1
    assert await at_home(note, clock) == (ON,)


async def test_what_cannot_be_done_keeps_nothing_else_from_its_hour(note, app, clock, database):
    """P4, P10: words leave at the fixed hour also where something before them goes wrong each time.

    What was said to be done first once kept everything after it from being done at all."""
    clock.moment = await notes.hour(database, note.meeting)
    async with database.begin() as db:
        await db.execute(text("ALTER TABLE visits RENAME TO visits_gone"))
    with pytest.raises(Exception, match="visits"):
        await background.end_what_is_over(app)
    await background.look(app)
    assert await at_home(note, clock) == (ON,)


async def test_a_server_that_stops_lets_a_turn_that_has_begun_end(settings, clock, monkeypatch):
    """P10: cancelled while it opened a connection it left that to nobody, or waited for ever."""
    begun, ended = asyncio.Event(), asyncio.Event()

    async def slow(_app) -> None:
        begun.set()
        await asyncio.sleep(0.05)
        ended.set()

    monkeypatch.setattr(background, "look", slow)
    server = TestServer(build_app(settings, clock, media=False))
    await server.start_server()
    await begun.wait()
    await server.close()
    assert ended.is_set()
