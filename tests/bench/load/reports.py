"""What clients say back, as a browser does: when packets arrived (each 100 ms), reports (each
second), what they lack (a few packets that came are called lost), and rarely a key frame. A bare
client only says each second what its line carries: a server that heard nothing of it would have
to send less.
"""

import random
import struct
import time
from typing import Any

from server.media import rtcp
from server.media.srtp import SIZE
from server.media.transport_cc import Arrivals
from tests.bench.load.crowd import Crowd
from tests.bench.load.leg import Leg, split

FEEDBACK_EVERY, REPORT_EVERY = 0.1, 1.0  # seconds
KEY_FRAME_AFTER = 30.0  # seconds on average
LACKING = 64  # one in so many of the packets looked into is called lost: 0.2 % of all
CNAME = "bench"
_NTP_EPOCH = 2_208_988_800
_BITS = 6, 156_250  # exponent and mantissa: 10 Mbit/s
_SR, _RR, _RTPFB, _PSFB = 200, 201, 205, 206


class Speaking:
    """One leg's side of the conversation."""

    def __init__(self, leg: Leg, now: float) -> None:
        self.leg = leg
        self.arrivals = Arrivals()
        self.feedback_at = now + random.random() * FEEDBACK_EVERY
        self.report_at = now + random.random() * REPORT_EVERY
        self.key_frame_at = now + 2 * random.random() * KEY_FRAME_AFTER
        self.pictures = [ssrc for ssrc, kind in leg.wanted.receives if kind == "video"]
        self.ssrc = leg.streams[0].ssrc if leg.streams else random.randrange(1, 1 << 32)


class Reports:
    def __init__(self, crowd: Crowd, last: dict[int, int]) -> None:
        """`last` holds the number of the last packet of every SSRC."""
        self._crowd = crowd
        self._last = last
        self._speaking: dict[int, Speaking] = {}
        self._numbered: dict[int, Speaking] = {}  # by SSRC, those with transport-wide numbers
        self._places: dict[int, int] = {}  # where in a packet of this SSRC the number stands
        self.begin()

    def begin(self) -> None:
        self.key_frames_asked = self.feedbacks = self.lacks = 0
        self.asked_for = self.told_of = 0

    def add(self, leg: Leg) -> None:
        if not (leg.wanted.talkative or leg.wanted.remb):
            return
        speaking = self._speaking[leg.wanted.number] = Speaking(leg, time.monotonic())
        if leg.wanted.transport:
            self._numbered.update(dict.fromkeys((s for s, _ in leg.wanted.receives), speaking))

    def remove(self, leg: Leg) -> None:
        self._speaking.pop(leg.wanted.number, None)
        for ssrc, _ in leg.wanted.receives:
            self._numbered.pop(ssrc, None)
            self._places.pop(ssrc, None)

    # ── what comes in ──

    def note(self, count: int) -> None:
        """Note the transport-wide numbers of a batch of which all is RTP."""
        if self._numbered:
            for index, ssrc in enumerate(self._crowd.heads(count)[1]):
                self.note_one(index, ssrc)

    def note_one(self, index: int, ssrc: int) -> None:
        speaking = self._numbered.get(ssrc)
        if speaking is None:
            return
        view, at = self._crowd.inbox.view, index * SIZE
        mark = speaking.leg.wanted.transport << 4 | 1
        place = self._places.get(ssrc, 0)
        if not place or view[at + place] != mark:
            place = self._places[ssrc] = _find(view, at, mark)
        if place:
            number = view[at + place + 1] << 8 | view[at + place + 2]
            speaking.arrivals.add(number, self._crowd.arrival(index)[0] // 1000)

    def take(self, leg: Leg) -> None:
        """Act on the RTCP a leg has been sent."""
        for compound in leg.rtcp:
            for packet in split(compound):
                kind, form = packet[1], packet[0] & 0x1F
                if kind == _PSFB and form in (1, 4):
                    self.key_frames_asked += 1
                    for stream in leg.streams:
                        stream.wants_key_frame = stream.is_video
                elif kind == _RTPFB:
                    self.told_of += form == 15
                    self.asked_for += form == 1
                elif kind in (_SR, _RR):
                    self._confirm(leg, packet[8 if kind == _RR else 28 :])
        leg.rtcp.clear()

    @staticmethod
    def _confirm(leg: Leg, blocks: bytes) -> None:
        heard = {ssrc for (ssrc,) in struct.iter_unpack("!I20x", blocks[: len(blocks) // 24 * 24])}
        for stream in leg.streams:
            if stream.ssrc in heard:
                stream.confirm()

    def lack(self, leg: Leg, ssrc: int, number: int) -> None:
        """Call one of many packets lost and ask for it again."""
        speaking = self._speaking.get(leg.wanted.number)
        if speaking is not None and not random.randrange(LACKING):
            self.lacks += 1
            leg.send_rtcp(rtcp.nack(speaking.ssrc, ssrc, [number], CNAME))

    # ── what goes out ──

    def tick(self, now: float) -> None:
        for speaking in self._speaking.values():
            leg = speaking.leg
            if leg.wanted.transport and now >= speaking.feedback_at:
                speaking.feedback_at = now + FEEDBACK_EVERY
                self._tell_arrivals(speaking)
            if now >= speaking.report_at:
                speaking.report_at = now + REPORT_EVERY
                leg.send_rtcp(self._report(speaking) + _estimate(speaking))
            if leg.wanted.talkative and speaking.pictures and now >= speaking.key_frame_at:
                speaking.key_frame_at = now + 2 * random.random() * KEY_FRAME_AFTER
                ssrc = random.choice(speaking.pictures)
                leg.send_rtcp(rtcp.picture_loss(speaking.ssrc, ssrc, CNAME))

    def _tell_arrivals(self, speaking: Speaking) -> None:
        opening = rtcp.receiver_report(speaking.ssrc, [], CNAME)
        for packet in speaking.arrivals.feedback(speaking.ssrc, speaking.pictures[0]):
            self.feedbacks += 1
            speaking.leg.send_rtcp(opening + packet)

    def _report(self, speaking: Speaking) -> bytes:
        """A sender report for each stream, then a receiver report about all that comes."""
        seconds = time.time() + _NTP_EPOCH
        ntp = int(seconds) << 32 | int(seconds % 1 * (1 << 32))
        told = speaking.leg.streams if speaking.leg.wanted.talkative else []
        sent = [
            rtcp.sender_report(
                rtcp.SenderReport(stream.ssrc, ntp, stream.time, stream.packets, stream.octets),
                CNAME,
            )
            for stream in told
        ]
        blocks = [
            rtcp.Block(ssrc, 0, 0, self._last.get(ssrc, 0), 0, 0, 0)
            for ssrc, kind in speaking.leg.wanted.receives
            if kind != "rtx"
        ]
        return b"".join(sent) + rtcp.receiver_report(speaking.ssrc, blocks, CNAME)

    def figures(self) -> dict[str, Any]:
        return {
            "key_frames_asked": self.key_frames_asked,
            "feedbacks_sent": self.feedbacks,
            "nacks_sent": self.lacks,
            "feedbacks_got": self.told_of,
            "nacks_got": self.asked_for,
        }


def _estimate(speaking: Speaking) -> bytes:
    """All is well, told as a bit rate where nothing better was agreed on (REMB)."""
    wanted = speaking.leg.wanted
    if not wanted.remb or wanted.transport or not speaking.pictures:
        return b""
    ssrcs = struct.pack(f"!{len(speaking.pictures)}I", *speaking.pictures)
    rate = struct.pack("!4sI", b"REMB", len(speaking.pictures) << 24 | _BITS[0] << 18 | _BITS[1])
    body = struct.pack("!II", speaking.ssrc, 0) + rate + ssrcs
    return struct.pack("!BBH", 0x80 | 15, _PSFB, len(body) // 4) + body


def _find(view: memoryview, at: int, mark: int) -> int:
    """Where in this packet the extension with this first byte begins; 0: nowhere (RFC 8285)."""
    if not view[at] & 0x10:
        return 0
    place = 16 + 4 * (view[at] & 0x0F)
    end = place + 4 * (view[at + place - 2] << 8 | view[at + place - 1])
    while place < end:
        element = view[at + place]
        if element == mark:
            return place
        place += 2 + (element & 0x0F) if element else 1
    return 0
