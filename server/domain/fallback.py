"""What is agreed for when the line breaks (R8, D4): who calls whom, and when it becomes grave.

Both ends are told the same. Whoever is not reached in a quarter of an hour after something hard
was spoken of may be in danger: then the emergency card is opened.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain import checklist
from server.domain.checklist import Reply
from server.domain.ways import ANY_SESSION, Outcome, TaskKind, Tick

PATIENCE = timedelta(minutes=15)


class Stage(StrEnum):
    NONE = "none"
    CALL = "call"  # the phone plan is open
    EMERGENCY = "emergency"  # not reached, after something hard


def stage(broken_at: datetime | None, ticks: Iterable[Tick], *, hard: bool, now: datetime) -> Stage:
    """Say where things stand since the young person's line broke."""
    if broken_at is None:
        return Stage.NONE
    for tick in ticks:
        reached = tick.kind == TaskKind.CALL_BACK and tick.outcome == Outcome.DONE
        if reached and tick.at >= broken_at:
            return Stage.NONE
    return Stage.EMERGENCY if hard and now - broken_at >= PATIENCE else Stage.CALL


def was_hard(replies: Iterable[Reply], *, changing_subject: bool) -> bool:
    """Whether something hard was on the table: chosen beforehand, or the subject was changed."""
    chosen = checklist.topics(checklist.standing(replies, ANY_SESSION).get("topics"))
    return changing_subject or chosen.get("something_hard") == "yes"
