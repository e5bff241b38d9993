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


@given(st.binary(max_size=80))
def test_noise_is_read_or_refused_and_never_breaks_anything(data):
    try:
        found = rtcp.parse(data)
    except ValueError:
        return
    assert len(found) <= len(data) // 8


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
