"""What leaves at the hour, against a model that knows only what was said (P4, C7, C8)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from server.domain.errors import Refused
from server.domain.note import WordKind
from server.domain.roles import FosterHome
from server.domain.sharing import Choice, ToldTo
from server.services import handing_over, noting
from server.store.database import Database
from server.store.tables import Placement
from tests import factories, notes
from tests.factories import Cast
from tests.notes import ON, Note

ACTIONS = (
    "write", "reword", "word_for_home", "choose_in_call", "choose_outside", "ask_alone",
    "must_pass_on", "tell", "withdraw", "strike", "ready", "release", "release",
)  # fmt: skip

steps = st.lists(
    st.tuples(
        st.sampled_from(ACTIONS),
        st.integers(0, 2),  # which item
        st.sampled_from((Choice.AS_WRITTEN, *Choice)),
        st.integers(0, 48),  # hours until then
    ),
    max_size=14,
)
WRITTEN = ("write", 0, Choice.AS_WRITTEN, 0)
READY = ("ready", 0, Choice.AS_WRITTEN, 0)
RELEASED = ("release", 0, Choice.AS_WRITTEN, 72)


@dataclass
class Said:
    """One item as somebody would retell it."""

    line: str
    home: str = ""
    yes_to: str | None = None  # exact words, said aloud or in the call
    tapped: str | None = None  # exact words, from who knows whose hand
    must: bool = False
    told: str | None = None
    opened_at: datetime | None = None
    out: str | None = None
    struck: bool = False

    @property
    def words(self) -> str:
        return self.home or self.line

    @property
    def may_leave(self) -> bool:
        if self.struck:
            return False
        return self.told == self.words if self.must else self.yes_to == self.words


@dataclass
class Model:
    items: dict[int, Said] = field(default_factory=dict)
    page: list[tuple[int, str]] = field(default_factory=list)

    def release(self, hour: datetime) -> None:
        for key, said in self.items.items():
            in_time = said.opened_at is not None and said.opened_at <= hour
            if said.may_leave and in_time and said.out != said.words:
                self.take_back(key)
                said.out = said.words
                self.page.append((key, said.words))

    def take_back(self, key: int) -> None:
        self.items[key].out = None
        self.page = [entry for entry in self.page if entry[0] != key]


async def new_note(database: Database, cast: Cast, now: datetime) -> Note:
    """A young person, home and meeting of this example's own."""
    async with database.begin() as db:
        sofie, home = await factories.store_young_person(db, now, cast.mette, "S", 13, "L og K")
        meeting, seats = await factories.store_meeting(
            db, now, cast.mette, sofie, home, starts_in=timedelta(hours=-1)
        )
        own = replace(
            cast,
            sofie=sofie,
            holms=home,
            meeting=meeting,
            sofies_seat=seats[factories.Role.YOUNG_PERSON],
        )
        return await notes.begin(db, own, now, database)


async def at_home(note: Note, now: datetime) -> list[str]:
    async with note.database.read() as db:
        shown = await handing_over.show(db, FosterHome(note.placement), now=now)
        return list(shown.words)


async def play(note: Note, model: Model, step: tuple[str, int, Choice, int], now: datetime) -> None:
    action, place, choice, _ = step
    living = [key for key, said in model.items.items() if not said.struck]
    key = living[place % len(living)] if living else None
    said = model.items[key] if key is not None else None
    fresh = f"{action} {now:%d %H}"
    if action == "write":
        model.items[await note.write(fresh, now)] = Said(fresh)
    elif action == "ready":
        await note.ready(now)
    elif action == "release":
        hour = await notes.hour(note.database, note.meeting)
        await notes.release_due(note.database, now)
        if hour is not None and hour <= now:
            model.release(hour)
    elif key is None or said is None:
        return
    elif action == "reword":
        await note.reword(key, WordKind.LINE, fresh, now)
        said.line = fresh
    elif action == "word_for_home":
        await note.reword(key, WordKind.HOME, fresh, now)
        said.home = fresh
    elif action in ("choose_in_call", "choose_outside"):
        await choose(note, said, key, choice, now, in_call=action == "choose_in_call")
    elif action == "ask_alone" and not said.must and said.tapped == said.words:
        await note.ask_alone(key, now)
        said.yes_to, said.tapped, said.opened_at = said.words, None, now
    elif action == "must_pass_on" and not said.must:
        await note.must_pass_on(key, now)
        said.must, said.told, said.opened_at = True, None, None
    elif action == "tell" and said.must and said.told != said.words:
        await note.tell(key, ToldTo.YOUNG_PERSON, now)
        said.told, said.opened_at = said.words, now
    elif action == "withdraw" and said.out is not None and not said.must:
        await note.withdraw(key, now)
        model.take_back(key)
        said.yes_to = said.tapped = None
    elif action == "strike" and said.out is None:
        await note.strike(key, now)
        said.struck = True


async def choose(
    note: Note, said: Said, key: int, choice: Choice, now: datetime, *, in_call: bool
) -> None:
    """A choice, as the model retells it. What is at the home must be taken back instead."""
    if said.must:
        with pytest.raises(Refused):
            await note.choose(key, choice, now, in_call=in_call)
        return
    again = choice == Choice.AS_WRITTEN and said.words == said.yes_to
    if said.out == said.words and not again:
        with pytest.raises(Refused):
            await note.choose(key, choice, now, in_call=in_call)
        return
    await note.choose(key, choice, now, in_call=in_call)
    if again:
        return
    said.yes_to = said.tapped = said.opened_at = None
    if choice == Choice.AS_WRITTEN and in_call:
        said.yes_to, said.opened_at = said.words, now
    elif choice == Choice.AS_WRITTEN:
        said.tapped = said.words


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps)
@example([WRITTEN, ("choose_in_call", 0, Choice.AS_WRITTEN, 0), READY, RELEASED, RELEASED])
@example([WRITTEN, READY, ("choose_outside", 0, Choice.AS_WRITTEN, 1), RELEASED, RELEASED])
async def test_the_page_holds_exactly_the_words_that_may_leave(database, cast, clock, taken):
    """P4, S45, C7, C8, must show 4: over write, reword, choose, choose outside the call, change one's
    mind, ask alone, tell, take back, strike and release."""
    now = clock.moment + timedelta(hours=2)
    note = await new_note(database, cast, now)
    model = Model()
    # Choosing outside the call is open from the reading window on; most plays begin with it.
    if "choose_outside" in {step[0] for step in taken}:
        await note.ready(now)
    for step in taken:
        now += timedelta(hours=step[3], minutes=1)
        await play(note, model, step, now)
        assert await at_home(note, now) == [words for _, words in model.page]


@pytest.fixture
async def note(after_the_meeting, database, clock) -> Note:
    async with database.begin() as db:
        return await notes.begin(db, after_the_meeting, clock.now(), database)


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
    from server.services import releasing

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
    from server.store import handovers

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
