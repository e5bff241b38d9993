"""How long a guest's answers are kept: they are working data, not the case file (C16, domain 4.0).

What matters for the case stands in the note, where the young person reads it. The rest is
deleted, each answer after its own time from the end of the meeting. The caseworker's own
answers stay: a reason given for going on is part of the meeting's record.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from server.domain import helping, questions, remembering
from server.domain.ages import Band
from server.domain.roles import Role

AT_ONCE = timedelta(0)
A_WEEK = timedelta(days=7)  # what was promised in weekdays is kept by then
UNTIL_NEXT = timedelta(days=60)  # the next plan looks that far back; the note opens that long
A_QUARTER = timedelta(days=90)  # what the caseworker still owes (services/tasks.py): a meeting in
# person, what is kept for it, a call that was not made, and three uses of the neutral button
OWED = (
    "another_way", "way", "time", "topics", "afterwards", "afterwards_shared", "call_me",
)  # fmt: skip

KEPT: Mapping[str, timedelta] = (
    {
        question: A_WEEK
        for role in (Role.YOUNG_PERSON, Role.BISIDDER)
        for band in Band
        if role == Role.BISIDDER or band != Band.ADULT
        for question in questions.answerable(role, band)
    }
    | dict.fromkeys(OWED, A_QUARTER)
    | {
        "just_us": A_WEEK,
        helping.QUESTION: A_WEEK,
        remembering.QUESTION: A_WEEK,
        "added": A_WEEK,  # the small question about somebody added late
        "stop": AT_ONCE,  # promised on the page it is chosen on
        "in_peace": UNTIL_NEXT,
        "next_time": UNTIL_NEXT,
        "device": UNTIL_NEXT,  # what opens the note on one's own device (U8)
    }
)


def over(ended: datetime, now: datetime) -> frozenset[str]:
    """The questions whose answers have been kept long enough."""
    return frozenset(question for question, kept in KEPT.items() if ended + kept <= now)


def next_time(ended: datetime, now: datetime) -> datetime | None:
    """When there is something to forget again; None once all is forgotten."""
    return min((ended + kept for kept in KEPT.values() if ended + kept > now), default=None)
