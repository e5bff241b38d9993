"""The follow-up note: its items, the reading window and the hour of release.

Release comes at the same clock time for every case, so that its time says nothing (P4). The
note does not wait for the young person; the home does (domain pack 5.1).
"""

from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from server.domain.errors import Invalid

READING_WEEKDAYS = 3
RELEASE_AT = time(12, 0)
TEXT_LIMIT = 1000
SATURDAY = 5


class WordKind(StrEnum):
    LINE = "line"  # the item as the note has it
    HOME = "home"  # its wording for the home


def words(text: str) -> str:
    """Give an item's words tidied at the ends, or raise `Invalid`."""
    tidy = text.strip()
    if not tidy:
        raise Invalid(text="words-missing")
    if len(tidy) > TEXT_LIMIT:
        raise Invalid(text="too-long")
    return tidy


def release_time(note_ready: datetime, zone: ZoneInfo) -> datetime:
    """Say when the chosen words leave: noon on the weekday after three whole weekdays."""
    day = note_ready.astimezone(zone).date()
    for _ in range(READING_WEEKDAYS + 1):
        day = _next_weekday(day)
    return datetime.combine(day, RELEASE_AT, zone)


def _next_weekday(day: date) -> date:
    day += timedelta(days=1)
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return day
