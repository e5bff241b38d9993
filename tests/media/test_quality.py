"""What follows from how packets get through, on a line that is simulated packet by packet."""

from array import array
from dataclasses import dataclass, field
from itertools import count

import pytest

from server.media import certificate, rtcp, stun, wire
from server.media.connection import Connection
from server.media.downlink import Downlink
from server.media.dtls import context
from server.media.quality import Quality
from server.media.terms import Terms

IDENTITY = certificate.make()
TLS = context(IDENTITY.certificate.encode(), IDENTITY.key.encode())
SOFIE, AYA = 1, 2
LADDER = (120_000, 400_000, 1_200_000)  # bit/s, low to high
STEP = 0.05  # seconds between two feedbacks


def connection(number: int) -> Connection:
    terms = Terms(111, 96, 97, 1, 4, 10, 11, 3, 3, ["l", "m", "h"], {}, {}, {}, [[1, 2, 3]])
    opened = wire.Open(
        1, "r", f"seat{number}", f"c{number}", f"ufrag{number}", "p" * 22, "theirs", "q" * 22,
        [["sha-256", "AB"]], terms,
    )  # fmt: skip
    made = Connection(number, opened, TLS, 0.0)
    made.path.answer(
        stun.parse(stun.build(stun.REQUEST, bytes(12), [(stun.USE_CANDIDATE, b"")], b"p" * 22)),
        bytes(16),
        0.0,
    )
    return made


@dataclass
class Line:
    """Sofie's camera in three sizes, and Aya behind a line of so many bit/s with a queue."""

    rate: float
    said: list[wire.Message] = field(default_factory=list)
    now: float = 10.0
    layer: int = 2
    octets: list[int] = field(default_factory=lambda: [0, 0, 0])
    queue: float = 0.0  # seconds until the line is free again
    dropped: int = 0
    due: float = 0.0  # packets, and the part of one that waits for the next step
    probe: float = 0.0  # bytes a second beside the picture
    probe_ends: float = 0.0
    _numbers: "count[int]" = field(default_factory=count)

    def __post_init__(self) -> None:
        people = {SOFIE: connection(SOFIE), AYA: connection(AYA)}
        self.quality = Quality(people.get, self._told)
        self.quality.seat(AYA, 0, SOFIE, "camera")

    def _told(self, message: wire.Message) -> None:
        self.said.append(message)
        if isinstance(message, wire.Choose):
            self.layer = message.layer
        elif isinstance(message, wire.Probe):
            self.probe, self.probe_ends = message.rate, self.now + message.seconds

    def run(self, seconds: float) -> None:
        """Let so much time pass: pictures flow, arrive or not, and are reported."""
        until = self.now + seconds
        pulse = 0
        while self.now < until:
            self.now += STEP
            self._flow()
            pulse += 1
            if pulse % 5 == 0:
                layers = [[SOFIE, 0, n, 500 + n, octets] for n, octets in enumerate(self.octets)]
                self.quality.pulse(wire.Pulse([], [], layers, [], []), self.now)

    def _flow(self) -> None:
        for layer, rate in enumerate(LADDER):
            self.octets[layer] += int(rate * STEP / 8)
        flowing = LADDER[self.layer] if self.layer >= 0 else 0
        probes = self.now < self.probe_ends and self.layer >= 0  # repeats of what flows
        extra = 8 * self.probe if probes else 0.0
        size = 1100
        self.due += (flowing + extra) * STEP / 8 / size
        packets = int(self.due)
        self.due -= packets
        first, times, sizes, statuses = None, array("I"), array("H"), []
        for position in range(packets):
            at = self.now - STEP + position * STEP / packets
            number = next(self._numbers) & 0xFFFF
            first = number if first is None else first
            times.append(int(at * 1e6) & 0xFFFFFFFF)
            sizes.append(size)
            waits = max(0.0, self.queue - at)
            if waits > 0.4:
                self.dropped += 1
                statuses.append((number, None))
                continue
            self.queue = max(self.queue, at) + 8 * size / self.rate
            statuses.append((number, int((self.queue + 0.02) * 1e6)))
        if first is None:
            return
        feedback = wire.Feedback(AYA, first, 0, times.tobytes(), sizes.tobytes(), b"")
        self.quality.sent(feedback, self.now)
        self.quality.take(AYA, rtcp.TransportFeedback(2, statuses), self.now)


def test_a_wide_line_gets_the_whole_picture_soon():
    line = Line(rate=8e6)
    line.run(2.0)
    assert line.layer == 2
    line.run(20.0)
    assert line.layer == 2
    assert line.dropped == 0


def test_a_narrow_line_gets_a_smaller_picture_within_two_seconds_and_keeps_it():
    """Must show 3 of the network proof, on paper: into 300 kbit/s."""
    line = Line(rate=300_000)
    line.run(2.0)
    assert line.layer == 0
    dropped = line.dropped
    line.run(8.0)
    assert line.layer == 0
    assert line.dropped - dropped < 20  # of the probes


def test_the_whole_picture_comes_back_when_the_line_widens():
    line = Line(rate=300_000)
    line.run(10.0)
    assert line.layer == 0
    line.rate = 8e6
    line.run(10.0)
    assert line.layer == 2


def test_a_line_too_narrow_for_any_picture_keeps_the_sound():
    """Audio first: the picture goes, and what it took is the sound's again."""
    line = Line(rate=60_000)
    line.run(6.0)
    assert line.layer == -1
    line.run(40.0)
    dark = [line.run(0.25) or line.layer for _ in range(160)].count(-1)
    assert dark > 120  # of forty seconds; what is tried in between is short


def test_pictures_that_all_went_dark_come_back_when_the_line_does():
    """With no picture flowing nothing is measured: without another chance it would be for ever."""
    line = Line(rate=60_000)
    line.run(6.0)
    assert line.layer == -1
    line.rate = 8e6
    line.run(20.0)
    assert line.layer == 2


def test_a_hiccup_makes_no_face_go_dark():
    line = Line(rate=8e6)
    line.run(5.0)
    line.rate = 60_000
    line.run(1.0)
    line.rate = 8e6
    line.run(3.0)
    said = [message.layer for message in line.said if isinstance(message, wire.Choose)]
    assert -1 not in said


def test_who_joins_is_shown_before_anything_is_known_about_the_line():
    line = Line(rate=8e6)
    line.run(0.5)
    assert line.layer >= 0


def test_what_the_sender_does_not_send_is_not_chosen():
    line = Line(rate=8e6)
    line.run(3.0)
    assert line.layer == 2
    before = list(line.octets)
    for _ in range(40):
        line.run(0.25)
        line.octets[2] = before[2]  # the camera's largest size has stopped
    assert line.layer == 1


def seen(line: Line, octets: list[int]) -> None:
    """A quarter of a second passes in which Sofie's camera brings this much in each size."""
    line.now += 0.25
    line.octets = [old + new for old, new in zip(line.octets, octets, strict=True)]
    layers = [[SOFIE, 0, n, 500 + n, total] for n, total in enumerate(line.octets)]
    line.quality.pulse(wire.Pulse([], [], layers, [], []), line.now)


def test_a_size_that_stops_while_smaller_ones_go_on_is_left_at_the_first_look():
    """R4: until the next smaller one flows the picture stands still; a second is too long."""
    line = Line(rate=8e6)
    line.run(3.0)
    assert line.layer == 2
    seen(line, [3000, 10_000, 30_000])
    assert line.layer == 2
    seen(line, [3000, 10_000, 0])
    assert line.layer == 1


def test_a_camera_that_pauses_as_a_whole_is_not_taken_for_one_that_has_no_room():
    """A slow camera, or a moment without a packet: nothing is switched for that."""
    line = Line(rate=8e6)
    line.run(3.0)
    seen(line, [0, 0, 0])
    assert line.layer == 2
    seen(line, [3000, 10_000, 30_000])
    assert line.layer == 2


def test_a_receiver_without_transport_feedback_is_believed(monkeypatch: pytest.MonkeyPatch):
    """REMB, from clients that can do no better."""
    line = Line(rate=8e6)
    monkeypatch.setattr(line.quality, "sent", lambda *_: None)
    line.quality.take(AYA, rtcp.Remb(200_000, (2,)), line.now)
    line.run(1.0)
    assert line.layer == 0


def test_senders_are_told_what_arrived_in_the_name_of_their_first_picture(
    monkeypatch: pytest.MonkeyPatch,
):
    """media B1, P1: about any other stream browsers act as if nothing had been said."""
    line = Line(rate=8e6)
    sofie = line.quality._find(SOFIE)
    assert sofie is not None
    told: list[bytes] = []
    monkeypatch.setattr(Connection, "report", lambda self, packet: told.append(packet) or [])
    numbers, moments = array("H", [7, 8, 10]), array("I", [1000, 2000, 3000])
    arrived = wire.Arrived([(SOFIE, numbers.tobytes(), moments.tobytes())])
    line.quality.arrived(arrived, 10.0)
    assert told == []  # nothing of its pictures is known yet
    line.run(0.5)
    line.quality.arrived(arrived, line.now)
    [packet] = told
    [feedback] = [p for p in rtcp.parse(packet) if isinstance(p, rtcp.TransportFeedback)]
    assert feedback.media_ssrc == 500
    assert [(n, at is not None) for n, at in feedback.statuses] == [
        (7, True), (8, True), (9, False), (10, True),
    ]  # fmt: skip


def test_on_a_narrow_line_whoever_speaks_is_seen_best():
    """Audio first, then the face of who is speaking, then the others."""
    line = Line(rate=8e6)
    mette = 3
    line.quality._find = {SOFIE: connection(SOFIE), AYA: connection(AYA), mette: connection(3)}.get
    line.quality.seat(AYA, 1, mette, "camera")
    line.quality.take(AYA, rtcp.Remb(600_000, (2,)), line.now)
    for step in range(40):
        layers = [
            [who, 0, n, 500 + 10 * who + n, (step + 1) * rate // 32]
            for who in (SOFIE, mette)
            for n, rate in enumerate(LADDER)
        ]
        levels = [[SOFIE, 127, 0], [mette, 20, 1], [AYA, 127, 0]]
        line.quality.pulse(wire.Pulse([], levels, layers, [], []), line.now + step / 4)
    said = [m for m in line.said if isinstance(m, wire.Choose) and m.peer == AYA]
    chosen = {message.slot: message.layer for message in said}
    assert chosen == {0: 0, 1: 1}


def test_who_is_gone_leaves_nothing_behind():
    line = Line(rate=8e6)
    line.run(1.0)
    line.quality.pulse(wire.Pulse([], [[SOFIE, 30, 1], [AYA, 127, 0]], [], [], []), line.now)
    for number in (SOFIE, AYA):
        person = line.quality._find(number)
        assert person is not None
        line.quality.forget(person)
    assert line.quality._downlinks == {}
    assert line.quality._meters == {}
    assert line.quality._speakers == {}


def test_numbers_a_client_never_tells_of_are_forgotten():
    """W9: a client that keeps quiet about some of its packets costs nothing for long."""
    downlink = Downlink()
    for second in range(60):
        now = 1000.0 + second
        moments = [int(now * 1e6)] * 100
        downlink.sent(100 * second & 0xFFFF, moments, [1100] * 100, 0, now)
    assert len(downlink._open) <= 1100
