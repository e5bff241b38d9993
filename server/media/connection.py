"""One client's connection in the control process: STUN, DTLS, RTCP keys, and whether it lives.

No socket: datagrams come in, and what to send comes back as (address, bytes). control.py owns
the sockets and decides what a change means for the room.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from OpenSSL import SSL
from pylibsrtp import Error as SrtpError
from pylibsrtp import Session

from server.media import rtcp, stun, wire
from server.media.addresses import Address
from server.media.dtls import Dtls, Failed, Keys
from server.media.ice import Path
from server.media.srtp import session

UNCONNECTED = 15.0  # seconds a connection may take to come about (W2)
SILENCE = 1.0  # seconds without a word until we say so
ABANDONED = 15.0  # seconds of silence until we close
CONSENT = 30.0  # seconds without an answer to a check of ours (RFC 7675)
MOST_STREAMS = 16  # of one client, as far as reports are concerned
HANDSHAKES = 5  # a broken handshake is begun anew: the next ClientHello may be the real one

Outgoing = list[tuple[Address, bytes]]


class Standing(StrEnum):
    CONNECTING = "connecting"
    CONNECTED = "connected"
    SILENT = "silent"
    GONE = "gone"


@dataclass(slots=True)
class Connection:
    number: int
    opened: wire.Open
    tls: SSL.Context
    created: float
    path: Path = field(init=False)
    fresh: Path | None = None
    """After an ICE restart the way with the new credentials, until the client nominates it."""
    standing: Standing = Standing.CONNECTING
    why: str = ""
    keys: Keys | None = None
    reports: dict[int, "Incoming"] = field(default_factory=dict)
    _dtls: Dtls = field(init=False)
    _dtls_address: Address | None = None
    _attempts: int = 1
    _reporting: set[int] = field(default_factory=set)
    _inbound: Session | None = None
    _outbound: Session | None = None

    def __post_init__(self) -> None:
        opened = self.opened
        self.path = Path(
            opened.ufrag,
            opened.password.encode(),
            opened.remote_ufrag,
            opened.remote_password.encode(),
        )
        self._dtls = self._handshake()

    @property
    def name(self) -> str:
        return self.opened.connection

    def restart(self, ufrag: str, password: str, remote_ufrag: str, remote_password: str) -> None:
        """Take new credentials (RFC 8445 section 9). Keys and streams stay, and so does the old
        way until the new one is nominated: a restart that fails costs nothing."""
        self.fresh = Path(ufrag, password.encode(), remote_ufrag, remote_password.encode())

    def path_named(self, ufrag: str) -> Path:
        """The way these credentials belong to."""
        return self.fresh if self.fresh is not None and self.fresh.ufrag == ufrag else self.path

    def take_over(self) -> Path | None:
        """Go over to the new way once it is nominated; gives the old one."""
        if self.fresh is None or self.fresh.nominated is None:
            return None
        old, self.path, self.fresh = self.path, self.fresh, None
        return old

    @property
    def ready(self) -> bool:
        """Keys agreed and an address nominated: media can flow."""
        return self.keys is not None and self.path.nominated is not None

    def handshake(self, data: bytes, address: Address) -> Outgoing:
        """Take in a DTLS datagram from an address that proved itself; others never get here."""
        self._dtls_address = address
        try:
            answer = self._dtls.receive(data)
        except Failed as failed:
            # After the handshake only the client itself can end it: alerts are encrypted then.
            # Before, anybody able to forge this client's address could (W1), so we start over.
            if failed.why == "dtls" and self.keys is None and self._attempts < HANDSHAKES:
                self._attempts += 1
                self._dtls = self._handshake()
            elif failed.why != "dtls" or self.keys is None:
                self.end(failed.why)
            return []
        if self.keys is None and self._dtls.keys is not None:
            self.keys = self._dtls.keys
            self._inbound = session(self.keys.profile, self.keys.inbound, inbound=True)
            self._outbound = session(self.keys.profile, self.keys.outbound, inbound=False)
        return [(address, datagram) for datagram in answer]

    def feedback(self, data: bytes) -> list[rtcp.Packet]:
        """Decrypt and read RTCP. Raises ValueError when it is forged, replayed or malformed."""
        if self._inbound is None:
            raise ValueError("no keys yet")
        try:
            packet = self._inbound.unprotect_rtcp(data)
        except SrtpError:
            raise ValueError("RTCP that is not this client's") from None
        sender = int.from_bytes(packet[4:8], "big")
        if sender not in self._reporting:
            if len(self._reporting) == MOST_STREAMS:
                # libsrtp opened a context for it; without this they would pile up.
                self._inbound.remove_stream(sender)
                raise ValueError("reports from too many streams")
            self._reporting.add(sender)
        return rtcp.parse(packet)

    def report(self, packet: bytes) -> Outgoing:
        """Encrypt RTCP for this client."""
        if self._outbound is None or self.path.nominated is None:
            return []
        return [(self.path.nominated, self._outbound.protect_rtcp(packet))]

    def hear(self, now: float) -> None:
        self.path.heard = now

    def silent(self, now: float) -> bool:
        return now - self.path.heard > SILENCE

    def look_after(self, now: float) -> Outgoing:
        """Do what time asks for: repeat a handshake, check whether somebody is there, give up."""
        out: Outgoing = []
        if self.standing is Standing.CONNECTING and now - self.created > UNCONNECTED:
            self.end("timeout")
            return out
        if self.keys is None and self._dtls_address is not None:
            try:
                out += [(self._dtls_address, datagram) for datagram in self._dtls.again()]
            except Failed:
                self._dtls = self._handshake()
        if self.standing in (Standing.CONNECTED, Standing.SILENT):
            if now - self.path.heard > ABANDONED:
                self.end("silent")
                return out
            if now - self.path.consented > CONSENT:
                self.end("consent")
                return out
        check = self.path.ask(now)
        if check is not None and self.path.nominated is not None:
            out.append((self.path.nominated, check))
        return out

    def take_answer(self, response: stun.Message, address: Address, now: float) -> bool:
        return self.path.answered(response, address, now)

    def end(self, why: str) -> None:
        self.standing, self.why = Standing.GONE, why

    def goodbye(self) -> Outgoing:
        if self.path.nominated is None:
            return []
        return [(self.path.nominated, datagram) for datagram in self._dtls.goodbye()]

    def _handshake(self) -> Dtls:
        prints = [(name, value) for name, value in self.opened.fingerprints]
        return Dtls(self.tls, prints)


@dataclass(slots=True)
class Incoming:
    """What the next receiver report about one of the client's streams is worked out from."""

    highest: int = 0
    expected: int = 0
    received: int = 0
    jitter: int = 0
    report: rtcp.SenderReport | None = None
    reported_at: float = 0.0
    _expected_before: int = 0
    _received_before: int = 0

    def block(self, ssrc: int, now: float) -> rtcp.Block:
        """Make the report block for the time since the last one (RFC 3550 appendix A.3)."""
        expected = self.expected - self._expected_before
        lost = max(0, expected - (self.received - self._received_before))
        self._expected_before, self._received_before = self.expected, self.received
        last, delay = 0, 0
        if self.report is not None:
            last = (self.report.ntp >> 16) & 0xFFFFFFFF
            delay = min(int((now - self.reported_at) * 65536), 0xFFFFFFFF)
        fraction = min(255, (lost << 8) // expected) if expected > 0 else 0
        total = self.expected - self.received
        return rtcp.Block(ssrc, fraction, total, self.highest, self.jitter, last, delay)
