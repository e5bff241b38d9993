"""What receivers say reaches senders: joined, in time, and only as often as it helps."""

from dataclasses import dataclass, field, replace

import pytest

from server.media import rtcp, wire
from server.media.connection import Connection
from server.media.downlink import Downlink
from server.media.estimator import Estimator
from server.media.feedback import (
    FOR_SO_LONG,
    INSISTED,
    KEY_FRAME_EVERY,
    STILL_AWAITED,
    Feedback,
)
from server.media.quality import Quality
from tests.media.test_quality import connection

SOFIE, METTE, AYA = 1, 2, 3
CAMERA, MICROPHONE = 500, 600  # Sofie's
OUT = {METTE: [21, 22, 23], AYA: [31, 32, 33]}  # sound, picture, repairs of each one's slot


@dataclass
class House:
    """Sofie speaks and is seen; Mette and Aya have her in their first slot."""

    monkeypatch: pytest.MonkeyPatch
    told: list[tuple[int, rtcp.Packet]] = field(default_factory=list)
    said: list[wire.Message] = field(default_factory=list)
    heard: dict[int, list[rtcp.Packet]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.people = {number: connection(number) for number in (SOFIE, METTE, AYA)}
        for number, slot in OUT.items():
            opened = self.people[number].opened
            opened = replace(opened, terms=replace(opened.terms, slots=[slot]))
            self.people[number].opened = opened
        find = self.people.get
        self.quality = Quality(find, self.said.append)
        self.feedback = Feedback(find, self.quality, self.said.append)

        def report(client: Connection, packet: bytes) -> list[tuple[bytes, bytes]]:
            self.told += [(client.number, found) for found in rtcp.parse(packet)]
            blocks.extend(_blocks(packet))
            return []

        blocks: list[tuple[int, int, int]] = []
        self.blocks = blocks
        self.monkeypatch.setattr(Connection, "report", report)
        self.monkeypatch.setattr(Connection, "feedback", lambda client, data: self.heard[data[0]])
        for number, (sound, picture, _) in OUT.items():
            for out, ssrc in ((sound, MICROPHONE), (picture, CAMERA)):
                self.feedback.allow(out, SOFIE)
                self.feedback.switch(wire.Switched(number, out, SOFIE, ssrc, 0))

    def says(self, number: int, *packets: rtcp.Packet, now: float) -> None:
        self.heard[number] = list(packets)
        self.feedback.take(self.people[number], bytes([number]), now)

    def wished(self) -> int:
        """How many key frames Sofie was asked for so far."""
        return self.feedback.key_frames_asked

    def reported(self, now: float, *, lost: int = 0) -> dict[int, tuple[int, int]]:
        """What the next reports say of Sofie's streams: (share lost of 256, lost in all).

        A hundred packets a second of each, of which so many are lost on their way up.
        """
        self.blocks.clear()
        sent = round(100 * now)
        streams = [
            [SOFIE, ssrc, sent, 1, sent - lost * round(now), 0] for ssrc in (MICROPHONE, CAMERA)
        ]
        self.feedback.count(wire.Pulse([], [], [], streams, []), now)
        return {ssrc: (share, total) for ssrc, share, total in self.blocks}


def _blocks(packet: bytes) -> list[tuple[int, int, int]]:
    """The report blocks of the receiver report that opens a compound packet."""
    blocks = [packet[8 + 24 * n : 32 + 24 * n] for n in range(packet[0] & 0x1F)]
    return [
        (int.from_bytes(block[:4], "big"), block[4], int.from_bytes(block[5:8], "big"))
        for block in blocks
    ]


@pytest.fixture
def house(monkeypatch: pytest.MonkeyPatch) -> House:
    return House(monkeypatch)


def test_one_key_frame_serves_all_who_wished_for_it(house):
    """media P4: whoever else waited for this key frame has it; it is not asked for again."""
    house.feedback.awaited(SOFIE, CAMERA, 1.0)
    house.feedback.awaited(SOFIE, CAMERA, 1.01)
    assert house.wished() == 1
    house.feedback.switch(wire.Switched(METTE, OUT[METTE][1], SOFIE, CAMERA, 0))
    house.feedback.look_after(1.0 + 2 * KEY_FRAME_EVERY)
    assert house.wished() == 1


def test_a_slot_that_still_waits_asks_again_soon(house):
    """R4: at 5 % loss a wish is lost now and then, and until the next the picture stands still."""
    house.feedback.awaited(SOFIE, CAMERA, 1.0)
    house.feedback.awaited(SOFIE, CAMERA, 1.0 + STILL_AWAITED - 0.01)
    assert house.wished() == 1
    house.feedback.awaited(SOFIE, CAMERA, 1.0 + STILL_AWAITED)
    assert house.wished() == 2


def test_who_only_wishes_waits_for_half_a_second(house):
    wanted = rtcp.KeyFrameWanted(OUT[METTE][1])
    house.says(METTE, wanted, now=1.0)
    house.says(AYA, rtcp.KeyFrameWanted(OUT[AYA][1]), now=1.3)
    assert house.wished() == 1
    house.feedback.look_after(1.0 + KEY_FRAME_EVERY)
    assert house.wished() == 2


def test_who_asks_for_the_same_packet_again_and_again_gets_a_key_frame(house):
    """R4: Chromium asks ten times within a moment, then its picture stands still for 3 s."""
    missed = rtcp.Nack(OUT[METTE][1], (7, 8))
    for time in range(8):
        house.says(METTE, missed, now=1.0 + time / 50)
    assert house.wished() == 0  # it may still be on its way to us
    house.says(METTE, rtcp.Nack(OUT[METTE][1], (8,)), now=1.01 + FOR_SO_LONG)
    assert house.wished() == 1
    for time in range(20):
        house.says(METTE, missed, now=1.21 + time / 100)
    house.feedback.look_after(5.0)
    assert house.wished() <= 2
    resent = [message for message in house.said if isinstance(message, wire.Resend)]
    assert len(resent) == 9 + 20  # it is sent again all the same


def test_who_asks_now_and_then_gets_the_packet_alone(house):
    """Far away, where each round takes long, or where the first repairs were lost."""
    for time in range(INSISTED - 1):
        house.says(METTE, rtcp.Nack(OUT[METTE][1], (7,)), now=1.0 + time)
    assert house.wished() == 0


def test_nobody_gets_one_for_sound_or_for_what_is_not_its_own(house):
    for time in range(20):
        house.says(METTE, rtcp.Nack(OUT[METTE][0], (7,)), now=1.0 + time / 50)
        house.says(METTE, rtcp.Nack(OUT[AYA][1], (7,)), now=1.0 + time / 50)
    house.feedback.look_after(5.0)
    assert house.wished() == 0


def test_a_voice_is_told_what_is_lost_of_it_further_on(house, monkeypatch):
    """R4: Opus mends what its sender knows to be lost; to the sender's own way nothing is added."""
    house.reported(1.0)
    assert house.reported(2.0) == {MICROPHONE: (0, 0), CAMERA: (0, 0)}
    monkeypatch.setattr(Downlink, "loss", lambda way, now: ways[way])
    ways = {house.quality._downlink(METTE): 0.05, house.quality._downlink(AYA): 0.20}
    assert house.reported(3.0) == {MICROPHONE: (51, 0), CAMERA: (0, 0)}
    # What is lost on the way up is told if it is more.
    share, total = house.reported(4.0, lost=10)[MICROPHONE]
    assert share == min(255, 256 * 40 // 100)
    assert total == 40


def test_of_a_receiver_that_tells_nothing_any_more_nothing_is_passed_on():
    way = Downlink()
    numbers = list(range(100))
    way.sent(0, [10_000_000 + 1000 * n for n in numbers], [100] * 100, 0, 10.0)
    way.heard([(n, None if n % 4 == 0 else 10_050_000 + 1000 * n) for n in numbers], 10.2)
    assert way.loss(10.3) == pytest.approx(0.25)
    assert way.loss(20.0) == 0.0
    assert isinstance(way._estimator, Estimator)
