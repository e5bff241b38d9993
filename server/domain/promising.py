"""What a caseworker has said they will do, and by when (R9, R14, R15, F5)."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from server.domain.errors import Invalid
from server.domain.words import fault

WORDS_LIMIT = 200
CALL_BACK_WITHIN = timedelta(hours=2)
PARENTS_WITHIN = timedelta(days=3)
FURTHEST = timedelta(days=366)


class PromiseKind(StrEnum):
    PROMISE = "promise"  # to the young person, in the caseworker's words
    CALL_BACK = "call_back"  # nobody is there afterwards (R9)
    PARENTS = "parents"  # the talk was held without them (R14)


def promise(words: str, due_on: date | None, today: date) -> tuple[str, date]:
    """Give the words and the day of a promise, or raise `Invalid`: one without a day is none."""
    wrong: dict[str, str] = {}
    tidy = " ".join(words.split())
    if amiss := fault(tidy, WORDS_LIMIT, "promise-words-missing"):
        wrong["words"] = amiss
    if due_on is None or not today <= due_on <= today + FURTHEST:
        wrong["due"] = "promise-due-range"
    if wrong or due_on is None:
        raise Invalid(**wrong)
    return tidy, due_on


def shortened(words: str) -> str:
    """A line of a note as a promise says it: its beginning, where it is long."""
    line = " ".join(words.split())
    return line if len(line) <= WORDS_LIMIT else f"{line[: WORDS_LIMIT - 1].rstrip()}…"


def end_of(day: date, zone: ZoneInfo) -> datetime:
    """A day is over for a promise when its office hours are."""
    return datetime.combine(day, time(16), zone)


def due_after(kind: PromiseKind, ends: datetime) -> datetime:
    """When something that follows from a meeting's end is to be done at the latest."""
    return ends + (CALL_BACK_WITHIN if kind == PromiseKind.CALL_BACK else PARENTS_WITHIN)
