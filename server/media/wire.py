"""The typed messages between the web process, the control process and the packet process.

One message is one datagram on a Unix SOCK_SEQPACKET pair: it arrives whole or not at all, and
the end of the other side is an end of file. Messages are dataclasses of plain JSON values;
bytes travel as hex. `Datagram` and `Feedback` carry packets and are binary.
docs/protocol-media.md tells what each one means.
"""

import json
import socket
import struct
from dataclasses import astuple, dataclass, fields
from typing import Any

LARGEST = 1 << 17  # bytes; the matrix of a full room of twenty is about 30 000
_PACKET = struct.Struct("!cBI")

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
    opus: int
    vp8: int
    level: int
    mid: int
    ssrcs: dict[str, str]
    mids: dict[str, str]
    slots: list[list[int]]


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


Request = Open | Matrix | Leave | Forget | Ask

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
    """Something happened to a connection: connected, silent, heard or gone (with `why`)."""

    what: str
    room: str
    seat: str
    connection: str
    why: str


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
    opus: int
    vp8: int
    level: int
    mid: int
    ssrcs: dict[str, str]
    mids: dict[str, str]
    slots: list[list[int]]


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
    """Who was heard since the last one; and each second the reception and sending counts.

    `streams` are [peer, ssrc, highest number, first number, received, jitter];
    `slots` are [ssrc, packets, octets].
    """

    heard: list[int]
    streams: list[list[int]]
    slots: list[list[int]]


@dataclass(frozen=True, slots=True)
class Datagram:
    """STUN or DTLS from anywhere."""

    address: bytes
    data: bytes


@dataclass(frozen=True, slots=True)
class Feedback:
    """SRTCP from a connected client, still encrypted."""

    peer: int
    data: bytes


Message = (
    (Start | Request)
    | (Ready | Unable | Done | Figures | Told)
    | (Admit | Move | Dismiss | Route | Renew | Fence)
    | (Fenced | Wish | Switched | Pulse | Datagram | Feedback)
)
_BINARY = (Datagram, Feedback)
_BY_NAME: dict[str, tuple[type[Any], int]] = {
    kind.__name__: (kind, len(fields(kind))) for kind in Message.__args__ if kind not in _BINARY
}


def dump(message: Message) -> bytes:
    if isinstance(message, Datagram):
        return _PACKET.pack(b"D", len(message.address), 0) + message.address + message.data
    if isinstance(message, Feedback):
        return _PACKET.pack(b"F", 0, message.peer) + message.data
    return json.dumps([type(message).__name__, *astuple(message)]).encode()


def load(data: bytes) -> Message:
    """Read one message. Raises ValueError for anything that is none."""
    if data[:1] in (b"D", b"F"):
        kind, size, peer = _PACKET.unpack_from(data)
        body = data[_PACKET.size :]
        return Datagram(body[:size], body[size:]) if kind == b"D" else Feedback(peer, body)
    parts = json.loads(data)
    if not isinstance(parts, list) or not parts or parts[0] not in _BY_NAME:
        raise ValueError("no such message")
    kind, count = _BY_NAME[parts[0]]
    if len(parts) != count + 1:
        raise ValueError(f"{parts[0]} has {count} fields")
    made: Message = kind(*parts[1:])
    return made


def pair() -> tuple[socket.socket, socket.socket]:
    """Make the two ends of a channel. The end of one process is an end of file for the other,
    which a plain datagram pair would never tell."""
    ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for end in ends:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * LARGEST)
    return ends
