"""A link's token, and the three rights behind it with their windows (design 2).

A token is a keyed hash: nothing in the database opens a door, the link can be shown again,
and renewing it means raising the generation. Opening a link uses nothing up.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

TOKEN_BYTES = 16  # 128 bits (L1)


class LinkKind(StrEnum):
    SEAT = "seat"
    HOME = "home"


class Right(StrEnum):
    PREPARE = "prepare"  # look, answer the checklist, make a trial call
    KNOCK = "knock"  # ask to come in
    READ = "read"  # read the note and choose
    CODE = "code"  # type a code said by voice, and read with it


@dataclass(frozen=True, slots=True)
class Times:
    """What the windows are counted from. `note_ready` and `released` are None until they are."""

    sent: datetime
    starts: datetime
    ends: datetime
    note_ready: datetime | None = None
    released: datetime | None = None


KNOCK_BEFORE = timedelta(minutes=30)
KNOCK_AFTER = timedelta(hours=2)
READ_AFTER = timedelta(days=30)
CODE_AFTER = timedelta(days=90)


def rights(times: Times, now: datetime) -> frozenset[Right]:
    """Say what a living link may be used for now."""
    held = set()
    if times.sent <= now < times.starts:
        held.add(Right.PREPARE)
    if times.starts - KNOCK_BEFORE <= now <= times.ends + KNOCK_AFTER:
        held |= {Right.KNOCK, Right.PREPARE}
    if times.note_ready is not None and times.note_ready <= now:
        last = None if times.released is None else times.released + READ_AFTER
        if last is None or now <= last:
            held.add(Right.READ)
    # Whether or not there is a note: that a link still opens must not tell (P4, L11).
    if times.starts <= now <= times.ends + CODE_AFTER:
        held.add(Right.CODE)
    return frozenset(held)


def opens_bare(held: frozenset[Right]) -> bool:
    """Whether these rights let a browser look that nobody has admitted. Reading is for the
    admitted device alone; anybody else with the link types a code first."""
    return bool(held & {Right.PREPARE, Right.KNOCK, Right.CODE})


def token(key: bytes, kind: LinkKind, handle: str, generation: int) -> str:
    """Make the token that stands after `#` in a person's link."""
    return f"{handle}.{_mac(key, kind, handle, generation)}"


def handle_of(text: str) -> str:
    """Read the handle out of a token; unknown forms give an unknown handle, never an error."""
    return text.partition(".")[0][:32]


def opens(key: bytes, kind: LinkKind, handle: str, generation: int, text: str) -> bool:
    """Compare in constant time whether this token is the one for that handle and generation."""
    return hmac.compare_digest(token(key, kind, handle, generation).encode(), text.encode())


def _mac(key: bytes, kind: LinkKind, handle: str, generation: int) -> str:
    message = f"enerum link 1|{kind}|{handle}|{generation}".encode()
    digest = hmac.digest(key, message, hashlib.sha256)[:TOKEN_BYTES]
    return base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
