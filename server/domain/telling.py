"""What becomes of "jeg siger det selv" and "vi siger det sammen" (domain pack 5.3).

Whoever wanted to say something to their home themselves is asked later how it went: a question,
never a check. The home sees nothing of it, and nothing of a note leaves by it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain.errors import Invalid
from server.domain.sharing import Choice

A_DAY = timedelta(days=1)


class Went(StrEnum):
    SAID = "said"
    NOT_YET = "not_yet"
    HELP = "help"  # "I want {navn} to help me say it"
    NOT_AFTER_ALL = "not_after_all"


ANSWERS: Mapping[Choice, tuple[Went, ...]] = {
    Choice.TELL_MYSELF: (Went.SAID, Went.NOT_YET, Went.HELP, Went.NOT_AFTER_ALL),
    Choice.TELL_TOGETHER: (Went.SAID, Went.NOT_YET, Went.NOT_AFTER_ALL),
}
CLOSES = frozenset({Went.SAID, Went.NOT_AFTER_ALL})


@dataclass(frozen=True, slots=True)
class Telling:
    """Something the young person says themselves, or with their caseworker. `went` is the last
    thing said about it, `since` when that was, else when it was chosen."""

    choice: Choice
    since: datetime
    went: Went | None = None

    @property
    def is_open(self) -> bool:
        return self.went not in CLOSES


def is_asked(telling: Telling, *, another_meeting: bool, now: datetime) -> bool:
    """Whether the young person is asked now: the next time they are here, not the same day."""
    if not telling.is_open:
        return False
    if another_meeting and telling.went is None:
        return True
    return now - telling.since >= A_DAY


def answer(choice: Choice, said: str) -> Went:
    """Take how it went, or raise `Invalid`."""
    if said not in {one.value for one in ANSWERS[choice]}:
        raise Invalid(went="unknown-answer")
    return Went(said)
