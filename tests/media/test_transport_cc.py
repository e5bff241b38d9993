"""Transport-wide feedback: what is written is read back, and nothing else is believed."""

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.media import rtcp
from server.media.transport_cc import JUMP, LATE, MOST_READ, PERIOD, Arrivals, parse_feedback

START = 1_000_000_000_123  # microseconds, as a machine up for eleven days and a half counts them


def told(arrivals: Arrivals) -> dict[int, int | None]:
    """What one feedback says, all its packets together; every one of them fits and is whole."""
    statuses: dict[int, int | None] = {}
    for packet in arrivals.feedback(1, 2):
        assert len(packet) <= 1200
        assert len(packet) % 4 == 0
        statuses.update(parse_feedback(packet))
        assert rtcp.parse(packet) == [rtcp.TransportFeedback(2, parse_feedback(packet))]
    return statuses


def tick(at: int) -> int:
    return at // 250 * 250 % PERIOD


def test_it_writes_the_bytes_of_the_draft():
    """Section 3.1: header, base 65534, 4 statuses, reference 3 x 64 ms, count 0, deltas."""
    arrivals = Arrivals()
    for number, at in [(65534, 192_000), (65535, 192_250), (1, 292_250)]:
        arrivals.add(number, at)
    written = bytes.fromhex("8fcd0006 01020304 05060708 fffe0004 000003 00")
    written += bytes.fromhex("d480")  # 11 01 01 00 10 00 00 00: seven of two bits each
    written += bytes.fromhex("00 01 0190 0000")  # 0, 250 us and 100 ms; up to 32 bits
    assert arrivals.feedback(0x01020304, 0x05060708) == [written]
    assert parse_feedback(written) == [
        (65534, 192_000), (65535, 192_250), (0, None), (1, 292_250),
    ]  # fmt: skip


def feedback(count: int, chunks: str, deltas: str = "", first: int = 0x8F) -> bytes:
    """Chunks are given as bits, deltas as hex."""
    body = b"".join(int(bits.replace("_", ""), 2).to_bytes(2, "big") for bits in chunks.split())
    body += bytes.fromhex(deltas)
    body += bytes(-len(body) % 4)
    head = struct.pack("!BBHIIHHI", first, 205, 4 + len(body) // 4, 1, 2, 100, count, 0)
    return head + body


def test_it_reads_the_chunks_the_draft_gives_as_examples():
    """Sections 3.1.3 and 3.1.4: a run of 221 lost packets, a vector of one bit each."""
    assert parse_feedback(feedback(221, "0_00_0000011011101")) == [
        (100 + i, None) for i in range(221)
    ]
    read = parse_feedback(feedback(14, "1_0_01111100011100", "0101010101010101"))
    assert [at is not None for _, at in read] == [bit == "1" for bit in "01111100011100"]
    assert [at for _, at in read if at is not None] == [250 * i for i in range(1, 9)]
    # A vector may be longer than what is left to tell; a delta may point back.
    assert parse_feedback(feedback(2, "1_1_01_10_00_00_00_00_00", "08 ffff")) == [
        (100, 2000),
        (101, 1750),
    ]


GENUINE = feedback(9, "0_01_0000000000111 1_1_10_00_00_00_00_00_00", "00010203040506 0000")
BAD = {
    "nothing": b"",
    "only a header": GENUINE[:20],
    "a length that is not its own": GENUINE + bytes(4),
    "cut off": GENUINE[:-4],
    "another kind of feedback": b"\x81" + GENUINE[1:],
    "another kind of packet": GENUINE[:1] + b"\xce" + GENUINE[2:],
    "another version": b"\x4f" + GENUINE[1:],
    "about nothing": feedback(0, "0_00_0000000000001"),
    "about more than anybody sends": feedback(MOST_READ + 1, "0_00_1111111111111"),
    "a run past the end": feedback(9, "0_00_0000000001010"),
    "an empty run": feedback(9, "0_00_0000000000000 0_00_0000000001001"),
    "a chunk too few": feedback(16, "0_01_0000000000111 0_00_0000000001000", "00" * 4),
    "no room for the times": feedback(9, "0_01_0000000001001", "00" * 6),
    "no room for a long time": feedback(2, "0_10_0000000000010", "00" * 2),
    "a run of what has no meaning": feedback(2, "0_11_0000000000010", "00" * 4),
    "one without meaning among others": feedback(2, "1_1_01_11_00_00_00_00_00", "00" * 6),
    "padding that covers the times": feedback(2, "0_01_0000000000010", "0003", first=0xAF),
    "padding longer than itself": feedback(2, "0_01_0000000000010", "00ff", first=0xAF),
}


@pytest.mark.parametrize("packet", BAD.values(), ids=BAD.keys())
def test_what_does_not_add_up_is_refused(packet):
    with pytest.raises(ValueError, match=r"\w"):
        parse_feedback(packet)


def test_padding_is_stepped_over():
    packet = feedback(2, "0_01_0000000000010", "0102 00000004", first=0xAF)
    assert parse_feedback(packet) == [(100, 250), (101, 750)]


@given(st.binary(max_size=60), st.integers(0, 0xFFFF))
def test_noise_behind_a_header_is_read_or_refused(noise, count):
    body = noise + bytes(-len(noise) % 4)
    head = struct.pack("!BBHIIHHI", 0x8F, 205, 4 + len(body) // 4, 1, 2, 65000, count, 7)
    try:
        read = parse_feedback(head + body)
    except ValueError:
        return
    assert [number for number, _ in read] == [(65000 + i) & 0xFFFF for i in range(count)]


Steps = list[tuple[int, int]]
STEPS = st.lists(
    st.tuples(
        st.sampled_from([1, 1, 1, 1, 2, 3, 9, 40, 500]),
        st.sampled_from([0, 80, 249, 251, 20_000, 64_000, 70_000, -3_000, 9_000_000, -9_000_000]),
    ),
    min_size=1,
    max_size=200,
)


@given(st.integers(0, 0xFFFF), st.integers(0, 2 * PERIOD), STEPS, st.integers(1, 80))
def test_everything_is_told_once_with_its_time_and_the_holes_with_it(first, at, steps, every):
    """Across wraps of the number, of the reference time, and of any length of silence."""
    arrivals = Arrivals()
    sent: list[tuple[int, int | None]] = []
    heard: list[tuple[int, int | None]] = []
    number, at = first - 1, at + 10**10
    for index, (step, pause) in enumerate(steps):
        gap = 1 if index == 0 else step
        sent += [((number + i) & 0xFFFF, None) for i in range(1, gap)]
        number, at = number + gap, at + pause
        sent.append((number & 0xFFFF, tick(at)))
        arrivals.add(number & 0xFFFF, at)
        if index % every == 0 or index == len(steps) - 1:
            for packet in arrivals.feedback(1, 2):
                assert len(packet) <= 1200
                assert any(at is not None for _, at in parse_feedback(packet))
                heard += parse_feedback(packet)
    assert [(n, t if t is None else t % PERIOD) for n, t in heard] == sent
    assert arrivals.feedback(1, 2) == []


@given(st.permutations(range(60)), st.integers(0, 0xFFFF), st.integers(1, 59))
def test_in_whatever_order_and_how_often_they_come_all_are_told(order, first, cut):
    arrivals = Arrivals()
    arrivals.add((first - 1) & 0xFFFF, START)  # the beginning is known
    heard: dict[int, int | None] = {}
    for part in (order[:cut], order[cut:]):
        for place in part:
            arrivals.add((first + place) & 0xFFFF, START + 1000 * place)
            arrivals.add((first + place) & 0xFFFF, START + 999_999)
        heard.update(told(arrivals))
    wanted = {(first + place) & 0xFFFF: tick(START + 1000 * place) for place in range(-1, 60)}
    wanted[(first - 1) & 0xFFFF] = tick(START)
    assert heard == wanted


def test_a_late_packet_mends_what_was_told_and_an_ancient_one_is_left_alone():
    arrivals = Arrivals()
    for number in (10, 12):
        arrivals.add(number, START + number)
    assert told(arrivals)[11] is None
    arrivals.add(11, START + 5000)
    assert told(arrivals) == {11: tick(START + 5000), 12: tick(START + 12)}
    arrivals.add(13 + LATE, START)
    assert len(told(arrivals)) == LATE + 1
    arrivals.add(12 + LATE, START)  # the one just before
    arrivals.add(13, START)
    assert min(told(arrivals)) == 12 + LATE
    arrivals.add(13, START)
    assert arrivals.feedback(1, 2) == []


def test_a_jump_is_a_new_beginning_not_hundreds_of_losses():
    """One packet with a number of its sender's choosing must not cost more than any other."""
    arrivals = Arrivals()
    for number in (0, JUMP, 2 * JUMP + 1, 2 * JUMP + 2):
        arrivals.add(number, START)
    assert told(arrivals) == {2 * JUMP + 1: tick(START), 2 * JUMP + 2: tick(START)}
    arrivals.add(3 * JUMP + 2, START)
    assert len(told(arrivals)) == JUMP


def test_the_packets_are_counted_and_the_count_goes_round():
    arrivals = Arrivals()
    counts = []
    for number in range(300):
        arrivals.add(number, START)
        counts += [packet[19] for packet in arrivals.feedback(1, 2)]
    assert counts == [number % 256 for number in range(300)]


def test_nothing_is_said_about_nothing():
    assert Arrivals().feedback(1, 2) == []


def test_the_worst_order_of_losses_and_times_still_fits_into_packets():
    """Every status another than the one before, every time two bytes long."""
    arrivals = Arrivals()
    at = START
    number = 0
    for index in range(3000):
        at += 100_000 if index % 2 else -90_000
        number += 1 + index % 3
        arrivals.add(number & 0xFFFF, at)
    statuses = told(arrivals)
    assert sum(at is not None for at in statuses.values()) == 3000
