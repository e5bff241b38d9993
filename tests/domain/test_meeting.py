"""A meeting's plan, and how it stands at each moment."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from server.domain import meeting
from server.domain.errors import Invalid, Refused
from server.domain.meeting import ALLOWED, Meeting, Standing, Step

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
PLANNED = Meeting(NOON, 30)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "standing"),
    [
        (NOON - timedelta(minutes=30) - SECOND, Standing.PLANNED),
        (NOON - timedelta(minutes=30), Standing.OPEN),
        (NOON + timedelta(minutes=30, hours=2), Standing.OPEN),
        (NOON + timedelta(minutes=30, hours=2) + SECOND, Standing.OVER),
    ],
)
def test_it_opens_half_an_hour_before_and_is_over_two_hours_after(moment, standing):
    assert meeting.standing(PLANNED, moment) == standing


def test_called_off_and_finished_hold_at_any_time():
    for moment in (NOON - timedelta(days=1), NOON, NOON + timedelta(days=1)):
        assert meeting.standing(replace(PLANNED, finished_at=NOON), moment) == Standing.OVER
        off = replace(PLANNED, called_off_at=NOON, finished_at=NOON)
        assert meeting.standing(off, moment) == Standing.CALLED_OFF


@pytest.mark.parametrize(
    ("title", "start", "minutes", "wrong"),
    [
        ("", NOON, 30, {"title": "title-length"}),
        ("  ", NOON, 30, {"title": "title-length"}),
        ("x" * 81, NOON, 30, {"title": "title-length"}),
        ("Skolen", NOON - timedelta(days=1), 30, {"starts": "starts-in-the-past"}),
        ("Skolen", NOON + timedelta(days=400), 30, {"starts": "starts-too-far"}),
        ("Skolen", NOON, 4, {"minutes": "minutes-range"}),
        ("Skolen", NOON, 181, {"minutes": "minutes-range"}),
        ("", NOON - timedelta(days=1), 0,
         {"title": "title-length", "starts": "starts-in-the-past", "minutes": "minutes-range"}),
    ],
)  # fmt: skip
def test_a_plan_that_cannot_be_held_names_every_field_that_is_wrong(title, start, minutes, wrong):
    with pytest.raises(Invalid) as invalid:
        meeting.plan(title, start, minutes, NOON - SECOND)
    assert invalid.value.fields == wrong


def test_a_plan_at_its_limits_can_be_held():
    for minutes in (meeting.SHORTEST, meeting.LONGEST):
        made = meeting.plan("x" * 80, NOON, minutes, NOON - SECOND)
        assert made.ends == NOON + timedelta(minutes=minutes)


@pytest.mark.parametrize("standing", Standing)
@pytest.mark.parametrize("step", Step)
def test_the_table_says_what_may_be_done_with_it(standing, step):
    facts = {
        Standing.PLANNED: (PLANNED, NOON - timedelta(hours=1)),
        Standing.OPEN: (PLANNED, NOON),
        Standing.OVER: (replace(PLANNED, finished_at=NOON), NOON),
        Standing.CALLED_OFF: (replace(PLANNED, called_off_at=NOON), NOON),
    }
    found, moment = facts[standing]
    if step in ALLOWED[standing]:
        meeting.require(found, step, moment)
        return
    with pytest.raises(Refused) as refusal:
        meeting.require(found, step, moment)
    assert refusal.value.error == meeting.REFUSALS[standing]


def test_closing_a_link_is_possible_at_any_time():
    assert all({Step.UNINVITE, Step.RENEW} <= steps for steps in ALLOWED.values())
