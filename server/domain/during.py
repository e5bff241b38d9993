"""What happens around a talk, and what follows from it (domain pack 4.5).

Somebody comes in, the host is called away, a child grows quiet or cries. Each such event is a
*mark*: a fact with its time, and no words of anybody's. What stands now is worked out from the
marks; what is suggested to the host follows from what stands. Nothing of it is a verdict on the
young person, and nothing they press is told to anybody but their caseworker.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Kind(StrEnum):
    AWAY = "away"  # the host is called away: nothing of the call goes to them or from them (D3)
    ASK = "ask"  # a line on the young person's screen, with Yes and No below it
    CARD = "card"  # a card the young person showed (D8)
    CALM = "calm"  # the calm card with something to breathe by (D9)
    ADULT = "adult"  # whom the young person asks for (D9)
    DOUBT = "doubt"  # the host wants to hear a voice; the written word waits meanwhile (D6)
    CAMERA_OFF = "camera_off"  # the young person turned their camera off (D7)
    LOCK = "lock"  # something was told that must not reach the home: the note is to be locked (D10)
    OTHERS_OUT = "others_out"  # the end for everybody but the young person and the host (D13)
    SAID = "said"  # the host has said how it is written down (S33)


# What is about one talk and does not outlive it, should the meeting get another hour.
OF_THE_TALK = frozenset(Kind) - {Kind.LOCK, Kind.SAID}


class Ask(StrEnum):
    """Lines that may stand on the young person's screen. Each can be read over a shoulder."""

    YES_NO = "yes_no"  # only the two answers; the host asks aloud
    GO_ON = "go_on"
    BREAK = "break"
    ANOTHER_TIME = "another_time"
    PHONE = "phone"
    VOICE = "voice"  # "I would like to hear your voice" (D6)


class Card(StrEnum):
    HARD = "hard"
    WRITE = "write"
    DONE = "done"


class Heard(StrEnum):
    """Whether anybody at the host's end heard something while the host was called away."""

    NOBODY = "nobody"
    SOMEBODY = "somebody"


# A yes to one of these is the young person's wish for another way (P3), kept as such.
WISHES: Mapping[Ask, str] = {Ask.ANOTHER_TIME: "time", Ask.PHONE: "phone"}
FRESH = timedelta(seconds=60)  # how long a suggestion stands that nobody takes away
CALL_BACK_WITHIN = (15, 60, 120)  # minutes the host can promise to ring back within (D9: two hours)
YES, NO = "yes", "no"


@dataclass(frozen=True, slots=True)
class Mark:
    """One event. `seat` is who made it; `value` and `answer` are words of ours, or a number."""

    id: int
    kind: Kind
    seat: int
    at: datetime
    value: str = ""
    answer: str = ""
    answered: datetime | None = None
    ended: datetime | None = None


def standing(marks: Iterable[Mark], kind: Kind) -> Mark | None:
    """The mark of this kind that stands now."""
    found = newest(marks, kind)
    return found if found is not None and found.ended is None else None


def newest(marks: Iterable[Mark], kind: Kind) -> Mark | None:
    return max((m for m in marks if m.kind == kind), key=lambda m: (m.at, m.id), default=None)


def is_away(marks: Iterable[Mark]) -> bool:
    """Whether the host is called away: they are neither heard nor seen, and hear nobody."""
    return standing(marks, Kind.AWAY) is not None


def is_locked(marks: Iterable[Mark]) -> bool:
    """Whether nothing of this note may leave for the home (D10)."""
    return standing(marks, Kind.LOCK) is not None


def asked(marks: Iterable[Mark]) -> Mark | None:
    """The question that stands on the young person's screen: not taken away, not answered."""
    found = standing(marks, Kind.ASK)
    return found if found is not None and found.answer == "" else None


def came_back(marks: Iterable[Mark], now: datetime) -> Mark | None:
    """The interruption that is just over: the host says first what happened (D3)."""
    found = newest(marks, Kind.AWAY)
    over = found is not None and found.ended is not None and now - found.ended <= FRESH
    return found if over else None


def is_fresh(mark: Mark | None, now: datetime) -> bool:
    return mark is not None and mark.ended is None and now - mark.at <= FRESH
