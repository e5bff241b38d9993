"""What stands of the marks around a talk."""

from datetime import timedelta

import pytest

from server.domain import during
from server.domain.during import Ask, Kind, Mark
from server.domain.forwarding import Present, matrix
from server.domain.visit import Standing
from tests.conftest import NOON

LATER = NOON + timedelta(minutes=5)


def mark(kind, number=1, **more):
    return Mark(number, kind, 11, NOON, **more)


def test_nothing_has_happened_where_there_are_no_marks():
    assert not during.is_away(())
    assert not during.is_locked(())
    assert during.asked(()) is None
    assert during.came_back((), NOON) is None


def test_a_mark_stands_until_it_is_ended():
    """D3, S35: away is away until the host says what anybody heard."""
    assert during.is_away([mark(Kind.AWAY)])
    assert not during.is_away([mark(Kind.AWAY, ended=LATER)])
    assert during.is_away([mark(Kind.AWAY, ended=LATER), mark(Kind.AWAY, 2)])


def test_only_the_newest_question_is_on_the_screen_and_only_until_it_is_answered():
    first, second = mark(Kind.ASK, 1, ended=LATER), mark(Kind.ASK, 2)
    assert during.asked([first, second]) == second
    assert during.asked([first]) is None
    assert during.asked([mark(Kind.ASK, answer="no")]) is None


def test_what_is_said_first_after_coming_back_grows_old():
    """D3: "nobody heard you" is said at once or not at all."""
    back = [mark(Kind.AWAY, ended=LATER, answer="nobody")]
    assert during.came_back(back, LATER + during.FRESH) is not None
    assert during.came_back(back, LATER + during.FRESH + timedelta(seconds=1)) is None
    assert during.came_back([mark(Kind.AWAY)], LATER) is None


def test_only_what_closes_something_is_a_wish():
    """P3: a yes to going on, or to a break, changes nothing about the meeting."""
    assert during.WISHES == {Ask.ANOTHER_TIME: "time", Ask.PHONE: "phone"}


@pytest.mark.parametrize("at_door", [False, True])
def test_nothing_goes_to_or_from_a_host_who_is_called_away(at_door):
    """D3, P1, S35: neither in the room nor at the door, and the others hear each other on."""
    knocker = Standing.AT_DOOR if at_door else Standing.ADMITTED
    people = [
        Present("mette", Standing.ADMITTED, host=True, away=True, microphone=True, camera=True),
        Present("sofie", Standing.ADMITTED, microphone=True, camera=True),
        Present("aya", knocker, microphone=True, camera=True),
    ]
    ways = {(way.source, way.target) for way in matrix(people)}
    assert ways == (set() if at_door else {("sofie", "aya"), ("aya", "sofie")})
