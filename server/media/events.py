"""What the gateway tells the web process, and how it says no."""

from dataclasses import dataclass


class MediaAway(ConnectionError):
    """The worker is being started anew; try again in a moment. `.error` is a stable id."""

    error = "media-away"


class MediaFull(MediaAway):
    """No worker has room for one more room; try again in a moment, or ring."""

    error = "media-full"


class Refused(ValueError):
    """The worker understood and said no. `.error` is a stable id."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


def refusal(error: str) -> Exception:
    """What a worker's no is for whoever asked."""
    return MediaFull(error) if error == MediaFull.error else Refused(error)


@dataclass(frozen=True, slots=True)
class Answer:
    connection: str
    sdp: str
    slots: int


@dataclass(frozen=True, slots=True)
class Connected:
    room: str
    seat: str
    connection: str


@dataclass(frozen=True, slots=True)
class Silent:
    """Nothing was heard for a second: the client should join anew."""

    room: str
    seat: str
    connection: str


@dataclass(frozen=True, slots=True)
class Heard:
    """The silent one is back on the same connection."""

    room: str
    seat: str
    connection: str


@dataclass(frozen=True, slots=True)
class Gone:
    """A connection is over. `why`: left, forgotten, replaced, closed, silent, consent,
    timeout, dtls, wrong-fingerprint, no-srtp, no-certificate, too-many."""

    room: str
    seat: str
    connection: str
    why: str


@dataclass(frozen=True, slots=True)
class Speaks:
    """Whoever sends on this connection is the one who speaks now."""

    room: str
    seat: str
    connection: str


@dataclass(frozen=True, slots=True)
class WayIs:
    """What comes down to this connection is `fine`, `weak` or `poor` now."""

    room: str
    seat: str
    connection: str
    level: str


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """The calls in these rooms have lost their media; None is all there are."""

    rooms: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class WorkerBack:
    """A new worker is there: join anew, and send the rooms' matrices again."""

    rooms: frozenset[str] | None = None


Event = Connected | Silent | Heard | Gone | Speaks | WayIs | WorkerLost | WorkerBack
EVENTS: dict[str, type[Connected] | type[Silent] | type[Heard] | type[Speaks]] = {
    "connected": Connected,
    "silent": Silent,
    "heard": Heard,
    "speaks": Speaks,
}
"""By the word the worker uses."""
