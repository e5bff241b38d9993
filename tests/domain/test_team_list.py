"""The list of the young person and the bisidder: who reads it, and when it has done its work."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain.errors import Invalid, Refused
from server.domain.meeting import Meeting
from server.domain.team_list import MOST_LINES, TEXT_LIMIT, About, Line, check, is_over, readable

NOON = datetime(2026, 3, 3, 12, tzinfo=UTC)
AYA, OTHER = 3, 4
PHONE, STRANGER = 1, 2


def line(number: int, session: int = PHONE, *, admitted: bool = True, whose: int = AYA) -> Line:
    return Line(number, whose, About.SAY, "Jeg vil blive her", session, admitted)


def test_a_device_that_was_never_let_in_reads_and_says_nothing_but_its_own():
    """B2, P6: somebody else with the link puts no words into the young person's mouth."""
    lines = [line(1), line(2, STRANGER, admitted=False), line(3, whose=OTHER)]
    assert [x.id for x in readable(lines, AYA, PHONE, let_in=True)] == [1]
    assert [x.id for x in readable(lines, AYA, STRANGER, let_in=False)] == [2]
    assert readable(lines, AYA, 9, let_in=False) == []


@pytest.mark.parametrize(
    ("text", "already", "problem"),
    [("  ", 0, Invalid), ("x" * (TEXT_LIMIT + 1), 0, Invalid), ("a\u202eb", 0, Invalid),
     ("Hej", MOST_LINES, Refused)],
)  # fmt: skip
def test_what_cannot_be_kept_is_said(text, already, problem):
    with pytest.raises(problem):
        check(text, already)
    assert check("  Hej   du ", 0) == "Hej du"


@pytest.mark.parametrize(
    ("meeting", "minutes", "over"),
    [
        (Meeting(NOON, 30), 40, False),
        (Meeting(NOON, 30), 151, True),
        (Meeting(NOON, 30, finished_at=NOON), 14, False),
        (Meeting(NOON, 30, finished_at=NOON), 15, True),
        (Meeting(NOON, 30, called_off_at=NOON), 0, True),
    ],
)
def test_it_lasts_as_long_as_their_room(meeting, minutes, over):
    """B2: deleted after."""
    assert is_over(meeting, NOON + timedelta(minutes=minutes)) == over
