"""How long everything is kept: working data is not the case file (C16, D13, domain 4.0).

What matters for the case stands in the note, where the young person reads it, and that they had
read that it is written down (S23). The rest is deleted, each thing after its own time from the
end of the meeting. Every table has a class here
(server/store/keeping.py names them); what a guest answered has a time for each question. The
caseworker's own answers stay: a reason given for going on is part of the meeting's record.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from enum import StrEnum

from server.domain import helping, questions, remembering
from server.domain.ages import Band
from server.domain.roles import INVITED, Role

AT_ONCE = timedelta(0)
LOOKS_AGAIN_HELD = timedelta(days=1)  # whether a hold still stands
A_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)  # what was promised in weekdays is kept by then
UNTIL_NEXT = timedelta(days=60)  # the next plan looks that far back; the note opens that long
A_QUARTER = timedelta(days=90)  # what the caseworker still owes (services/tasks.py): a meeting in
# person, what is kept for it, a call that was not made, and three uses of the neutral button
OWED = (
    "another_way", "way", "time", "topics", "afterwards", "afterwards_shared", "call_me",
)  # fmt: skip


class Keep(StrEnum):
    """The class of a table: how long its rows stay, and why."""

    CASE = "case"  # the meeting's record, until the municipality deletes the case
    HOME = "home"  # what the home was told, and answered
    PEOPLE = "people"  # as long as they are here: accounts, young people, homes, their devices
    MACHINE = "machine"  # ids and hours, never words: sessions, jobs, the trail
    TYPING = "typing"  # an adult's unsent words, until they are sent
    ANSWERS = "answers"  # each question after its own time (`KEPT`)
    TWO = "two"  # the young person's and the bisidder's own, when their room is closed (B2)
    TALK = "talk"  # only for the talk itself
    DAY = "day"  # where somebody was: a serious talk is acted on at once, the rest is the file's
    WEEK = "week"  # what happened around the talk, for whoever writes the note
    QUARTER = "quarter"  # what the caseworker still owes something about


# That they were told is part of the meeting's record (domain pack 9, row 12); it stays with it.
RECORDED = frozenset({"written"})

# From the end of the meeting; the other classes have no hour of their own.
TIMED: Mapping[Keep, timedelta] = {
    Keep.TALK: AT_ONCE,
    Keep.DAY: A_DAY,
    Keep.WEEK: A_WEEK,
    Keep.QUARTER: A_QUARTER,
}
# A code said by voice is dead after minutes; one that somebody guessed at is an incident.
CODE_KEPT, GUESSED_AT_KEPT = A_DAY, A_QUARTER

KEPT: Mapping[str, timedelta] = (
    {
        question: A_WEEK
        for role in (Role.YOUNG_PERSON, *INVITED)
        for band in Band
        if role in INVITED or band != Band.ADULT
        for question in questions.answerable(role, band)
        if question not in RECORDED
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
        "good_place": UNTIL_NEXT,
        "device": UNTIL_NEXT,  # what opens the note on one's own device (U8)
    }
)


def over(ended: datetime, now: datetime, *, held: bool = False) -> frozenset[str]:
    """The questions whose answers have been kept long enough. Under a hold only what was promised
    to be gone at once goes."""
    return frozenset(
        question
        for question, kept in KEPT.items()
        if ended + kept <= now and not (held and kept > AT_ONCE)
    )


def classes_over(ended: datetime, now: datetime, *, held: bool = False) -> frozenset[Keep]:
    """The classes whose rows have been kept long enough; under a hold as with answers."""
    return frozenset(
        keep
        for keep, kept in TIMED.items()
        if ended + kept <= now and not (held and kept > AT_ONCE)
    )


def next_time(ended: datetime, now: datetime) -> datetime | None:
    """When there is something to forget again; None once all is forgotten."""
    times = {*KEPT.values(), *TIMED.values()}
    return min((ended + kept for kept in times if ended + kept > now), default=None)
