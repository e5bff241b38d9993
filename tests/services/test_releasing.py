"""At the fixed hour: once, by whoever holds the lease, and never at once (P4)."""

from datetime import datetime

import pytest

from server.domain.errors import Refused
from server.domain.note import WordKind
from server.domain.roles import FosterHome
from server.domain.sharing import Choice, ToldTo
from server.services import handing_over, noting, releasing
from server.store import handovers
from server.store.tables import Placement
from tests import notes
from tests.notes import ON, Note


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    async with database.begin() as db:
        return await notes.begin(db, after_the_meeting, clock.now(), database)


async def at_home(note: Note, now: datetime) -> list[str]:
    async with note.database.read() as db:
        shown = await handing_over.show(db, FosterHome(note.placement), now=now)
        return list(shown.words)


async def chosen_and_ready(note: Note, now: datetime) -> int:
    item = await note.write(ON, now)
    await note.choose(item, Choice.AS_WRITTEN, now, in_call=True)
    await note.ready(now)
    return item


async def test_two_servers_release_a_note_once(note, clock, database):
    """A leased job: the second taker finds nothing."""
    await chosen_and_ready(note, clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    assert await notes.release_due(database, clock.now()) == 1
    assert await notes.release_due(database, clock.now()) == 0
    assert await at_home(note, clock.now()) == [ON]


async def test_a_server_that_dies_with_the_job_in_its_hands_leaves_it_to_the_next(
    note, clock, database
):
    """P10: the lease runs out, and the words leave once."""
    await chosen_and_ready(note, clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    async with database.begin() as db:
        dead = await releasing.take(db, now=clock.now())
    assert await notes.release_due(database, clock.now()) == 0
    clock.move(minutes=3)
    async with database.begin() as db:
        alive = await releasing.take(db, now=clock.now())
    for lease, done in ((dead[0], None), (alive[0], note.meeting)):
        async with database.begin() as db:
            released = await releasing.release(db, lease, now=clock.now(), zone=notes.ZONE)
            assert released == done
    assert await at_home(note, clock.now()) == [ON]


async def test_asked_alone_after_the_hour_leaves_at_the_next_noon(note, clock, database):
    """P4: never at once."""
    item = await note.write(ON, clock.now())
    await note.ready(clock.now())
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=False)
    clock.moment = await notes.hour(database, note.meeting)  # Tuesday at noon
    await notes.release_due(database, clock.now())
    clock.move(hours=1)
    await note.ask_alone(item, clock.now())
    assert await notes.release_due(database, clock.now()) == 0
    leaves = await notes.hour(database, note.meeting)
    assert leaves.astimezone(notes.ZONE).strftime("%a %H.%M") == "Wed 12.00"
    await notes.release_due(database, leaves)
    assert await at_home(note, leaves) == [ON]


async def test_a_home_the_young_person_has_moved_from_gets_nothing(note, clock, database):
    """C15: a choice was about the home it named."""
    await chosen_and_ready(note, clock.now())
    async with database.begin() as db:
        placement = await db.get_one(Placement, note.placement)
        placement.ended_at = clock.now()
    clock.moment = await notes.hour(database, note.meeting)
    assert await notes.release_due(database, clock.now()) == 1
    async with database.read() as db:
        assert await handovers.words(db, note.placement) == ()


async def test_a_note_cannot_be_ready_before_the_meeting_has_begun(cast, clock, database):
    async with database.begin() as db:
        early = await notes.begin(db, cast, clock.now(), database)
    with pytest.raises(Refused):
        await early.ready(clock.now())
    assert await notes.hour(database, early.meeting) is None


async def test_taking_words_back_and_choosing_them_anew_hands_them_over_anew(note, clock, database):
    item = await chosen_and_ready(note, clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    await note.withdraw(item, clock.now())
    assert await at_home(note, clock.now()) == []
    await note.choose(item, Choice.AS_WRITTEN, clock.now(), in_call=True)
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    assert await at_home(note, clock.now()) == [ON]


async def test_what_the_preview_shows_is_what_the_home_gets(note, clock, database):
    """S45, C9."""
    first = await chosen_and_ready(note, clock.now())
    second = await note.write("Du er glad for din nye klasse.", clock.now())
    await note.choose(second, Choice.AS_WRITTEN, clock.now(), in_call=False)
    assert await note.preview(clock.now()) == (ON,)
    await note.ask_alone(second, clock.now())
    foreseen = await note.preview(clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    assert tuple(await at_home(note, clock.now())) == foreseen == await note.preview(clock.now())

    await note.reword(first, WordKind.HOME, "En dør, der kan lukkes om aftenen", clock.now())
    await note.choose(first, Choice.AS_WRITTEN, clock.now(), in_call=True)
    foreseen = await note.preview(clock.now())
    assert ON not in foreseen
    await notes.release_due(database, await notes.hour(database, note.meeting))
    assert tuple(await at_home(note, clock.now())) == foreseen


async def test_the_caseworker_cannot_strike_what_the_home_has(note, clock, database):
    item = await chosen_and_ready(note, clock.now())
    await notes.release_due(database, await notes.hour(database, note.meeting))
    with pytest.raises(Refused):
        await note.strike(item, clock.now())
    async with database.read() as db:
        assert len(await noting.items_for_host(db, note.meeting)) == 1


async def test_marked_anew_it_must_be_told_anew(note, clock, database):
    """What was said to the young person before the mark was taken away says nothing of now."""
    item = await note.write(ON, clock.now())
    await note.must_pass_on(item, clock.now())
    await note.tell(item, ToldTo.YOUNG_PERSON, clock.now())
    assert (await note.shown(item)).told
    await note.not_after_all(item, clock.now())
    clock.move(minutes=1)
    await note.must_pass_on(item, clock.now())
    assert not (await note.shown(item)).told
    await note.tell(item, ToldTo.YOUNG_PERSON, clock.now())
    assert (await note.shown(item)).told


async def test_told_is_about_exact_words(note, clock):
    """P4: words that have changed since have not been told."""
    item = await note.write(ON, clock.now())
    await note.must_pass_on(item, clock.now())
    await note.tell(item, ToldTo.YOUNG_PERSON, clock.now())
    await note.reword(item, WordKind.HOME, "Andre ord", clock.now())
    assert not (await note.shown(item)).told


async def test_from_a_note_that_is_to_be_locked_nothing_leaves_until_it_is_not(
    note, clock, database, after_the_meeting
):
    """D10, P4: not what was chosen, nor what must be passed on; each hour goes by as usual, and
    what may leave leaves at the first noon after the mark is gone."""
    item = await chosen_and_ready(note, clock.now())
    await note.lock(clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    assert await notes.release_due(database, clock.now()) == 1
    assert await at_home(note, clock.now()) == []
    await note.must_pass_on(item, clock.now())
    await note.tell(item, ToldTo.YOUNG_PERSON, clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    assert await at_home(note, clock.now()) == []
    await note.unlock(after_the_meeting.jens, clock.now())
    assert await at_home(note, clock.now()) == []
    clock.moment = await notes.hour(database, note.meeting)
    await notes.release_due(database, clock.now())
    assert await at_home(note, clock.now()) == [ON]


async def test_a_locked_note_sets_no_hour_until_the_mark_is_taken_back(
    note, clock, database, after_the_meeting
):
    """D10: it wakes nobody each noon for ever, and what was chosen leaves once it may."""
    await chosen_and_ready(note, clock.now())
    await note.lock(clock.now())
    clock.moment = await notes.hour(database, note.meeting)
    assert await notes.release_due(database, clock.now()) == 1
    assert await notes.hour(database, note.meeting) is None
    clock.move(days=30)
    assert await notes.release_due(database, clock.now()) == 0
    assert await at_home(note, clock.now()) == []
    with pytest.raises(Refused, match="lock-takes-two"):
        await note.lock(clock.now(), on=False)
    await note.unlock(after_the_meeting.jens, clock.now())
    due_at = await notes.hour(database, note.meeting)
    assert due_at is not None
    assert due_at > clock.now()
    assert await at_home(note, clock.now()) == []  # never at once
    clock.moment = due_at
    assert await notes.release_due(database, clock.now()) == 1
    assert await at_home(note, clock.now()) == [ON]


async def test_locked_and_unlocked_before_its_hour_the_note_keeps_its_own(note, clock, database):
    """P4: the home must not see by the hour that something was on its way to be locked."""
    await chosen_and_ready(note, clock.now())
    own = await notes.hour(database, note.meeting)
    await note.lock(clock.now())
    await note.lock(clock.now(), on=False)
    assert await notes.hour(database, note.meeting) == own
