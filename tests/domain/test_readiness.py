"""What a caseworker sees to, grouped by what the room waits for, the next thing first."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain.readiness import Group, Thing, in_order, was_asked

ASKED = ("read", "purpose", "told", "right", "room", "fallback", "after", "emergency")


def order(things, **how):
    return [t.question for t in in_order(things, **({"answered": True, "is_open": True} | how))]


@pytest.mark.parametrize(
    ("thing", "group"),
    [
        pytest.param(Thing("right", None), Group.BLOCKS, id="not answered"),
        pytest.param(Thing("right", "told"), Group.DONE, id="answered"),
        pytest.param(Thing("room", "open_office"), Group.BLOCKS, id="not alone"),
        pytest.param(Thing("read", "read", outdated=True), Group.BLOCKS, id="new answers since"),
        pytest.param(Thing("mirror", None, waited_for=False), Group.GOOD, id="nice to do"),
        pytest.param(Thing("mirror", "looked", waited_for=False), Group.DONE, id="and done"),
        pytest.param(
            Thing("interpreter", "missing", waited_for=False), Group.BLOCKS, id="no interpreter yet"
        ),
    ],
)
def test_each_thing_stands_in_one_group(thing: Thing, group: Group) -> None:
    """S24, S27: nobody has to look for what keeps the room shut."""
    assert thing.group == group


def test_what_has_to_be_done_over_is_the_next_thing() -> None:
    things = [Thing("purpose", None), Thing("told", "not_yet"), Thing("right", "told")]
    assert order(things) == ["told", "purpose", "right"]


def test_reading_waits_until_there_is_something_to_read() -> None:
    things = [Thing(question, None) for question in ASKED]
    assert order(things)[0] == "read"
    assert order(things, answered=False)[-1] == "read"


def test_where_one_sits_is_answered_when_people_may_come() -> None:
    """R2: an answer given while planning says nothing about the room of that day."""
    things = [Thing(question, None) for question in ASKED]
    assert order(things, is_open=False)[-1] == "room"
    assert order(things, is_open=False, answered=False)[-2:] == ["read", "room"]


@pytest.mark.parametrize(
    ("young", "told", "asked"),
    [
        ((), "yes", False), (("time", "way"), "yes", False), (("way", "company"), "yes", False),
        (("time", "way", "company", "heard"), "yes", True), ((), "with_reason", True),
        (("time", "way", "company"), None, True), ((), None, False),
    ],
)  # fmt: skip
def test_the_young_person_is_asked_how_when_and_with_whom(young, told, asked) -> None:
    """S6: or it stands written why they could not be."""
    assert was_asked(young, {"told": told} if told else {}) == asked


@given(st.permutations([Thing(q, a) for q in ASKED for a in (None, "told", "not_yet")]))
def test_every_thing_stays_and_the_groups_follow_each_other(things) -> None:
    found = in_order(things, answered=False, is_open=False)
    assert sorted(map(repr, found)) == sorted(map(repr, things))
    groups = [list(Group).index(thing.group) for thing in found]
    assert groups == sorted(groups)
