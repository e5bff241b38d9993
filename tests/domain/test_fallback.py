"""When the line breaks: who is called, and when it becomes grave (D4)."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain.checklist import Reply
from server.domain.fallback import PATIENCE, Stage, stage, was_hard
from server.domain.ways import Outcome, TaskKind, Tick

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
TRIED = Tick(TaskKind.CALL_BACK, Outcome.NOT_REACHED, NOON + SECOND)
REACHED = Tick(TaskKind.CALL_BACK, Outcome.DONE, NOON + SECOND)
BEFORE = Tick(TaskKind.CALL_BACK, Outcome.DONE, NOON - SECOND)
OTHER = Tick(TaskKind.CALL, Outcome.DONE, NOON + SECOND)


@pytest.mark.parametrize(
    ("broken", "ticks", "hard", "after", "found"),
    [
        (None, (), True, PATIENCE, Stage.NONE),
        (NOON, (), False, SECOND, Stage.CALL),
        (NOON, (), False, PATIENCE, Stage.CALL),
        (NOON, (), True, PATIENCE - SECOND, Stage.CALL),
        (NOON, (), True, PATIENCE, Stage.EMERGENCY),
        (NOON, (TRIED,), True, PATIENCE, Stage.EMERGENCY),
        (NOON, (REACHED,), True, PATIENCE, Stage.NONE),
        (NOON, (BEFORE, OTHER), True, PATIENCE, Stage.EMERGENCY),
    ],
)
def test_who_is_not_reached_in_a_quarter_after_something_hard_may_be_in_danger(
    broken, ticks, hard, after, found
):
    """P12, S29."""
    assert stage(broken, ticks, hard=hard, now=NOON + after) == found


@pytest.mark.parametrize(
    ("answer", "changing", "hard"),
    [
        ("something_hard=yes", False, True),
        ("something_hard=not_today", False, False),
        ("school=yes", False, False),
        ("school=yes", True, True),
        ("", False, False),
    ],
)
def test_what_is_hard_is_what_she_called_hard_or_turned_away_from(answer, changing, hard):
    replies = [Reply("topics", answer, NOON, 1)]
    assert was_hard(replies, changing_subject=changing) is hard
