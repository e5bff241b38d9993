"""A visit's steps, held against the whole table; no way in goes round the door."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.domain import visit as visiting
from server.domain.errors import Refused
from server.domain.visit import ALLOWED, Standing, Step, Visit

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
KNOCKED = Visit(NOON)
AT_DOOR = replace(KNOCKED, door_at=NOON)
ADMITTED = replace(AT_DOOR, admitted_at=NOON)
EXAMPLES = {
    Standing.KNOCKING: KNOCKED,
    Standing.AT_DOOR: AT_DOOR,
    Standing.ADMITTED: ADMITTED,
    Standing.TURNED_AWAY: replace(KNOCKED, turned_away_at=NOON),
    Standing.LEFT: replace(ADMITTED, left_at=NOON),
}
DONE = {
    Step.OPEN_DOOR: {"door_at": NOON},
    Step.CLOSE_DOOR: {"door_at": None},
    Step.ADMIT: {"admitted_at": NOON},
    Step.TURN_AWAY: {"turned_away_at": NOON},
    Step.LEAVE: {"left_at": NOON},
    Step.PAUSE: {"paused_at": NOON},
    Step.RESUME: {"paused_at": None},
}


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("step", Step)
def test_the_table_says_which_step_may_be_taken(standing, step):
    visit = EXAMPLES[standing]
    assert visiting.standing(visit) == standing
    if step in ALLOWED[standing]:
        visiting.require(visit, step)
        return
    with pytest.raises(Refused) as refusal:
        visiting.require(visit, step)
    assert refusal.value.error == visiting.REFUSALS[step]


def test_the_only_step_in_is_from_the_door():
    """P1: knock, door, admit; nothing else in the table leads to a seat."""
    for standing, visit in EXAMPLES.items():
        for step in ALLOWED[standing] - {Step.PAUSE, Step.RESUME}:
            after = visiting.standing(replace(visit, **DONE[step]))
            if after == Standing.ADMITTED:
                assert (standing, step) == (Standing.AT_DOOR, Step.ADMIT)


@given(st.lists(st.sampled_from(Step)))
def test_no_sequence_of_steps_gets_in_without_the_host_opening_and_admitting(steps):
    """P1: over any sequence, whoever is in was at the door and was admitted there."""
    visit, taken = KNOCKED, []
    for step in steps:
        try:
            visiting.require(visit, step)
        except Refused:
            continue
        taken.append(step)
        visit = replace(visit, **DONE[step])
    if visiting.standing(visit) == Standing.ADMITTED:
        assert Step.OPEN_DOOR in taken[: taken.index(Step.ADMIT)]
        assert not {Step.TURN_AWAY, Step.LEAVE} & set(taken)


def test_turned_away_and_left_are_final_for_that_knock():
    assert not ALLOWED[Standing.TURNED_AWAY]
    assert not ALLOWED[Standing.LEFT]


def test_leaving_does_not_undo_having_been_let_in_but_turning_away_does():
    later = NOON + timedelta(minutes=5)
    assert visiting.was_admitted(replace(ADMITTED, left_at=later))
    assert not visiting.was_admitted(replace(ADMITTED, turned_away_at=later))
    assert not visiting.was_admitted(AT_DOOR)
