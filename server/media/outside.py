"""What the web process and a media worker say to each other. wire.py carries it.

docs/protocol-media.md tells what each message means.
"""

from dataclasses import dataclass
from typing import Any

from server.media.terms import Terms

# ── web process → worker ──


@dataclass(frozen=True, slots=True)
class Start:
    """The first message: what the worker is to serve with."""

    certificate: str
    key: str
    bind: str
    port: int
    realtime: bool
    legacy_srtp: bool
    batched: bool
    full: float  # share of a core from which on no new room is let in


@dataclass(frozen=True, slots=True)
class Open:
    """A new connection for a seat, as offer and answer agreed on it."""

    request: int
    room: str
    seat: str
    connection: str
    ufrag: str
    password: str
    remote_ufrag: str
    remote_password: str
    fingerprints: list[list[str]]
    terms: Terms


@dataclass(frozen=True, slots=True)
class Restart:
    """New credentials for a connection (ICE restart); its keys and streams stay."""

    request: int
    room: str
    seat: str
    connection: str
    ufrag: str
    password: str
    remote_ufrag: str
    remote_password: str


@dataclass(frozen=True, slots=True)
class Matrix:
    """Who may hear and see whom: `edges` are [source, target, slot, audio, video, screen]."""

    request: int
    room: str
    version: int
    lease: float
    edges: list[list[Any]]


@dataclass(frozen=True, slots=True)
class Leave:
    request: int
    room: str
    seat: str


@dataclass(frozen=True, slots=True)
class Forget:
    request: int
    room: str


@dataclass(frozen=True, slots=True)
class Ask:
    """Ask for the statistics."""

    request: int


Request = Open | Restart | Matrix | Leave | Forget | Ask

# ── worker → web process ──


@dataclass(frozen=True, slots=True)
class Ready:
    port: int


@dataclass(frozen=True, slots=True)
class Unable:
    """The worker cannot start, and ends."""

    why: str


@dataclass(frozen=True, slots=True)
class Done:
    """A request is carried out, down to the packet process; `error` is empty or a stable id."""

    request: int
    error: str


@dataclass(frozen=True, slots=True)
class Figures:
    request: int
    figures: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Told:
    """Something happened to a connection: connected, silent, heard, gone (with `why`), speaks, or
    how its way down is (`way`, with fine, weak or poor as `why`)."""

    what: str
    room: str
    seat: str
    connection: str
    why: str
