"""What the packet process knows, and what it does with one packet.

No socket, no policy: who is sent on to whom was decided elsewhere and arrives as routes under
a lease. A `Source` is one SSRC a client sends, a `Track` what it stands for (sound, camera,
screen), a `Down` one half of a slot at a receiver. The matrix is checked packet by packet: a
track without a `Down`, or one whose lease has run out, goes nowhere.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from server.media.addresses import Address
from server.media.batch import Datagrams
from server.media.rewrite import (
    NO_PICTURE,
    RTP,
    Numbers,
    Picture,
    find_mid,
    look_at_vp8,
    payload_end,
    payload_start,
    scrub_extensions,
)
from server.media.srtp import SIZE, Inbound, Outbound, copy

AUDIO_CLOCK, VIDEO_CLOCK = 48000, 90000
MOST_AUDIO, MOST_VIDEO = 2, 8  # SSRCs per client (W9)
ASK_AGAIN = 0.5  # seconds until a key frame is wished for once more

SOUND = "audio"
TRACKS = (SOUND, "camera", "screen")


@dataclass(slots=True)
class Lease:
    """How long a room's routes hold. After that moment nothing in it moves."""

    until: float = 0.0


@dataclass(slots=True)
class Track:
    lease: Lease
    is_video: bool
    downs: list["Down"] = field(default_factory=list)


class Source:
    """One SSRC, with the counts its receiver reports are made of (RFC 3550 appendix A)."""

    __slots__ = ("clock", "first", "highest", "jitter", "received", "ssrc", "track", "transit")

    def __init__(self, ssrc: int, track: Track) -> None:
        self.ssrc = ssrc
        self.track = track
        self.clock = VIDEO_CLOCK if track.is_video else AUDIO_CLOCK
        self.received = 0
        self.highest = self.first = 0
        self.jitter = self.transit = 0.0

    def count(self, sequence: int, time: int, now: float) -> None:
        transit = now * self.clock - time
        if not self.received:
            self.first = self.highest = sequence
        else:
            ahead = (sequence - self.highest) & 0xFFFF
            if ahead < 0x8000:
                self.highest += ahead
            change = abs(transit - self.transit) % 4294967296
            if change < self.clock:  # a wrapped or jumped timestamp is no jitter
                self.jitter += (change - self.jitter) / 16
        self.transit = transit
        self.received += 1


class Down:
    """One half of a slot: the stream a receiver gets, continuous over all who speak in it."""

    __slots__ = ("asked", "numbers", "octets", "packets", "peer", "source")

    def __init__(self, peer: "Peer", numbers: Numbers) -> None:
        self.peer = peer
        self.numbers = numbers
        self.source: Source | None = None
        self.asked = 0.0
        self.packets = self.octets = 0


@dataclass(slots=True)
class Peer:
    """One connected client."""

    number: int
    address: Address
    destination: Any
    inbound: Inbound
    outbound: Outbound
    opus: int
    vp8: int
    level: int
    mid: int
    lease: Lease
    tracks: dict[str, Track] = field(default_factory=dict)
    mids: dict[bytes, str] = field(default_factory=dict)
    sources: dict[int, Source] = field(default_factory=dict)
    downs: list[tuple[Down, Down]] = field(default_factory=list)
    heard: bool = False

    def learn(self, ssrc: int, name: str) -> Source | None:
        """Remember whose SSRC this is, within what one client may use."""
        track = self.tracks.get(name)
        if track is None:
            return None
        alike = sum(source.track.is_video == track.is_video for source in self.sources.values())
        if alike >= (MOST_VIDEO if track.is_video else MOST_AUDIO):
            return None
        source = self.sources[ssrc] = Source(ssrc, track)
        return source


@dataclass(slots=True)
class Counts:
    """What happened since the start. Numbers only: no address, no identity."""

    received: int = 0
    forwarded: int = 0
    empty: int = 0
    odd: int = 0
    strangers: int = 0
    forged: int = 0
    malformed: int = 0
    unknown_ssrc: int = 0
    unsent: int = 0
    crowded: int = 0


class Forwarder:
    """Takes RTP packets from the inbox and puts what is due into the outbox."""

    def __init__(
        self,
        batch: Datagrams,
        wish: Callable[[Peer, int], None],
        switched: Callable[[Down, Peer, Source], None],
    ) -> None:
        self._batch = batch
        self._inbox = batch.inbox.view
        self._from = batch.inbox.pointers
        self._outbox = batch.outbox.view
        self._to = batch.outbox.pointers
        self._wish = wish
        self._switched = switched
        self.counts = Counts()

    def packet(self, peer: Peer, index: int, length: int, now: float) -> None:
        """Handle one RTP packet that came from a client's nominated address."""
        counts = self.counts
        length = peer.inbound.unprotect(self._from[index], length)
        if length < 12:
            counts.forged += 1
            return
        peer.heard = True
        view = self._inbox
        at = index * SIZE
        end = at + length
        header: tuple[int, int, int, int, int] = RTP.unpack_from(view, at)
        start = payload_start(view, at, end)
        stop = payload_end(view, at, end)
        if not start or stop < start:
            counts.malformed += 1
            return
        source = peer.sources.get(header[4]) or self._learn(peer, header[4], at)
        if source is None:
            counts.unknown_ssrc += 1
            return
        source.count(header[2], header[3], now)
        track = source.track
        if not track.downs or now > track.lease.until:
            return
        picture = NO_PICTURE
        if header[1] & 0x7F != (peer.vp8 if track.is_video else peer.opus):
            counts.malformed += 1
            return
        if stop == start:
            # Padding uses up numbers of this stream, so it has to be passed on; one byte will
            # do. An empty Opus packet without padding goes as it is.
            if header[0] & 0x20:
                length = start - at + 1
                view[start] = 1
        elif track.is_video:
            look = look_at_vp8(view, start, stop)
            if look is None:
                counts.malformed += 1
                return
            picture = look
        level = scrub_extensions(view, at, peer.level) if header[0] & 0x10 else 0
        for down in track.downs:
            self._forward(peer, source, down, index, length, header, picture, level, now)

    def _forward(
        self,
        peer: Peer,
        source: Source,
        down: Down,
        index: int,
        length: int,
        header: tuple[int, int, int, int, int],
        picture: Picture,
        level: int,
        now: float,
    ) -> None:
        numbers = down.numbers
        fresh = down.source is not source
        if fresh:
            if source.track.is_video and not picture[0]:
                if now - down.asked > ASK_AGAIN:
                    down.asked = now
                    self._wish(peer, source.ssrc)
                return
            numbers.take_over(header[2], header[3], picture, now)
        free = self._batch.queued
        moved = (free - index) * SIZE
        copy(self._to[free], self._from[index], length)
        if not numbers.write(self._outbox, free * SIZE, header, picture, moved, now):
            return
        receiver = down.peer
        if level:
            self._place_level(level + moved, receiver.level)
        if fresh:
            down.source = source
            self._switched(down, peer, source)
        protected = receiver.outbound.protect(self._to[free], length)
        if protected < 0:
            self.counts.malformed += 1
            return
        down.packets += 1
        down.octets += length - 12
        self.counts.forwarded += 1
        self._batch.send(protected, receiver.destination)

    def _place_level(self, at: int, identifier: int) -> None:
        """Give the audio level the number this receiver negotiated, or take it out."""
        self._outbox[at] = identifier << 4
        if not identifier:
            self._outbox[at + 1] = 0

    def _learn(self, peer: Peer, ssrc: int, at: int) -> Source | None:
        """An SSRC nobody announced must say in its MID what it is, or is dropped."""
        name = peer.mids.get(find_mid(self._inbox, at, peer.mid))
        source = peer.learn(ssrc, name) if name else None
        if source is None:
            # libsrtp opened a context for it; without this they would pile up.
            peer.inbound.forget(ssrc)
        return source
