"""Header bytes in place, held against aiortc's parsers on the same bytes."""

import struct

import pytest
from aiortc.codecs.vpx import VpxPayloadDescriptor
from aiortc.rtcrtpparameters import RTCRtpHeaderExtensionParameters, RTCRtpParameters
from aiortc.rtp import HeaderExtensions, HeaderExtensionsMap, RtpPacket
from hypothesis import given
from hypothesis import strategies as st

from server.media import extensions, rewrite
from server.media.answer import AUDIO_LEVEL, MID
from server.media.rewrite import NO_PICTURE, RTP, Numbers

IDS = HeaderExtensionsMap()
IDS.configure(
    RTCRtpParameters(
        headerExtensions=[
            RTCRtpHeaderExtensionParameters(id=1, uri=AUDIO_LEVEL),
            RTCRtpHeaderExtensionParameters(id=4, uri=MID),
        ]
    )
)


def packet(payload: bytes, *, mid: str | None = None, level: int | None = None) -> bytearray:
    made = RtpPacket(payload_type=96, sequence_number=7, timestamp=9, ssrc=5, payload=payload)
    made.extensions = HeaderExtensions(
        mid=mid, audio_level=None if level is None else (False, level)
    )
    return bytearray(made.serialize(IDS))


@given(st.binary(max_size=12), st.none() | st.text("abc", min_size=1, max_size=5), st.booleans())
def test_it_finds_the_payload_where_aiortc_does(payload, mid, with_level):
    data = packet(payload, mid=mid, level=3 if with_level else None)
    start = rewrite.payload_start(memoryview(data), 0, len(data))
    assert data[start:] == RtpPacket.parse(bytes(data), IDS).payload
    if mid:
        assert extensions.find(memoryview(data), 0, 4) == mid.encode()


@given(st.binary(min_size=12, max_size=60))
def test_a_header_that_promises_too_much_is_refused(data):
    """Never a place outside the packet, whatever the bytes say."""
    view = memoryview(bytearray(data))
    start = rewrite.payload_start(view, 0, len(data))
    end = rewrite.payload_end(view, 0, len(data))
    assert 0 <= start <= len(data)
    assert 0 <= end <= len(data)
    if start:
        assert len(extensions.find(view, 0, 4)) <= 16
        if data[0] & 0x10:
            level, wide, number = extensions.keep(view, 0, 1, 3)
            assert number == (extensions.number_at(view, wide) if wide else 0)
            assert level == 0 or 12 <= level < start
            assert wide == 0 or 12 <= wide < start - 2
            assert view[start:] == data[start:]  # the payload is not touched


@given(st.binary(max_size=40), st.none() | st.text("abc", min_size=1, max_size=9))
def test_a_number_gets_a_place_beside_the_audio_level(payload, mid):
    """Whatever else stood in the header; level and payload stay as they were."""
    data = packet(payload, mid=mid, level=33)
    end = len(data)
    data += bytes(12)
    view = memoryview(data)
    level, *_ = extensions.keep(view, 0, 1, 3)
    start = rewrite.payload_start(view, 0, end)
    level, wide, grown = extensions.make_place(view, 0, start, end, level)
    assert data[level] >> 4 == 1
    extensions.write_number(view, wide, 3, 4711)
    seen = RtpPacket.parse(bytes(data[: end + grown]), IDS)
    assert seen.extensions.audio_level == (False, 33)
    assert seen.extensions.mid is None
    assert extensions.number_at(view, wide) == 4711
    assert extensions.find(view, 0, 3) == (4711).to_bytes(2, "big")
    assert seen.payload == payload


def test_only_the_audio_level_is_passed_on():
    """A sender's MID would collide with the receiver's own."""
    data = packet(b"sound", mid="0", level=33)
    at, *_ = extensions.keep(memoryview(data), 0, 1, 3)
    seen = RtpPacket.parse(bytes(data), IDS)
    assert seen.extensions.mid is None
    assert seen.extensions.audio_level == (False, 33)
    assert data[at] >> 4 == 1
    assert seen.payload == b"sound"


@given(
    st.booleans(), st.integers(0, 0x7FFF) | st.none(), st.integers(0, 255) | st.none(),
    st.tuples(st.integers(0, 3), st.integers(0, 1)) | st.none(),
    st.integers(0, 31) | st.none(), st.integers(0, 7), st.booleans(),
)  # fmt: skip
def test_it_reads_picture_headers_as_aiortc_does(start, number, base, temporal, key, part, is_key):
    descriptor = VpxPayloadDescriptor(int(start), part, number, base, temporal, key)
    data = bytes(descriptor) + (b"\x00" if is_key else b"\x01") + b"picture"
    view = memoryview(bytearray(data))
    found = rewrite.look_at_vp8(view, 0, len(data))
    assert found is not None
    begins, number_at, seen, mask, base_at, seen_base = found
    assert begins == (start and part == 0 and is_key)
    assert (seen if number_at else None) == number
    assert mask == (0 if number is None else 0x7FFF)
    assert (seen_base if base_at else None) == base
    for cut in range(len(bytes(descriptor)) + 1):
        assert rewrite.look_at_vp8(view, 0, cut) is None
    exactly = len(bytes(descriptor)) + 1  # too short for the quick look where there is little more
    assert rewrite.look_at_vp8(view, 0, exactly) == found


def test_a_picture_id_of_seven_bits_stays_one():
    data = bytearray(b"\x90\x80\x7e\x00")
    found = rewrite.look_at_vp8(memoryview(data), 0, len(data))
    assert found == (True, 2, 0x7E, 0x7F, 0, 0)
    numbers, whole = slot(), bytearray(12) + data
    numbers.take_over(1, 1, found, 1.0)
    expected = (numbers.picture + 1) & 0x7F
    assert numbers.write(memoryview(whole), 0, (0x80, 96, 1, 1, 1), found, 12, 1.0)
    assert whole[14] == expected


Sent = tuple[int, int, int]


def write(numbers: Numbers, sequence: int, time: int, picture: int, now: float) -> Sent | None:
    """Write one packet for the slot; give back sequence, time and picture id as received."""
    data = bytearray(12) + bytearray(bytes(VpxPayloadDescriptor(1, 0, picture | 0x4000)))
    RTP.pack_into(data, 0, 0x80, 96, sequence, time, 5)
    view = memoryview(data)
    look = rewrite.look_at_vp8(memoryview(data + b"\0"), 12, len(data) + 1)
    assert look is not None
    header = RTP.unpack_from(data)
    if not numbers.write(view, 0, header, look, 0, now):
        return None
    seen = RtpPacket.parse(bytes(data))
    descriptor, _ = VpxPayloadDescriptor.parse(seen.payload)
    assert (seen.ssrc, seen.payload_type) == (77, 120)
    return seen.sequence_number, seen.timestamp, descriptor.picture_id or 0


def slot() -> Numbers:
    return Numbers(77, 120, 90000)


def look(picture: int) -> rewrite.Picture:
    return (True, 14, picture, 0x7FFF, 0, 0)


def test_another_sender_in_the_slot_goes_on_counting():
    """The decoder never notices: numbers, clock and pictures continue."""
    numbers = slot()
    numbers.take_over(60000, 4_000_000_000, look(0x7FF0), 1.0)
    first = write(numbers, 60000, 4_000_000_000, 0x7FF0 & 0x3FFF, 1.0)
    numbers.take_over(12, 1000, look(3 | 0x4000), 2.0)
    second = write(numbers, 12, 1000, 3, 2.0)
    assert first is not None
    assert second is not None
    assert second[0] == (first[0] + 1) & 0xFFFF
    assert (second[1] - first[1]) & 0xFFFFFFFF == 90000  # a second has passed
    assert second[2] == (first[2] + 1) & 0x7FFF


@given(st.lists(st.integers(0, 0xFFFF), min_size=1, max_size=20), st.integers(1, 60))
def test_numbers_never_go_back_or_repeat_over_any_change_of_senders(starts, run):
    numbers, last, now = slot(), None, 1.0
    for start in starts:
        numbers.take_over(start, start * 3, look(start & 0x7FFF), now)
        for step in range(run):
            now += 0.01
            sequence = (start + step) & 0xFFFF
            sent = write(numbers, sequence, start * 3 + 900 * step, start & 0x3FFF, now)
            assert sent is not None
            if last is not None:
                assert sent[0] == (last[0] + 1) & 0xFFFF
                assert 0 < (sent[1] - last[1]) & 0xFFFFFFFF < 0x80000000
            last = sent


def test_a_packet_from_before_the_change_is_not_sent():
    """Its number belongs to somebody else's packet."""
    numbers = slot()
    numbers.take_over(100, 0, look(1), 1.0)
    write(numbers, 100, 0, 1, 1.0)
    numbers.take_over(500, 0, look(1), 2.0)
    write(numbers, 500, 0, 1, 2.0)
    assert write(numbers, 499, 0, 1, 2.0) is None
    assert write(numbers, 501, 0, 1, 2.0) is not None
    assert write(numbers, 503, 0, 1, 2.0) is not None
    late = write(numbers, 502, 0, 1, 2.0)  # only reordered: it has a number of its own
    assert late is not None


def test_reordering_after_the_sixteen_bit_wrap_is_still_reordering():
    numbers = slot()
    numbers.take_over(0xFFFE, 0, NO_PICTURE, 1.0)
    sent = [write(numbers, s & 0xFFFF, 0, 1, 1.0) for s in (0xFFFE, 0x10000, 0xFFFF)]
    places = [s[0] for s in sent if s is not None]
    assert [(p - places[0]) & 0xFFFF for p in places] == [0, 2, 1]


@pytest.mark.parametrize(
    ("first", "data", "end"),
    [
        pytest.param(0xA0, b"abc\x03", 13, id="three bytes of padding"),
        pytest.param(0xA0, b"\x01", 12, id="padding and nothing else"),
        pytest.param(0xA0, b"abc\x00", 0, id="padding of no bytes"),
        pytest.param(0xA0, b"abc\x05", 0, id="more padding than packet"),
        pytest.param(0x80, b"abc\x03", 16, id="no padding announced"),
    ],
)
def test_padding_is_measured_and_not_believed(first, data, end):
    whole = struct.pack("!BBHII", first, 96, 1, 2, 3) + data
    assert rewrite.payload_end(memoryview(whole), 0, len(whole)) == end
