"""Saying it oneself, and being asked how it went (server/domain/telling.py)."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain.errors import Invalid
from server.domain.sharing import Choice
from server.domain.telling import ANSWERS, Telling, Went, answer, is_asked

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("went", "hours", "another_meeting", "asked"),
    [
        (None, 1, False, False),  # chosen a moment ago: nobody has had the time
        (None, 25, False, True),
        (None, 1, True, True),  # the next time they meet
        (Went.NOT_YET, 1, True, False),  # answered right now
        (Went.NOT_YET, 25, True, True),
        (Went.HELP, 25, False, True),
        (Went.SAID, 500, True, False),
        (Went.NOT_AFTER_ALL, 500, True, False),
    ],
)
def test_they_are_asked_the_next_time_and_not_again_the_same_day(
    went, hours, another_meeting, asked
):
    told = Telling(Choice.TELL_MYSELF, NOON, went)
    now = NOON + timedelta(hours=hours)
    assert is_asked(told, another_meeting=another_meeting, now=now) is asked


@pytest.mark.parametrize("choice", ANSWERS)
def test_every_way_of_saying_it_can_be_left(choice):
    """A mind may be changed at any time; nobody has to have said it."""
    assert {Went.SAID, Went.NOT_YET, Went.NOT_AFTER_ALL} <= set(ANSWERS[choice])
    assert answer(choice, "not_yet") == Went.NOT_YET


@pytest.mark.parametrize(
    ("choice", "said"),
    [(Choice.TELL_MYSELF, ""), (Choice.TELL_MYSELF, "yes"), (Choice.TELL_TOGETHER, "help")],
)
def test_what_is_no_answer_is_refused(choice, said):
    """Where they say it together, help is what it is already."""
    with pytest.raises(Invalid):
        answer(choice, said)
