"""Words that may name a place leave when somebody with a name has looked, never before (C13)."""

from datetime import datetime

import pytest

from server.domain.errors import NotFound, Stale
from server.domain.note import WordKind
from server.domain.roles import AccountId, Caseworker, FosterHome, SessionId
from server.domain.sharing import Choice, Outcome, ToldTo
from server.services import handing_over, passing_on
from server.store.tables import Placement
from tests import notes
from tests.notes import ON, ZONE, Note

AT = "Du vil gerne besøge din mor på Egevej 14."


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    async with database.begin() as db:
        return await notes.begin(db, after_the_meeting, clock.now(), database)


async def at_home(note: Note, now: datetime) -> list[str]:
    async with note.database.read() as db:
        return list((await handing_over.show(db, FosterHome(note.placement), now=now)).words)


async def looked(note: Note, item: int, now: datetime, *, who=None, seen: int | None = None):
    revision = seen if seen is not None else (await note.shown(item)).revision
    async with note.database.begin() as db:
        await passing_on.looked_at_places(
            db, who or note.mette, note.meeting, item, revision, now=now, zone=ZONE
        )


async def test_a_place_waits_and_everything_else_leaves_at_its_hour(note, clock, database):
    """C13, P4: the home sees the rest at the hour, and nothing of what is held."""
    place, plain = await note.write(AT, clock.now()), await note.write(ON, clock.now())
    for item in (place, plain):
        await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await note.ready(clock.now())
    assert await note.preview(clock.now()) == (ON,)
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    assert await at_home(note, clock.now()) == [ON]
    shown = await note.shown(place)
    assert (shown.outcome, shown.places) == (Outcome.WAITS_FOR_LOOK, ("Egevej 14",))

    clock.move(hours=1)
    await looked(note, place, clock.now())
    await looked(note, place, clock.now())
    assert await at_home(note, clock.now()) == [ON]  # at the next hour, never at once
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    assert await at_home(note, clock.now()) == [ON, AT]


async def test_who_looks_after_the_hour_opens_nothing_at_that_hour(note, clock, database):
    """P4: a server that slept through the hour lets out nothing that was opened meanwhile."""
    item = await note.write(AT, clock.now())
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    await note.ready(clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    clock.move(minutes=5)
    await looked(note, item, clock.now())
    await notes.release_due(database, clock.now())
    assert await at_home(note, clock.now()) == []
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    assert await at_home(note, clock.now()) == [AT]


async def test_a_look_is_about_exact_words(note, clock):
    """C8: other words, looked at anew; and nobody looks at what they have not seen."""
    item = await note.write(AT, clock.now())
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    before = (await note.shown(item)).revision
    await looked(note, item, clock.now())
    assert (await note.shown(item)).outcome == Outcome.GOES
    await note.reword(item, WordKind.HOME, "Sofie vil til Nordre Skole.", clock.now())
    with pytest.raises(Stale):
        await looked(note, item, clock.now(), seen=before)
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    assert (await note.shown(item)).places == ("Nordre Skole",)


async def test_nobody_is_asked_to_look_at_what_goes_nowhere(note, clock):
    item = await note.write(AT, clock.now())
    assert (await note.shown(item)).places == ()
    await note.choose(item, Choice.NOT_TO_HOME, clock.now(), in_call=True)
    assert (await note.shown(item)).places == ()


async def test_another_caseworker_cannot_look_for_mette(note, clock, cast):
    """L11."""
    item = await note.write(AT, clock.now())
    jens = Caseworker(AccountId(cast.jens), SessionId(1), "Jens")
    with pytest.raises(NotFound):
        await looked(note, item, clock.now(), who=jens)


async def test_what_must_be_passed_on_waits_too(note, clock):
    """C13: what is urgent is said on the telephone; the page can wait for a look."""
    item = await note.write(AT, clock.now())
    await note.must_pass_on(item, clock.now())
    await note.tell(item, ToldTo.YOUNG_PERSON, clock.now())
    assert (await note.shown(item)).outcome == Outcome.WAITS_FOR_LOOK


async def test_a_home_may_read_its_own_name(note, clock, database):
    """C13: no line about where one lives anyway waits for a look."""
    async with database.begin() as db:
        (await db.get_one(Placement, note.placement)).home_name = "de voksne på Solhuset"
    item = await note.write("Solhuset må gerne vide det.", clock.now())
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    assert (await note.shown(item)).outcome == Outcome.GOES
