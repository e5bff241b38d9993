"""What the packet process knows of its clients. No socket, no policy.

A `Source` is one SSRC a client sends, a `Track` what it stands for (sound, camera, screen), a
`Down` one half of a slot at a receiver. A camera with simulcast has a source for each layer.
"""

import secrets
from array import array
from dataclasses import dataclass, field
from typing import Any

from server.media import extensions
from server.media.addresses import Address
from server.media.repeats import Repeats
from server.media.retransmission import GIVEN_UP, UNHEARD, Holes
from server.media.rewrite import Numbers
from server.media.ring import Ring
from server.media.srtp import Inbound, Outbound
from server.media.terms import Terms

AUDIO_CLOCK, VIDEO_CLOCK = 48000, 90000
MOST_AUDIO, MOST_VIDEO = 2, 8  # SSRCs per client (W9)
MOST_REMEMBERED = 4096  # packets sent whose arrival nobody has reported yet
# What a narrow line carries besides each packet: SRTP's tag, UDP and IPv4. Of sound it is a third.
OVERHEAD = 16 + 8 + 20  # bytes

SOUND = "audio"
TRACKS = (SOUND, "camera", "screen")

ANY, OFF = -2, -1
"""Instead of a layer: whichever begins first, and no picture at all."""


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

    __slots__ = (
        "clock", "first", "highest", "holes", "jitter", "layer", "octets", "received", "repairs",
        "ring", "ssrc", "track", "transit",
    )  # fmt: skip

    def __init__(self, ssrc: int, track: Track, layer: int = 0) -> None:
        self.ssrc = ssrc
        self.track = track
        self.layer = layer
        self.clock = VIDEO_CLOCK if track.is_video else AUDIO_CLOCK
        self.repairs: Source | None = None  # the stream this one repairs (RFC 4588)
        self.holes: Holes | None = None  # where missing packets can be asked for
        self.ring: Ring | None = None
        self.received = self.octets = 0
        self.highest = self.first = 0
        self.jitter = self.transit = 0.0

    def count(self, sequence: int, time: int, now: float) -> None:
        ahead = (sequence - self.highest) & 0xFFFF
        if not self.received:
            self.first = self.highest = sequence
            self.transit = now * self.clock - time
        elif ahead < 0x8000:
            self.highest += ahead
            clock = self.clock
            transit = now * clock - time
            change = transit - self.transit
            if change < 0.0:
                change = -change
            if change >= clock:
                change %= 4294967296
            if change < clock:  # a wrapped or jumped timestamp is no jitter
                self.jitter += (change - self.jitter) / 16
            self.transit = transit
        # Else it is late, or sent once more: its time says nothing about the way.
        self.received += 1


class Down:
    """One half of a slot: the stream a receiver gets, continuous over all who speak in it."""

    __slots__ = (
        "asked", "numbers", "octets", "packets", "peer", "repair_number", "repair_ssrc",
        "repeats", "source", "want",
    )  # fmt: skip

    def __init__(self, peer: "Peer", numbers: Numbers, repair_ssrc: int = 0) -> None:
        self.peer = peer
        self.numbers = numbers
        self.source: Source | None = None
        self.repeats: Repeats | None = None  # of sound, once some of it was missed
        self.want = ANY
        self.asked = 0.0
        self.packets = self.octets = 0
        self.repair_ssrc = repair_ssrc
        self.repair_number = secrets.randbelow(1 << 15)


class Sent:
    """The transport-wide numbers one receiver was given, until their arrival is reported."""

    __slots__ = ("first", "number", "sizes", "sound", "times")

    def __init__(self) -> None:
        self.number = -1
        self.first = 0
        self.times = array("I")  # microseconds, the lower 32 bits
        self.sizes = array("H")
        self.sound = 0  # bytes of it that were sound

    def take(self) -> tuple[int, int, bytes, bytes]:
        """Give away what was noted: the first number, the bytes of sound, times and sizes."""
        taken = self.first, self.sound & 0xFFFFFFFF, self.times.tobytes(), self.sizes.tobytes()
        self.first, self.sound = (self.number + 1) & 0xFFFF, 0
        del self.times[:], self.sizes[:]
        return taken


class Peer:
    """One connected client."""

    __slots__ = (
        "address", "arrived_at", "arrived_numbers", "budget", "destination", "downs", "heard",
        "inbound", "layers", "lease", "level", "level_mark", "loudness", "mids", "number", "opus",
        "outbound", "probe", "protect", "repairs", "sent", "sources", "spoken", "terms", "tracks",
        "unprotect", "voiced", "vp8", "wide", "wide_mark", "wide_sound", "wide_sound_mark",
    )  # fmt: skip

    def __init__(
        self, number: int, terms: Terms, inbound: Inbound, outbound: Outbound, lease: Lease
    ) -> None:
        self.number = number
        self.terms = terms
        self.opus, self.vp8, self.level, self.wide = terms.opus, terms.vp8, terms.level, terms.wide
        self.wide_sound = terms.wide_sound
        # How these extensions begin (RFC 8285 section 4.2); 0 where there is none.
        self.level_mark = self.level << 4
        self.wide_mark = extensions.mark(self.wide)
        self.wide_sound_mark = extensions.mark(self.wide_sound)
        self.inbound, self.unprotect = inbound, inbound.unprotect
        self.outbound, self.protect = outbound, outbound.protect
        self.lease = lease
        self.address: Address = b""
        self.destination: Any = None
        self.mids = {mid.encode(): name for mid, name in terms.mids.items()}
        self.layers = {rid.encode(): index for index, rid in enumerate(terms.layers)}
        self.tracks = {name: Track(lease, name != SOUND) for name in TRACKS}
        self.sources: dict[int, Source] = {}
        self.downs = [
            (
                Down(self, Numbers(sound, terms.opus, AUDIO_CLOCK)),
                Down(self, Numbers(picture, terms.vp8, VIDEO_CLOCK), repairs),
            )
            for sound, picture, repairs in terms.slots
        ]
        self.heard = False
        self.budget = 0.0  # packets this client may still send until the next round
        self.repairs = 0  # packets it may still be sent again
        self.loudness = self.spoken = self.voiced = 0
        self.arrived_numbers, self.arrived_at = array("H"), array("I")
        self.sent = Sent()
        self.probe: tuple[float, float, float] | None = None  # bytes per second, since, until
        for ssrc, name in terms.ssrcs.items():
            self.learn(int(ssrc), name)
        for ssrc, primary in terms.repairs.items():
            repaired = self.sources.get(int(primary))
            if repaired is not None:
                self.learn_repairs(int(ssrc), repaired)

    def count_out(
        self, view: memoryview, at: int, identifier: int, length: int, now: float
    ) -> None:
        """Number a packet over all of this receiver's streams, and remember when it went."""
        if not identifier:
            extensions.blank_number(view, at)
            return
        sent = self.sent
        if len(sent.sizes) >= MOST_REMEMBERED:
            sent.take()
        number = sent.number = (sent.number + 1) & 0xFFFF
        extensions.write_number(view, at, identifier, number)
        sent.times.append(int(now * 1_000_000) & 0xFFFFFFFF)
        sent.sizes.append(length + OVERHEAD)

    def learn(self, ssrc: int, name: str, layer: int = 0) -> Source | None:
        """Remember whose SSRC this is, within what one client may use."""
        track = self.tracks.get(name)
        if track is None or not self._has_place(track):
            return None
        source = self.sources[ssrc] = Source(ssrc, track, layer)
        if self.terms.rtx:
            source.holes = Holes(GIVEN_UP if track.is_video else UNHEARD)
        return source

    def learn_repairs(self, ssrc: int, repaired: Source) -> Source | None:
        if not self._has_place(repaired.track):
            return None
        source = self.sources[ssrc] = Source(ssrc, repaired.track, repaired.layer)
        source.repairs = repaired
        return source

    def source_of(self, name: str, layer: int) -> Source | None:
        """The stream itself, not what repairs it."""
        track = self.tracks.get(name)
        for source in self.sources.values():
            if source.track is track and source.layer == layer and source.repairs is None:
                return source
        return None

    def layer_of(self, name: str, rid: bytes) -> int | None:
        """Which layer a stream of this track is; None when it does not say so and has to."""
        return self.layers.get(rid) if self.layers and name == "camera" else 0

    def _has_place(self, track: Track) -> bool:
        alike = sum(source.track.is_video == track.is_video for source in self.sources.values())
        return alike < (MOST_VIDEO if track.is_video else MOST_AUDIO)


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
    limited: int = 0
    repeated: int = 0
    recovered: int = 0
    nacks_answered: int = 0
    probes: int = 0
    layer_switches: int = 0
