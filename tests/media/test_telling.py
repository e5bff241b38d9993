"""What is told of a call's media while it goes on: only changes, and of a way only what lasts."""

from types import SimpleNamespace

from server.media.telling import BETTER, LASTS, Telling


class Ways:
    """As much of `Quality` as is asked."""

    def __init__(self) -> None:
        self.level = {1: "fine"}
        self.first: dict[str, int] = {}

    def ways(self):
        return self.level

    def speaking(self, _now):
        return self.first


def heard():
    ways, told = Ways(), []
    telling = Telling(ways, lambda number: SimpleNamespace(number=number))
    return ways, told, telling, lambda what, who, why: told.append((what, who.number, why))


def test_who_speaks_is_told_once_until_it_is_somebody_else():
    ways, told, telling, tell = heard()
    for first in (1, 1, 2, 2):
        ways.first = {"room": first}
        telling.look(0.0, tell)
    assert told == [("speaks", 1, ""), ("speaks", 2, "")]


def test_a_way_that_is_worse_for_a_moment_is_nobodys_news():
    ways, told, telling, tell = heard()
    for now, level in ((0.0, "poor"), (LASTS - 0.1, "poor"), (LASTS, "fine"), (LASTS + 1, "poor")):
        ways.level = {1: level}
        telling.look(now, tell)
    assert told == []


def test_a_way_that_stays_worse_is_told_and_takes_longer_to_be_told_better():
    ways, told, telling, tell = heard()
    ways.level = {1: "poor"}
    telling.look(0.0, tell)
    telling.look(LASTS, tell)
    assert told == [("way", 1, "poor")]
    ways.level = {1: "fine"}
    telling.look(10.0, tell)
    telling.look(10.0 + LASTS, tell)
    assert len(told) == 1
    telling.look(10.0 + BETTER, tell)
    assert told[1:] == [("way", 1, "fine")]


def test_nothing_is_remembered_of_those_who_went():
    ways, _, telling, tell = heard()
    ways.level, ways.first = {1: "poor"}, {"room": 1}
    telling.look(0.0, tell)
    assert telling.figures() == {"kept_tellings": 3}
    ways.level, ways.first = {}, {}
    telling.look(1.0, tell)
    assert telling.figures() == {"kept_tellings": 0}
