"""RTCP, held against aiortc on the same bytes."""

import pytest
from aiortc import rtp as oracle
from hypothesis import given
from hypothesis import strategies as st

from server.media import rtcp
from server.media.connection import Incoming

u32 = st.integers(0, 0xFFFFFFFF)


@given(u32, st.integers(0, 2**64 - 1), u32, u32, u32)
def test_aiortc_reads_our_sender_reports_and_we_read_theirs(ssrc, ntp, time, packets, octets):
    report = rtcp.SenderReport(ssrc, ntp, time, packets, octets)
    data = rtcp.sender_report(report, "slot0")
    sender, names = oracle.RtcpPacket.parse(data)
    assert isinstance(sender, oracle.RtcpSrPacket)
    assert (sender.ssrc, sender.sender_info.ntp_timestamp) == (ssrc, ntp)
    assert (sender.sender_info.rtp_timestamp, sender.sender_info.packet_count) == (time, packets)
    assert isinstance(names, oracle.RtcpSdesPacket)
    assert names.chunks[0].items == [(1, b"slot0")]
    assert rtcp.parse(bytes(sender)) == [report]


@given(u32, st.integers(0, 255), st.integers(-5, 2**24), u32, u32, u32, u32)
def test_aiortc_reads_our_receiver_reports(ssrc, fraction, lost, highest, jitter, last, delay):
    block = rtcp.Block(ssrc, fraction, lost, highest, jitter, last, delay)
    report, _ = oracle.RtcpPacket.parse(rtcp.receiver_report(9, [block], "enerum"))
    assert isinstance(report, oracle.RtcpRrPacket)
    seen = report.reports[0]
    assert (seen.ssrc, seen.fraction_lost, seen.highest_sequence) == (ssrc, fraction, highest)
    assert seen.packets_lost == min(lost, 0x7FFFFF)
    assert (seen.jitter, seen.lsr, seen.dlsr) == (jitter, last, delay)


def test_a_wish_for_a_key_frame_is_understood_in_both_its_forms():
    pli = oracle.RtcpPsfbPacket(fmt=oracle.RTCP_PSFB_PLI, ssrc=1, media_ssrc=22)
    fir = oracle.RtcpPsfbPacket(
        fmt=oracle.RTCP_PSFB_FIR, ssrc=1, media_ssrc=0, fci=(33).to_bytes(4, "big") + bytes(4)
    )
    assert rtcp.parse(bytes(pli) + bytes(fir)) == [
        rtcp.KeyFrameWanted(22),
        rtcp.KeyFrameWanted(33),
    ]


def test_aiortc_understands_our_wish():
    wish = oracle.RtcpPacket.parse(rtcp.picture_loss(1, 22, "enerum"))[-1]
    assert isinstance(wish, oracle.RtcpPsfbPacket)
    assert (wish.fmt, wish.media_ssrc) == (oracle.RTCP_PSFB_PLI, 22)


numbers = st.lists(st.integers(0, 400), min_size=1, max_size=40, unique=True).map(sorted)


@given(u32, u32, numbers, st.integers(0, 65000))
def test_aiortc_reads_our_requests_for_lost_packets_and_we_read_theirs(us, media, lost, start):
    lost = [start + number for number in lost]
    request = oracle.RtcpPacket.parse(rtcp.nack(us, media, lost, "enerum"))[-1]
    assert isinstance(request, oracle.RtcpRtpfbPacket)
    assert (request.fmt, request.ssrc, request.media_ssrc) == (oracle.RTCP_RTPFB_NACK, us, media)
    assert request.lost == lost
    assert rtcp.parse(bytes(request)) == [rtcp.Nack(media, tuple(lost))]


def test_requests_for_lost_packets_go_round_with_the_numbers():
    """aiortc counts past 65535 here; RFC 4585 means numbers of 16 bits."""
    lost = [65533, 65535, 0, 13, 14, 200]
    compound = rtcp.nack(1, 2, lost, "enerum")
    assert rtcp.parse(compound) == [rtcp.Nack(2, tuple(lost))]
    assert len(compound) == len(rtcp.receiver_report(1, [], "enerum")) + 12 + 3 * 4


@given(st.integers(0, 2**60), st.lists(u32, max_size=5))
def test_we_read_aiortcs_estimates(bitrate, ssrcs):
    """draft-alvestrand-rmcat-remb-03: 18 bits and an exponent, so the rest is cut off."""
    fci = oracle.pack_remb_fci(bitrate, ssrcs)
    remb = oracle.RtcpPsfbPacket(fmt=oracle.RTCP_PSFB_APP, ssrc=1, media_ssrc=0, fci=fci)
    assert rtcp.parse(bytes(remb)) == [
        rtcp.Remb(oracle.unpack_remb_fci(fci)[0], tuple(oracle.unpack_remb_fci(fci)[1]))
    ]


def test_what_an_application_says_beside_that_is_stepped_over():
    other = oracle.RtcpPsfbPacket(fmt=oracle.RTCP_PSFB_APP, ssrc=1, media_ssrc=0, fci=b"MINE1234")
    assert rtcp.parse(bytes(other)) == []


def test_padding_is_not_content():
    """RFC 3550 section 6.4.1: the last byte says how much of the end to leave out."""
    request = bytes(oracle.RtcpRtpfbPacket(fmt=1, ssrc=1, media_ssrc=2, lost=[7]))
    padded = b"\xa1\xcd\x00\x04" + request[4:] + b"\x00\x00\x00\x04"
    assert rtcp.parse(padded) == [rtcp.Nack(2, (7,))]
    (aiortcs,) = oracle.RtcpPacket.parse(padded)
    assert isinstance(aiortcs, oracle.RtcpRtpfbPacket)
    assert aiortcs.lost == [7]


MALFORMED = {
    "a request for nothing": "81cd0002 00000001 00000002",
    "a request that is cut off": "a1cd0003 00000001 00000002 00070001",
    "an estimate that is cut off": "8fce0003 00000001 00000000 52454d42",
    "an estimate for more streams than it names": "8fce0004 00000001 00000000 52454d42 01000001",
    "padding longer than its packet": "a1cd0003 00000001 00000002 00070011",
    "no padding where it is claimed": "a1cd0003 00000001 00000002 00070000",
    "a feedback without a stream": "81ce0001 00000001",
}


@pytest.mark.parametrize("data", MALFORMED.values(), ids=MALFORMED.keys())
def test_what_does_not_add_up_is_refused(data):
    with pytest.raises(ValueError, match=r"\w"):
        rtcp.parse(bytes.fromhex(data))


@given(st.binary(max_size=80))
def test_noise_is_read_or_refused_and_never_breaks_anything(data):
    try:
        found = rtcp.parse(data)
    except ValueError:
        return
    assert len(found) <= len(data) // 4


@pytest.mark.parametrize("count", range(1, 40))
def test_names_are_padded_whatever_their_length(count):
    compound = rtcp.receiver_report(1, [], "n" * count)
    assert len(compound) % 4 == 0
    assert len(oracle.RtcpPacket.parse(compound)) == 2


def test_a_report_tells_what_was_lost_since_the_last_one():
    """RFC 3550 appendix A.3."""
    stream = Incoming()
    stream.highest, stream.expected, stream.received = 110, 10, 10
    assert stream.block(5, 1.0).fraction_lost == 0
    stream.highest, stream.expected, stream.received = 130, 30, 20
    block = stream.block(5, 2.0)
    assert (block.fraction_lost, block.lost) == (128, 10)
    stream.report, stream.reported_at = rtcp.SenderReport(5, 0x1122334455667788, 0, 0, 0), 2.0
    block = stream.block(5, 2.5)
    assert (block.last_report, block.delay) == (0x33445566, 32768)
    assert block.fraction_lost == 0
