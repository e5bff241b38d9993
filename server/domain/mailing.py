"""The mail a home gets after a meeting it knows of: when, and which addresses can be written to.

It is the same for everybody and comes whether or not anything was written, chosen or shared. So
its hour is worked out from the time the home was told, and from nothing that happened since (P4,
ADR 7).
"""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from server.domain import note
from server.domain.errors import Invalid

# A note is as a rule made ready on one of these days, and its words are at the home by the hour.
WRITING_WEEKDAYS = 2
# How long one is tried for. Later it would come at an hour of its own, and on another day.
TRIED_FOR = timedelta(hours=6)
LATE_AFTER = timedelta(minutes=15)  # then the operator's monitor is told
ADDRESS_LIMIT = 254
LOCAL_LIMIT = 64

# What mail servers everywhere take (RFC 5321, 4.1.2, without quotes). Nothing in it can begin
# another line or another address.
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LOCAL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*")
_LABEL = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?")


def hour(starts: datetime, minutes: int, zone: ZoneInfo, reading: int) -> datetime:
    """Say when the mail goes: at the clock time of every release, so many weekdays after the time
    the home was told. `reading` is how many weekdays a note is read at this age."""
    return note.release_time(starts + timedelta(minutes=minutes), zone, WRITING_WEEKDAYS + reading)


def is_too_late(hour: datetime, now: datetime) -> bool:
    return now > hour + TRIED_FOR


def address(text: str) -> str:
    """Give an address tidied at the ends, or raise `Invalid`."""
    tidy = text.strip()
    local, at, domain = tidy.rpartition("@")
    if not (local and at and domain) or any(letter.isspace() for letter in tidy):
        raise Invalid(home_mail="mail-form")
    if not _LOCAL.fullmatch(local):
        raise Invalid(home_mail="mail-before-at")
    labels = _as_sent(domain).split(".")
    named = len(labels) > 1 and not labels[-1].isdigit()
    if not (named and all(_LABEL.fullmatch(label) for label in labels)):
        raise Invalid(home_mail="mail-after-at")
    if len(local) > LOCAL_LIMIT or len(as_sent(tidy)) > ADDRESS_LIMIT:
        raise Invalid(home_mail="too-long")
    return tidy


def as_sent(address: str) -> str:
    """An address as mail servers read it: æ, ø and å after the @ are written otherwise there."""
    local, _, domain = address.rpartition("@")
    return f"{local}@{_as_sent(domain)}"


def _as_sent(domain: str) -> str:
    """Nothing where there is no such name."""
    try:
        return domain.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return ""
