"""One synthetic RTCPeerConnection: STUN, DTLS, SRTP keys, and what comes in beside media.

STUN is written by aioice and the handshake by OpenSSL, so a server never meets its own code.
"""

import secrets
import socket
from dataclasses import dataclass, field
from typing import Any

from aioice import stun
from aiortc import RTCCertificate
from OpenSSL import SSL

from server.media.srtp import PROFILES, Inbound, Outbound
from tests.bench.load.crowd import Crowd
from tests.bench.load.streams import Extensions, Line, Stream
from tests.media.handshake import Handshake

FIRST_CHECKS = 0.1  # seconds between two checks until one is answered
CONSENT = 2.5  # and afterwards, as a browser does
_LABEL = b"EXTRACTOR-dtls_srtp"


@dataclass(frozen=True)
class Wanted:
    """What the generator is told about a leg, as plain JSON values.

    `sends` are arguments of `Stream` with `extensions` as those of `Extensions`; `receives` are
    [SSRC, "audio" | "video" | "rtx"].
    """

    number: int
    room: int
    source: str
    server: tuple[str, int]
    local: tuple[str, str]
    remote: tuple[str, str]
    sends: list[dict[str, Any]] = field(default_factory=list)
    receives: list[tuple[int, str]] = field(default_factory=list)
    talkative: bool = False  # whether it sends RTCP as a browser does
    transport: int = 0  # the number of the transport-wide extension on its way in, or 0
    repairs: bool = False  # whether lost packets can be asked for
    remb: bool = False  # whether it tells a bit rate, where it has nothing better to tell


class Leg:
    def __init__(self, wanted: Wanted, certificate: RTCCertificate, crowd: Crowd) -> None:
        self.wanted = wanted
        self.source = crowd.source(wanted.source)
        self.source_bytes = socket.inet_aton(wanted.source)
        self.target = crowd.target(*wanted.server)
        self.connected = False
        self._crowd = crowd
        self._certificate = certificate
        self._hands: Handshake | None = None
        self._checked = 0.0
        self._transactions: set[bytes] = set()
        self.line = Line()
        self.streams = [
            Stream(
                **{**told, "extensions": Extensions(**told["extensions"])},
                sender=wanted.number, line=self.line, leg=self,
            )
            for told in wanted.sends
        ]  # fmt: skip
        self.rtcp: list[bytes] = []
        self._hello: list[bytes] = []

    def tick(self, now: float) -> None:
        """Repeat what was not answered, and show that somebody is still here (RFC 7675)."""
        if now - self._checked > (CONSENT if self._hands else FIRST_CHECKS):
            self._checked = now
            self._send(bytes(self._check()))
        if self._hands and not self.connected:
            # As browsers do, and not after a second like OpenSSL: the other side may not have
            # been ready for the first word.
            self._send_all(self._hello)
            if self._hands.ssl.DTLSv1_get_timeout() == 0:
                self._hands.ssl.DTLSv1_handle_timeout()
                self._send_all(self._hands.outgoing())

    def _check(self) -> stun.Message:
        message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        message.attributes["USERNAME"] = f"{self.wanted.remote[0]}:{self.wanted.local[0]}"
        message.attributes["PRIORITY"] = 1845501695
        message.attributes["ICE-CONTROLLING"] = secrets.randbits(64)
        message.attributes["USE-CANDIDATE"] = None
        message.add_message_integrity(self.wanted.remote[1].encode())
        self._transactions.add(message.transaction_id)
        return message

    def take(self, data: bytes) -> None:
        """Take in anything but RTP."""
        if data[0] < 4:
            self._take_stun(data)
        elif 20 <= data[0] < 64 and self._hands:
            self._shake(data)
        elif data[0] >= 128 and self.connected:
            self.rtcp.append(self._incoming.unprotect_rtcp(data))

    def _take_stun(self, data: bytes) -> None:
        message = stun.parse_message(data)
        if message.message_class == stun.Class.REQUEST:
            answer = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, message.transaction_id)
            answer.attributes["XOR-MAPPED-ADDRESS"] = tuple(self.wanted.server)
            answer.add_message_integrity(self.wanted.local[1].encode())
            self._send(bytes(answer))
        elif message.transaction_id in self._transactions:
            self._transactions.clear()
            if self._hands is None and message.message_class == stun.Class.RESPONSE:
                self._hands = Handshake(self._certificate)
                self._hello = self._hands.step()
                self._send_all(self._hello)

    def _shake(self, data: bytes) -> None:
        assert self._hands is not None
        self._hello.clear()
        try:
            self._send_all(self._hands.step(data))
        except SSL.Error:
            return
        if not self._hands.done or self.connected:
            return
        profile = PROFILES[self._hands.profile]
        material = self._hands.ssl.export_keying_material(_LABEL, profile.material)
        ours, theirs = profile.master_keys(material)
        self.outbound, self.inbound = Outbound(profile.name, ours), Inbound(profile.name, theirs)
        self._outgoing, self._incoming = self._hands.sessions()
        self.connected = True

    def goodbye(self) -> None:
        if self._hands is not None:
            self._send_all(self._hands.goodbye())

    def send_rtcp(self, packet: bytes) -> None:
        self._send(self._outgoing.protect_rtcp(packet))

    def _send_all(self, datagrams: list[bytes]) -> None:
        for datagram in datagrams:
            self._send(datagram)

    def _send(self, data: bytes) -> None:
        self._crowd.send_bytes(data, self.source, self.target)


def split(compound: bytes) -> list[bytes]:
    """The RTCP packets of a compound one."""
    packets = []
    while len(compound) >= 4:
        size = 4 + 4 * int.from_bytes(compound[2:4], "big")
        packets.append(compound[:size])
        compound = compound[size:]
    return packets
