"""The follow-up note: its items, the reading window and the hour of release.

Release comes at the same clock time for every case, so that its time says nothing (P4). The
note does not wait for the young person; the home does (domain pack 5.1).
"""

from collections.abc import Mapping
from datetime import datetime, time
from enum import StrEnum
from zoneinfo import ZoneInfo

from server.domain.ages import Band
from server.domain.weekdays import next_weekday
from server.domain.words import pasted, require

# How many weekdays the young person has for reading; the youngest read it with somebody.
READING_WEEKDAYS: Mapping[Band, int] = {
    Band.SIX: 5, Band.TEN: 3, Band.THIRTEEN: 3, Band.EIGHTEEN: 3,
}  # fmt: skip
MOST_READING_WEEKDAYS = 20
RELEASE_AT = time(12, 0)
TEXT_LIMIT = 1000
REASON_LIMIT = 200


class WordKind(StrEnum):
    LINE = "line"  # the item as the note has it
    HOME = "home"  # its wording for the home


def words(text: str) -> str:
    """Give an item's words tidied at the ends, or raise `Invalid`."""
    return require("text", pasted(text).strip(), TEXT_LIMIT, "words-missing")


def release_time(note_ready: datetime, zone: ZoneInfo, reading: int) -> datetime:
    """Say when the chosen words leave: noon on the weekday after so many whole weekdays."""
    day = note_ready.astimezone(zone).date()
    for _ in range(reading + 1):
        day = next_weekday(day)
    return datetime.combine(day, RELEASE_AT, zone)


def next_release_time(opened: datetime, zone: ZoneInfo) -> datetime:
    """Say when words leave that were opened after the note's own hour: never the same day."""
    return datetime.combine(next_weekday(opened.astimezone(zone).date()), RELEASE_AT, zone)


def reason(text: str) -> str:
    """Give the reason why something must be passed on, or raise `Invalid`: there is always one."""
    return require("reason", " ".join(pasted(text).split()), REASON_LIMIT, "reason-missing")


def may_be_read(
    *, admitted: bool, own_device: bool, vouched: bool, in_call: bool, window_open: bool
) -> bool:
    """Whether the note may be shown on a young person's device (design 2, U8).

    Only where the host has seen or heard who holds it and the young person called it their
    own, or where they just typed a code said to them by voice; in the call while it is being
    written, afterwards in the reading window.
    """
    is_here = is_theirs(admitted=admitted, own_device=own_device, vouched=vouched)
    return is_here and (in_call or window_open)


def is_theirs(*, admitted: bool, own_device: bool, vouched: bool) -> bool:
    """Whether a young person's own matters may be shown on this device at all."""
    return (admitted and own_device) or vouched
