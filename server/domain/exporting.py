"""A note's way into the municipality's case system: its versions, their names, how it stands.

What has gone is never changed: a correction is a new version that names the one it replaces. A
name says nothing about anybody (P6): it is a mark of the meeting's own, and the version's number.
"""

from datetime import datetime, timedelta
from enum import StrEnum

LATE_AFTER = timedelta(minutes=10)


class Standing(StrEnum):
    """How a note stands with the case system, as its caseworker reads it."""

    NEVER = "never"
    ON_ITS_WAY = "on_its_way"
    LATE = "late"  # asked for a while ago and not there: somebody has to be told
    SENT = "sent"
    CHANGED = "changed"  # it was sent, and reads otherwise now


def name(mark: str, version: int) -> str:
    """The name of one version, the same however often it is tried."""
    return f"enerum-{mark}-v{version}"


def standing(
    asked: datetime | None, sent: datetime | None, *, changed: bool, now: datetime
) -> Standing:
    """Say how a note stands, from when its newest version was asked for and when it had gone."""
    if asked is None:
        return Standing.NEVER
    if sent is None:
        return Standing.LATE if now - asked >= LATE_AFTER else Standing.ON_ITS_WAY
    return Standing.CHANGED if changed else Standing.SENT


def is_read(written: datetime, *answered: datetime) -> datetime | None:
    """When words were first read, or heard, by whose note it is: as far as anybody knows, which is
    when they answered about them, or were told them. What is only opened may be anybody's look."""
    return min((at for at in answered if at >= written), default=None)
