"""The history of a note comes to where things stand, whatever was done in whichever order (D11)."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from server.domain.errors import Refused
from server.domain.history import replay
from server.domain.note import WordKind
from server.domain.roles import FosterHome
from server.domain.sharing import Choice, ToldTo
from server.services import handing_over, history
from server.store.database import Database
from tests import factories, notes
from tests.factories import Cast
from tests.notes import Note

ACTIONS = (
    "write", "reword", "word_for_home", "choose_in_call", "choose_outside", "ask_alone",
    "must_pass_on", "tell", "withdraw", "strike", "ready", "release", "release",
    "wish", "propose_wish",
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
    wish: str | None = None  # how they would want it said; a proposal of it is new words

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
    elif action == "wish" and not said.must and said.out != said.words:
        await note.choose(key, Choice.OTHER_WORDS, now, in_call=True, words=fresh)
        said.yes_to = said.tapped = said.opened_at = None
        said.wish = fresh
    elif action == "propose_wish" and said.wish is not None:
        await note.reword(key, WordKind.HOME, said.wish, now)
        said.home, said.wish = said.wish, None
    elif action == "ask_alone" and not said.must and said.tapped == said.words:
        await note.ask_alone(key, now)
        said.yes_to, said.tapped, said.opened_at = said.words, None, now
    elif action == "must_pass_on" and not said.must:
        await note.must_pass_on(key, now, second=note.mette.account + 1)  # Jens
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
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(steps)
@example([WRITTEN, ("choose_in_call", 0, Choice.AS_WRITTEN, 0), READY, RELEASED, RELEASED])
@example(
    [
        WRITTEN,
        ("choose_in_call", 0, Choice.AS_WRITTEN, 0),
        READY,
        RELEASED,
        RELEASED,
        ("withdraw", 0, Choice.AS_WRITTEN, 1),
        RELEASED,
    ]
)
@example(
    [
        WRITTEN,
        ("wish", 0, Choice.AS_WRITTEN, 0),
        ("propose_wish", 0, Choice.AS_WRITTEN, 0),
        READY,
        RELEASED,
        ("choose_in_call", 0, Choice.AS_WRITTEN, 0),
        RELEASED,
    ]
)
@example([WRITTEN, READY, ("choose_outside", 0, Choice.AS_WRITTEN, 1), RELEASED, RELEASED])
async def test_the_history_comes_to_where_things_stand(database, cast, clock, taken):
    """P4, S45, C7, C8, must show 4: over write, reword, choose, choose outside the call, change
    one's mind, ask alone, tell, take back, strike and release."""
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
        await comes_to_the_same_when_told_anew(note, model)


async def comes_to_the_same_when_told_anew(note: Note, model: Model) -> None:
    """D11: the history tells where things stand, and every word at the home has its receipt."""
    async with note.database.read() as db:
        stands = replay(await history.of_note(db, note.meeting))
        receipts = await history.passed_on(db, note.meeting, "L og K")
    for key, said in model.items.items():
        assert (key not in stands) or stands[key].struck == said.struck
        if said.struck:
            continue
        assert (stands[key].out is not None) == (said.out is not None)
        chosen = stands[key].chosen
        yes = chosen is not None and chosen.choice == Choice.AS_WRITTEN
        counts = yes and chosen.revision == stands[key].leaving and chosen.in_the_call_or_by_voice
        assert counts == (said.yes_to == said.words)
    standing = [one.words for one in receipts if one.ended_at is None and not one.phoned]
    assert sorted(standing) == sorted(words for _, words in model.page)
