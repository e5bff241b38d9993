"""What makes it easier (U12), remembered from one meeting to the next.

The next time it is asked "Skal det være som sidst?": it can be so again, chosen anew, or forgotten.
It is remembered, and forgotten for good, only from the device the host has admitted: opening is
checked, and a mail scanner that presses everything forgets nothing of a child's. What it was is
read where it is known who holds the device, or on the person's own; a copy of the link is asked the
same question and reads no answer (P6). No home ever reads it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain.checklist import Reply

WISHES = "easier"
QUESTION = "as_last"
KEPT = timedelta(days=365)  # since it was last said or said again


class Answer(StrEnum):
    SAME = "same"
    CHANGE = "change"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class Wishes:
    """What somebody picked, as the answer keeps it. None picked is nothing to remember."""

    answer: str
    text: str = ""


def is_kept(said_at: datetime, now: datetime) -> bool:
    return now - said_at <= KEPT


def to_remember(replies: Iterable[Reply], session: int) -> Wishes | None:
    """What one device last said, to be remembered instead of what was; None where it said nothing
    about it, empty wishes where it is to be forgotten."""
    said = _newest(replies, session, WISHES)
    return Wishes(said.answer, said.text) if said is not None else None


def came_along(replies: Iterable[Reply], session: int) -> bool:
    """Whether this device's wishes are those of the last time, taken over and not read on it."""
    known = list(replies)
    said, taken = _newest(known, session, WISHES), _newest(known, session, QUESTION)
    return (
        said is not None
        and taken is not None
        and taken.answer == Answer.SAME
        and taken.at == said.at
    )


def _newest(replies: Iterable[Reply], session: int, question: str) -> Reply | None:
    own = [r for r in replies if r.session == session and r.question == question]
    return sorted(own, key=lambda r: r.at)[-1] if own else None
