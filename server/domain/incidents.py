"""Incidents: what went wrong around a meeting and has to be followed up (L8, D3, D13).

None of them is reported by anybody: each is read from what was recorded when it happened. What
the caseworker did about it is a row of its own, and so is that it was looked at.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from server.domain.errors import Invalid
from server.domain.words import require

WORDS_LIMIT = 200


class IncidentKind(StrEnum):
    WRONG_PERSON = "wrong_person"  # somebody else came with a link: it was shut (L8)
    OTHERS_OUT = "others_out"  # ended for everybody but the young person (D13)
    HEARD = "heard"  # somebody at the caseworker's end heard something (D3)
    GUESSED = "guessed"  # a code was tried until it was shut


class Done(StrEnum):
    """What the caseworker did about it."""

    NEW_LINK = "new_link"
    CALLED = "called"
    PASSED_ON = "passed_on"  # to the leader, the police, the data protection officer
    LOOKED_AT = "looked_at"


@dataclass(frozen=True, slots=True)
class Handled:
    done: Done
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Incident:
    """`subject` is the row it was read from. With `at` it names the incident for good: an id may
    be given again once its row is forgotten."""

    kind: IncidentKind
    subject: int
    meeting: int
    young_person: str
    at: datetime
    who: str = ""  # whose link or code it was
    handled: Handled | None = None


def check(done: str, words: str) -> tuple[Done, str]:
    """What was done, in the one form it is kept in, or raise `Invalid`."""
    if done not in set(Done):
        raise Invalid(done="done-choose")
    require("words", words, WORDS_LIMIT)
    return Done(done), " ".join(words.split())


def in_order(found: list[Incident]) -> list[Incident]:
    """Those to be seen to first, the newest on top."""
    newest = sorted(found, key=lambda one: one.at, reverse=True)
    return sorted(newest, key=lambda one: one.handled is not None)
