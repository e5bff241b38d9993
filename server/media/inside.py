"""What the two processes of a media worker say to each other. wire.py carries it.

docs/protocol-media.md tells what each message means.
"""

from dataclasses import dataclass
from typing import Any

from server.media.terms import Terms

# ── control process → packet process ──


@dataclass(frozen=True, slots=True)
class Admit:
    """A client is connected: its keys, what its packets are, where its slots begin."""

    peer: int
    room: int
    address: str
    profile: str
    inbound: str
    outbound: str
    terms: Terms


@dataclass(frozen=True, slots=True)
class Move:
    peer: int
    address: str


@dataclass(frozen=True, slots=True)
class Dismiss:
    peer: int


@dataclass(frozen=True, slots=True)
class Route:
    """Send this track of one client into a slot of another; `on` false takes it out."""

    source: int
    track: str
    target: int
    slot: int
    on: bool


@dataclass(frozen=True, slots=True)
class Renew:
    """A room's routes hold until this moment of the machine's monotonic clock."""

    room: int
    until: float


@dataclass(frozen=True, slots=True)
class Resend:
    """A receiver missed these packets of a slot's picture (`ssrc`, its numbers there)."""

    peer: int
    ssrc: int
    numbers: list[int]


@dataclass(frozen=True, slots=True)
class Choose:
    """Let this layer of its sender's camera come into a slot: -1 for no picture. What comes now
    goes on until then, but where it has to stop `at_once`."""

    peer: int
    slot: int
    layer: int
    at_once: bool


@dataclass(frozen=True, slots=True)
class Probe:
    """Send a receiver this many bytes a second more, for so many seconds; 0 ends it."""

    peer: int
    rate: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Fence:
    """Say when everything sent before this is in force."""

    number: int
    counts: bool


# ── packet process → control process ──


@dataclass(frozen=True, slots=True)
class Fenced:
    number: int
    counts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Wish:
    """A slot waits for a key frame of this stream."""

    peer: int
    ssrc: int


@dataclass(frozen=True, slots=True)
class Switched:
    """A slot has another sender; add `offset` to that sender's timestamps."""

    target: int
    out: int
    source: int
    ssrc: int
    offset: int


@dataclass(frozen=True, slots=True)
class Pulse:
    """Who was heard since the last one, how loud, and what each picture has brought; and each
    second the reception and sending counts.

    `levels` are [peer, mean level 0..127, voice]; `layers` are [peer, is screen, layer, ssrc,
    octets];
    `streams` are [peer, ssrc, highest number, first number, received, jitter];
    `slots` are [ssrc, packets, octets]; `worked` is the processor time so far, in seconds.
    """

    heard: list[int]
    levels: list[list[int]]
    layers: list[list[int]]
    streams: list[list[int]]
    slots: list[list[int]]
    worked: float = 0.0


@dataclass(frozen=True, slots=True)
class Missing:
    """Packets that have not come and are to be asked for: [peer, ssrc, numbers] of each stream."""

    streams: list[tuple[int, int, list[int]]]


@dataclass(frozen=True, slots=True)
class Arrived:
    """When numbered packets came: for each client its number, the transport-wide numbers
    (16 bits each) and the moments (32 bits of microseconds), as arrays in this machine's own
    byte order."""

    arrivals: list[tuple[int, bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Datagram:
    """STUN or DTLS from anywhere."""

    address: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Feedback:
    """SRTCP from a connected client, still encrypted; and which transport-wide numbers it has
    been sent since the last one: the first of them, how many bytes of them were sound, when
    (32 bits of microseconds each) and how large (16 bits each)."""

    peer: int
    first: int
    sound: int
    times: bytes
    sizes: bytes
    data: bytes
