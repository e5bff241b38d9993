"""A client of our own for the worker: real STUN, real DTLS, real SRTP, nothing else.

What arrives is decrypted, so a test counts what a person would have heard and seen and not
what the worker says it sent. STUN is written by aioice and SRTP by pylibsrtp, so the worker
never meets its own parsers here.
"""

import asyncio
import secrets
import socket
import struct
from dataclasses import dataclass, field
from typing import Any

from aioice import stun
from aiortc import RTCCertificate

from server.media.gateway import Answer, Gateway
from tests.media.handshake import AEAD, Handshake

OPUS, VP8 = 111, 96
AUDIO_SSRC, CAMERA_SSRC, SCREEN_SSRC = 0x0A0A0A0A, 0x0B0B0B0B, 0x0C0C0C0C
MID_EXTENSION, LEVEL_EXTENSION = 4, 1


@dataclass(frozen=True, slots=True)
class Packet:
    """An RTP packet as it came out of the decryption, and where it belongs."""

    slot: int
    kind: str
    sequence: int
    time: int
    payload_type: int
    payload: bytes
    extension: bytes


def key_frame(picture: int, text: bytes = b"") -> bytes:
    """A VP8 payload that begins a key frame, with a 15-bit picture id and TL0PICIDX."""
    return _descriptor(picture) + b"\x00" + text


def delta_frame(picture: int, text: bytes = b"") -> bytes:
    return _descriptor(picture) + b"\x01" + text


def _descriptor(picture: int) -> bytes:
    return bytes([0x90, 0xC0]) + struct.pack("!H", 0x8000 | picture) + bytes([picture & 0xFF])


@dataclass
class Client:
    """One connection of one seat."""

    gateway: Gateway
    room: str
    seat: str
    slots: int = 2
    announce: bool = True  # whether the offer names its SSRCs, as Chromium does
    profiles: str = "SRTP_AEAD_AES_256_GCM"
    ciphers: bytes = AEAD
    fingerprint: str | None = None
    host: str = "127.0.0.1"
    answer: Answer = field(init=False)
    profile: str = field(init=False, default="")
    rtcp: list[bytes] = field(default_factory=list)
    answers_checks: bool = True

    def __post_init__(self) -> None:
        self.udp = _socket(self.host)
        self.ufrag, self.password = secrets.token_hex(4), secrets.token_hex(16)
        self.certificate = RTCCertificate.generateCertificate()
        self.numbers = {ssrc: [1000, 90000] for ssrc in (AUDIO_SSRC, CAMERA_SSRC, SCREEN_SSRC)}
        self._arrived: list[Packet] = []

    async def join(self) -> "Client":
        """Offer, check, shake hands: everything a browser does."""
        await self.offer()
        await self.check()
        await self.handshake()
        return self

    async def offer(self) -> None:
        self.answer = await self.gateway.join(self.room, self.seat, self.sdp(), self.slots)
        lines = self.answer.sdp.splitlines()
        self.server = (self.host, int(_after(lines, "a=candidate:").split()[5]))
        self.remote_ufrag = _after(lines, "a=ice-ufrag:")
        self.remote_password = _after(lines, "a=ice-pwd:")
        self.ssrcs = [int(line[7:].split()[0]) for line in lines if line.startswith("a=ssrc:")]

    def sdp(self) -> str:
        prints = {p.algorithm: p.value for p in self.certificate.getFingerprints()}
        fingerprint = self.fingerprint or prints["sha-256"]
        lines = [
            ("audio", "sendonly", AUDIO_SSRC),
            ("video", "sendonly", CAMERA_SSRC),
            ("video", "sendonly", SCREEN_SSRC),
            *[(kind, "recvonly", 0) for _ in range(self.slots) for kind in ("audio", "video")],
        ]
        head = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", "a=group:BUNDLE"]
        head[-1] += "".join(f" {mid}" for mid in range(len(lines)))
        for mid, (kind, direction, ssrc) in enumerate(lines):
            number, codec = (OPUS, "opus/48000/2") if kind == "audio" else (VP8, "VP8/90000")
            head += [
                f"m={kind} 9 UDP/TLS/RTP/SAVPF {number}",
                "c=IN IP4 0.0.0.0",
                f"a=ice-ufrag:{self.ufrag}",
                f"a=ice-pwd:{self.password}",
                f"a=fingerprint:sha-256 {fingerprint}",
                "a=setup:actpass",
                f"a=mid:{mid}",
                f"a={direction}",
                "a=rtcp-mux",
                f"a=rtpmap:{number} {codec}",
                f"a=extmap:{MID_EXTENSION} urn:ietf:params:rtp-hdrext:sdes:mid",
            ]
            if kind == "audio":
                head.append(
                    f"a=extmap:{LEVEL_EXTENSION} urn:ietf:params:rtp-hdrext:ssrc-audio-level"
                )
            if ssrc and self.announce:
                head.append(f"a=ssrc:{ssrc} cname:me")
        return "\r\n".join([*head, ""])

    # ── STUN ──

    def request(self, *, nominate: bool = True, password: str | None = None) -> stun.Message:
        message = stun.Message(stun.Method.BINDING, stun.Class.REQUEST)
        message.attributes["USERNAME"] = f"{self.remote_ufrag}:{self.ufrag}"
        message.attributes["PRIORITY"] = 1
        message.attributes["ICE-CONTROLLING"] = 1
        if nominate:
            message.attributes["USE-CANDIDATE"] = None
        message.add_message_integrity((password or self.remote_password).encode())
        return message

    async def check(self, *, nominate: bool = True) -> stun.Message:
        """Prove this socket's address; give back the answer."""
        message = self.request(nominate=nominate)
        self.send(bytes(message))
        while True:
            data = await self._datagram()
            if data[0] < 4:
                answer = stun.parse_message(data)
                if answer.transaction_id == message.transaction_id:
                    assert answer.check_message_integrity(self.remote_password.encode())
                    return answer
            self._take(data)

    # ── DTLS ──

    async def handshake(self) -> None:
        self.hands = Handshake(self.certificate, self.ciphers, self.profiles)
        self._send_all(self.hands.step())
        while not self.hands.done:
            data = await self._datagram()
            if 20 <= data[0] < 64:
                self._send_all(self.hands.step(data))
            else:
                self._take(data)
        self.profile = self.hands.profile
        self.outgoing, self.incoming = self.hands.sessions()

    def goodbye(self) -> None:
        self._send_all(self.hands.goodbye())

    def _send_all(self, datagrams: list[bytes]) -> None:
        for datagram in datagrams:
            self.send(datagram)

    # ── RTP ──

    def rtp(self, ssrc: int, payload: bytes, *, extension: bytes = b"", kind: int = 0) -> bytes:
        """Write and encrypt the next packet of a stream."""
        numbers = self.numbers.setdefault(ssrc, [1000, 90000])
        numbers[0], numbers[1] = (numbers[0] + 1) & 0xFFFF, numbers[1] + 960
        kind = kind or (OPUS if ssrc == AUDIO_SSRC else VP8)
        first = 0x90 if extension else 0x80
        header = struct.pack("!BBHII", first, kind, numbers[0], numbers[1], ssrc)
        return self.outgoing.protect(header + extension + payload)

    def say(self, text: bytes) -> None:
        self.send(self.rtp(AUDIO_SSRC, text))

    def show(self, frame: bytes, ssrc: int = CAMERA_SSRC) -> None:
        self.send(self.rtp(ssrc, frame))

    def send_rtcp(self, packet: bytes) -> None:
        self.send(self.outgoing.protect_rtcp(packet))

    def wish(self, slot: int) -> None:
        """Ask for a key frame of what is in this slot (PLI)."""
        self.send_rtcp(struct.pack("!BBHII", 0x81, 206, 2, 1, self.ssrcs[2 * slot + 1]))

    def send(self, data: bytes) -> None:
        self.udp.sendto(data, self.server)

    def arrived(self) -> list[Packet]:
        """All media that has come since the last look."""
        while True:
            try:
                data = self.udp.recv(4096)
            except BlockingIOError:
                break
            self._take(data)
        found, self._arrived = self._arrived, []
        return found

    async def next(self) -> Packet:
        while not self._arrived:
            self._take(await self._datagram())
        return self._arrived.pop(0)

    async def next_rtcp(self, kind: int) -> bytes:
        """The next RTCP packet of this type, inside whatever compound it came in."""
        while True:
            for compound in self.rtcp:
                for packet in _split(compound):
                    if packet[1] == kind:
                        self.rtcp.remove(compound)
                        return packet
            self._take(await self._datagram())

    def _take(self, data: bytes) -> None:
        if data[0] < 4:
            self._answer(data)
        elif data[0] >= 128 and 192 <= data[1] < 224:
            self.rtcp.append(self.incoming.unprotect_rtcp(data))
        elif data[0] >= 128:
            self._arrived.append(self._read(self.incoming.unprotect(data)))

    def _answer(self, data: bytes) -> None:
        message = stun.parse_message(data)
        if message.message_class != stun.Class.REQUEST or not self.answers_checks:
            return
        if not message.attributes["USERNAME"].startswith(f"{self.ufrag}:"):
            return  # meant for whoever had this port a moment ago
        assert message.check_message_integrity(self.password.encode())
        answer = stun.Message(stun.Method.BINDING, stun.Class.RESPONSE, message.transaction_id)
        answer.attributes["XOR-MAPPED-ADDRESS"] = self.server
        answer.add_message_integrity(self.password.encode())
        self.send(bytes(answer))

    def _read(self, data: bytes) -> Packet:
        first, second, sequence, time, ssrc = struct.unpack_from("!BBHII", data)
        start, extension = 12, b""
        if first & 0x10:
            size = 4 * int.from_bytes(data[14:16], "big")
            extension, start = data[16 : 16 + size], 16 + size
        position = self.ssrcs.index(ssrc)
        kind = "video" if position % 2 else "audio"
        return Packet(position // 2, kind, sequence, time, second & 0x7F, data[start:], extension)

    async def _datagram(self) -> bytes:
        async with asyncio.timeout(5):
            return await asyncio.get_running_loop().sock_recv(self.udp, 4096)

    def move(self) -> socket.socket:
        """Go on from another address; gives the old socket."""
        old, self.udp = self.udp, _socket(self.host)
        return old

    def close(self) -> None:
        self.udp.close()


async def settle(gateway: Gateway, sent: int, before: dict[str, Any]) -> dict[str, Any]:
    """Wait until the worker has handled what was sent; on loopback, what it sent on has then
    arrived as well."""
    async with asyncio.timeout(10):
        while True:
            now = await gateway.statistics()
            if now["received"] >= before["received"] + sent:
                return now


def _split(compound: bytes) -> list[bytes]:
    packets = []
    while compound:
        size = 4 + 4 * int.from_bytes(compound[2:4], "big")
        packets.append(compound[:size])
        compound = compound[size:]
    return packets


def _socket(host: str) -> socket.socket:
    udp = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_DGRAM)
    udp.bind((host, 0))
    udp.setblocking(False)
    return udp


def _after(lines: list[str], prefix: str) -> str:
    return next(line[len(prefix) :] for line in lines if line.startswith(prefix))
