"""What a caseworker may do with a note, and time, as rules of a stateful test: each done to the
product and to the retelling (told_again.py), whatever came before."""

from datetime import timedelta

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from server.domain.errors import Invalid, Problem, Refused, Stale
from server.domain.note import WordKind
from server.domain.sharing import Choice, ToldTo
from tests import notes
from tests.services.houses import House
from tests.services.told_again import Chose, Retold, Said, Words

which = st.integers(0, 2)
choices = st.sampled_from((Choice.AS_WRITTEN, Choice.AS_WRITTEN, *Choice))
GRAVE = ("lock", "unlock", "unlock", "unlock", "hide", "move")
A_SLIP = timedelta(minutes=1)  # of the hand: a lock is taken back alone within it


def some(life: "OfTheCaseworker") -> bool:
    """Whether there is a line to do something with."""
    return bool(life.told.living())


class OfTheCaseworker(RuleBasedStateMachine):
    """One note's life: time, and what the caseworker does. `house` is given by the test."""

    house: House

    @initialize(
        start=st.sampled_from(("early", "ready", "moved")),
        place=st.booleans(),
        sleepy=st.booleans(),
    )
    def begin(self, start: str, place: bool, sleepy: bool) -> None:
        """Two lines are written; before the talk, after it with the note made ready, or so after a
        yes was said and they moved. A sleepy server comes late to every other hour."""
        self.now = self.house.clock.moment = self.house.clock.moment + timedelta(hours=1)
        self.case, self.note = self.do(self.house.new_case(self.now))
        self.beside, _ = self.do(self.house.new_case(self.now))
        starts = self.now + timedelta(minutes=20)
        self.told = Retold(starts=starts, home_since=self.now - timedelta(days=1))
        self.number = 0
        self.old_browser = ""
        self.deeds, self.sleepy = 0, sleepy
        for names_a_place in (place, False):
            self.write(names_a_place)
        if start == "moved":
            self.choose(1, Choice.AS_WRITTEN, True)
            self.moves_home()
        if start != "early":
            self.tick(minutes=30)
            self.ready()

    def do(self, deed):
        return self.house.run(deed)

    def refuses(self, deed, *kinds: type[Problem]) -> None:
        with pytest.raises(kinds):
            self.do(deed)

    def fresh(self, place: bool) -> Words:
        self.number += 1
        where = " på Egevej 14" if place else ""
        return Words(self.number, f"Ord {self.number}{where}.")

    def pick(self, place: int) -> tuple[int, Said]:
        living = self.told.living()
        key = living[place % len(living)]
        return key, self.told.items[key]

    def can_read(self) -> bool:
        hour = self.do(notes.hour(self.house.database, self.note.meeting))
        return self.told.can_read(self.now, hour)

    # Time

    @rule(minutes=st.sampled_from((1, 5, 30)), days=st.sampled_from((0, 0, 0, 1, 2)))
    def time_goes_by(self, minutes: int, days: int) -> None:
        self.tick(minutes=minutes, days=days)

    def tick(self, **by: float) -> None:
        """A little later; every third time the next hour has come first."""
        self.deeds += 1
        if self.deeds % 3 == 0 and not (self.sleepy and self.deeds % 2):
            self.the_hour_comes()
        elif self.deeds % 3 == 0:
            hour = self.do(notes.hour(self.house.database, self.note.meeting))
            self.now = max(self.now, hour or self.now)
        self.now += timedelta(**by)
        self.house.clock.moment = self.now

    @rule()
    def the_hour_comes(self) -> None:
        """Whether or not the server is awake at it; what it finds then is released."""
        hour = self.do(notes.hour(self.house.database, self.note.meeting))
        if hour is not None and self.now < hour:
            self.now = self.house.clock.moment = hour
        self.awake()

    @rule()
    def awake(self) -> None:
        hour = self.do(notes.hour(self.house.database, self.note.meeting))
        self.do(notes.release_due(self.house.database, self.now))
        if hour is not None and hour <= self.now:
            self.told.release(hour, self.now)

    # The caseworker

    @precondition(lambda self: len(self.told.living()) < 3)
    @rule(place=st.booleans())
    def write(self, place: bool) -> None:
        self.tick(seconds=5)
        words = self.fresh(place)
        self.told.items[self.do(self.note.write(words.text, self.now))] = Said(words)

    @precondition(some)
    @rule(item=which, for_home=st.booleans(), place=st.booleans(), back=st.booleans())
    def reword(self, item: int, for_home: bool, place: bool, back: bool) -> None:
        """Other words; now and then the very words the other of the two has, as new ones."""
        self.tick(seconds=5)
        key, said = self.pick(item)
        words = self.fresh(place)
        if back:
            words = Words(self.number, (said.line if for_home else said.words).text)
        kind = WordKind.HOME if for_home else WordKind.LINE
        before = said.home if for_home else said.line
        self.do(self.note.reword(key, kind, words.text, self.now))
        if before is not None and before.text == words.text:
            return
        if for_home:
            said.home = words
        else:
            said.line = words

    @precondition(some)
    @rule(item=which)
    def strike(self, item: int) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        if said.out is not None:
            self.refuses(self.note.strike(key, self.now), Refused)
            return
        self.do(self.note.strike(key, self.now))
        said.struck = True

    @rule()
    def ready(self) -> None:
        self.tick(seconds=5)
        if not self.told.ready and self.now < self.told.starts:
            self.refuses(self.note.ready(self.now), Refused)
            return
        self.do(self.note.ready(self.now))
        self.told.ready = True

    @precondition(some)
    @rule(item=which)
    def ask_alone(self, item: int) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        chose = said.chose
        stands = chose is not None and chose.words == said.words
        waits = stands and chose.choice == Choice.AS_WRITTEN and said.must_since is None
        if not waits and not (stands and chose.sure):
            self.refuses(self.note.ask_alone(key, self.now), Refused, Stale)
            return
        if waits and not chose.sure:
            self.do(self.note.ask_alone(key, self.now))
            said.chose = Chose(said.words, Choice.AS_WRITTEN, True, self.now)

    @precondition(some)
    @rule(item=which, choice=choices)
    def choose_by_voice(self, item: int, choice: Choice) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        deed = self.note.choose_by_voice(key, choice, self.now)
        if said.must_since is not None or not self.told.choose(key, choice, self.now, sure=True):
            self.refuses(deed, Refused)
            return
        self.do(deed)

    @precondition(some)
    @rule(item=which, with_somebody=st.booleans())
    def must_pass_on(self, item: int, with_somebody: bool) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        jens = self.house.cast.jens if with_somebody else None
        deed = self.note.must_pass_on(key, self.now, second=jens)
        if said.must_since is None and said.said_no and not with_somebody:
            self.refuses(deed, Invalid)
            return
        self.do(deed)
        said.must_since = said.must_since or self.now

    @precondition(some)
    @rule(item=which)
    def not_after_all(self, item: int) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        self.do(self.note.not_after_all(key, self.now))
        said.must_since = None

    @precondition(some)
    @rule(item=which, to=st.sampled_from(ToldTo))
    def tell(self, item: int, to: ToldTo) -> None:
        """The young person, or the home on the telephone, which shows nowhere."""
        self.tick(seconds=5)
        key, said = self.pick(item)
        if said.must_since is None:
            self.refuses(self.note.tell(key, to, self.now), Refused)
            return
        self.do(self.note.tell(key, to, self.now))
        heard = said.told.get(said.words.number)
        if to == ToldTo.YOUNG_PERSON and (heard is None or heard < said.must_since):
            said.told[said.words.number] = self.now

    @precondition(some)
    @rule(item=which)
    def look_at_places(self, item: int) -> None:
        self.tick(seconds=5)
        key, said = self.pick(item)
        self.do(self.note.look(key, self.now))
        said.looked.setdefault(said.words.number, self.now)

    @rule(what=st.sampled_from(GRAVE), alone=st.booleans())
    def something_grave(self, what: str, alone: bool) -> None:
        """Locked, hidden, or moved; rarer than what is said about the lines."""
        if what == "lock":
            self.lock()
        elif what == "unlock" and self.told.locked_at is not None:
            self.unlock(alone)
        elif what == "hide":
            self.hide(alone)
        elif what == "move" and len(self.case.left) < 2:
            self.moves_home()

    def lock(self) -> None:
        self.tick(seconds=5)
        self.do(self.note.lock(self.now))
        self.told.locked_at = self.told.locked_at or self.now

    def unlock(self, alone: bool) -> None:
        self.tick(seconds=5)
        if alone and self.now - self.told.locked_at > A_SLIP:
            self.refuses(self.note.lock(self.now, on=False), Refused)
            return
        if alone:
            self.do(self.note.lock(self.now, on=False))
        else:
            self.do(self.note.unlock(self.house.cast.jens, self.now))
        self.told.locked_at = None

    def hide(self, alone: bool) -> None:
        """What the home has of a locked note, by two and never by one."""
        self.tick(seconds=5)
        deed = self.note.hide(None if alone else self.house.cast.jens, self.now)
        if self.told.locked_at is None or alone:
            self.refuses(deed, Refused, Invalid)
            return
        self.do(deed)
        for key in self.told.items:
            self.told.take_back(key)

    def moves_home(self) -> None:
        """The old home's page is gone that moment; the new one has been told nothing."""
        self.tick(seconds=5)
        self.old_browser = self.do(self.house.session(self.case.home, self.now))
        for case in (self.case, self.beside):
            self.do(self.house.move(case, self.now))
        self.told.page.clear()
        self.told.home_since = self.now
        self.told.moved_out |= self.now > self.told.starts
