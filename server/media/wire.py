"""The typed messages between the web process, the control process and the packet process.

One message is one datagram on a Unix SOCK_SEQPACKET pair: it arrives whole or not at all, and
the end of the other side is an end of file. Messages are dataclasses of plain JSON values;
bytes travel as hex. `Datagram` and `Feedback` carry packets and are binary.
docs/protocol-media.md tells what each one means.
"""

import json
import socket
import struct
from dataclasses import astuple, fields
from typing import Any

from server.media.inside import (
    Admit,
    Arrived,
    Choose,
    Datagram,
    Dismiss,
    Feedback,
    Fence,
    Fenced,
    Missing,
    Move,
    Probe,
    Pulse,
    Renew,
    Resend,
    Route,
    Switched,
    Wish,
)
from server.media.outside import (
    Ask,
    Done,
    Figures,
    Forget,
    Leave,
    Matrix,
    Open,
    Ready,
    Request,
    Restart,
    Start,
    Told,
    Unable,
)
from server.media.terms import Terms

__all__ = [
    "Admit",
    "Arrived",
    "Ask",
    "Choose",
    "Datagram",
    "Dismiss",
    "Done",
    "dump",
    "Feedback",
    "Fence",
    "Fenced",
    "Figures",
    "Forget",
    "give_up_after",
    "LARGEST",
    "Leave",
    "load",
    "Matrix",
    "Message",
    "Missing",
    "Move",
    "Open",
    "pair",
    "Probe",
    "Pulse",
    "Reader",
    "Ready",
    "Renew",
    "Request",
    "Restart",
    "Restart",
    "Resend",
    "Route",
    "Start",
    "Switched",
    "Told",
    "Unable",
    "Wish",
]

LARGEST = 1 << 17  # bytes; the matrix of a full room of twenty is about 30 000
_FEEDBACK = struct.Struct("!cIHIH")
_ARRIVED = struct.Struct("!IH")

Message = (
    (Start | Request)
    | (Ready | Unable | Done | Figures | Told)
    | (Admit | Move | Dismiss | Route | Renew | Resend | Choose | Probe | Fence)
    | (Fenced | Wish | Switched | Pulse | Missing | Arrived | Datagram | Feedback)
)
_BINARY = (Arrived, Datagram, Feedback)
_BY_NAME: dict[str, tuple[type[Any], int]] = {
    kind.__name__: (kind, len(fields(kind))) for kind in Message.__args__ if kind not in _BINARY
}


def dump(message: Message) -> bytes:
    if isinstance(message, Datagram):
        return b"D" + bytes([len(message.address)]) + message.address + message.data
    if isinstance(message, Feedback):
        count = len(message.sizes) // 2
        head = _FEEDBACK.pack(b"F", message.peer, message.first, message.sound, count)
        return head + message.times + message.sizes + message.data
    if isinstance(message, Arrived):
        parts = [b"A"]
        for peer, numbers, moments in message.arrivals:
            parts += (_ARRIVED.pack(peer, len(numbers) // 2), numbers, moments)
        return b"".join(parts)
    # Not `astuple`: it copies every list within, which costs more than all the rest.
    values = [getattr(message, name) for name in message.__slots__]
    return json.dumps([type(message).__name__, *values], default=astuple).encode()


def load(data: bytes) -> Message:
    """Read one message. Raises ValueError for anything that is none."""
    try:
        if data[:1] == b"D":
            size = data[1]
            return Datagram(_cut(data, 2, 2 + size), data[2 + size :])
        if data[:1] == b"F":
            return _feedback(data)
        if data[:1] == b"A":
            return _arrived(data)
        parts = json.loads(data)
    except (IndexError, struct.error, RecursionError):
        raise ValueError("a message that is cut off, or has no end") from None
    if not isinstance(parts, list) or not parts or str(parts[0]) not in _BY_NAME:
        raise ValueError("no such message")
    kind, count = _BY_NAME[str(parts[0])]
    if len(parts) != count + 1:
        raise ValueError(f"{parts[0]} has {count} fields")
    if kind in (Open, Admit):
        if not isinstance(parts[-1], list) or len(parts[-1]) != len(fields(Terms)):
            raise ValueError("no such terms")
        parts[-1] = Terms(*parts[-1])
    made: Message = kind(*parts[1:])
    return made


def _feedback(data: bytes) -> Feedback:
    _, peer, first, sound, count = _FEEDBACK.unpack_from(data)
    times = _FEEDBACK.size + 4 * count
    sizes = times + 2 * count
    head = _FEEDBACK.size
    moments = _cut(data, head, times)
    return Feedback(peer, first, sound, moments, _cut(data, times, sizes), data[sizes:])


def _arrived(data: bytes) -> Arrived:
    arrivals = []
    position = 1
    while position < len(data):
        peer, count = _ARRIVED.unpack_from(data, position)
        numbers = position + _ARRIVED.size
        moments = numbers + 2 * count
        position = moments + 4 * count
        arrivals.append((peer, _cut(data, numbers, moments), _cut(data, moments, position)))
    return Arrived(arrivals)


def _cut(data: bytes, start: int, end: int) -> bytes:
    if end > len(data):
        raise ValueError("a message that is cut off")
    return data[start:end]


class Reader:
    """The messages that come to one end of a channel, each read into the same place.

    Room for the largest is too much to be asked for anew each time: the C library fetches it from
    the system and gives it back.
    """

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._room = memoryview(bytearray(LARGEST))

    def read(self) -> bytes | None:
        """Give the next message: None while there is none, nothing when the other side is gone."""
        try:
            size = self._end.recv_into(self._room, 0, socket.MSG_DONTWAIT)
        except BlockingIOError:
            return None
        return bytes(self._room[:size])


def give_up_after(end: socket.socket, seconds: int) -> None:
    """Let no word to the other side take longer. The kernel's own patience, where it has one:
    Python's costs a system call before each word and before each look for one."""
    end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("@ll", seconds, 0))


def pair() -> tuple[socket.socket, socket.socket]:
    """Make the two ends of a channel. The end of one process is an end of file for the other,
    which a plain datagram pair would never tell."""
    ends = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    for end in ends:
        end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 4 * LARGEST)
    return ends
