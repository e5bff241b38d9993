"""One note's life, played on the product and on its retelling (told_again.py) at once: how it
begins, and time as rules of a stateful test. What people do in it: any_order.py."""

from collections import Counter
from collections.abc import Coroutine
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule

from server.domain.errors import Problem
from tests import notes
from tests.conftest import NOON
from tests.services.houses import House
from tests.services.told_again import Retold, Said, Words

# Days on which a note may begin: an ordinary one, and those before offices are shut.
DAYS = {
    "wednesday": NOON,
    "before christmas": NOON.replace(month=12, day=17),
    "before easter": NOON.replace(year=2027, month=3, day=22),
}


class Life(RuleBasedStateMachine):
    """`house` and `done` are given by the test."""

    house: House
    done: Counter[str]  # deeds by name, and how they ended

    def begins(self, day: str = "wednesday", *, sleepy: bool = False) -> None:
        """A note in which nothing is written yet, in a talk that has not begun. Beside it is
        somebody of whom nothing ever is. A sleepy server comes late to every other hour."""
        self.now = self.house.clock.moment = DAYS[day]
        self.case, self.note = self.do(self.house.new_case(self.now))
        self.beside, _ = self.do(self.house.new_case(self.now))
        starts = self.now + timedelta(minutes=20)
        self.told = Retold(starts=starts, home_since=self.now)
        self.number = self.deeds = self.weeks = 0
        self.restless, self.sleepy = False, sleepy
        self.old_browser = ""

    def do(self, deed: Coroutine[Any, Any, Any]) -> Any:
        name = deed.__name__
        found = self.house.run(deed)
        self.done[name] += 1
        return found

    def refuses(self, deed: Coroutine[Any, Any, Any], *kinds: type[Problem]) -> None:
        name = deed.__name__
        with pytest.raises(kinds):
            self.house.run(deed)
        self.done[f"{name} refused"] += 1

    def fresh(self, place: bool) -> Words:
        self.number += 1
        where = " på Egevej 14" if place else ""
        return Words(self.number, f"Ord {self.number}{where}.")

    def pick(self, place: int) -> tuple[int, Said]:
        living = self.told.living()
        key = living[place % len(living)]
        return key, self.told.items[key]

    def can_read(self) -> bool:
        return self.told.can_read(self.now)

    # Time

    @rule(minutes=st.sampled_from((1, 5, 30)), days=st.sampled_from((0, 0, 0, 1, 2)))
    def time_goes_by(self, minutes: int, days: int = 0) -> None:
        self.tick(minutes=minutes, days=days)

    def tick(self, **by: float) -> None:
        """A little later; where it is restless, every third time the next hour has come first."""
        self.deeds += 1
        if self.restless and self.deeds % 3 == 0:
            if self.sleepy and self.deeds % 2:
                self.the_hour_is_slept_through()
            else:
                self.the_hour_comes()
        self.now += timedelta(**by)
        self.house.clock.moment = self.now

    @rule()
    def the_hour_comes(self) -> None:
        """And the server is awake at it; what it finds then is released."""
        self.the_hour_is_slept_through()
        self.awake()

    @rule()
    def the_hour_is_slept_through(self) -> None:
        """It has come, and nobody was there to do anything."""
        if self.told.hour is not None and self.now < self.told.hour:
            self.now = self.house.clock.moment = self.told.hour

    @rule()
    def awake(self) -> None:
        self.do(notes.release_due(self.house.database, self.now))
        self.told.release(self.now)

    @precondition(lambda self: self.weeks < 2)
    @rule()
    def weeks_go_by(self) -> None:
        """More of them than a note may be read outside the call."""
        self.weeks += 1
        self.the_hour_comes()
        self.tick(days=31)
