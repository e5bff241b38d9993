"""RTCP: held against aiortc, and acted on as the control process would."""

from aiortc import rtp as oracle

from server.media import rtcp
from server.media.downlink import Downlink
from server.media.transport_cc import Arrivals
from tests.fuzz.mutations import counted


def _transport_feedback() -> bytes:
    arrivals = Arrivals()
    for number in (1, 2, 3, 5, 6, 40, 39, 41):
        arrivals.add(number, 10**9 + 900 * number * (1 + number % 3))
    return arrivals.feedback(1, 2)[0]


_ABOUT = oracle.RtcpReceiverInfo(
    ssrc=7, fraction_lost=1, packets_lost=2, highest_sequence=3, jitter=4, lsr=5, dlsr=6
)
_REPORT = rtcp.receiver_report(1, [rtcp.Block(2, 3, 4, 5, 6, 7, 8)], "enerum")
GENUINE = [
    rtcp.sender_report(rtcp.SenderReport(1, 2**63, 3, 4, 5), "enerum"),
    _REPORT,
    rtcp.picture_loss(1, 22, "enerum"),
    rtcp.nack(1, 22, [65530, 65535, 3, 500], "enerum"),
    _REPORT + _transport_feedback(),
    _transport_feedback(),
    bytes(oracle.RtcpRrPacket(ssrc=1, reports=[_ABOUT])),
    bytes(oracle.RtcpByePacket(sources=[1, 2])),
    bytes(
        oracle.RtcpPsfbPacket(
            fmt=oracle.RTCP_PSFB_APP, ssrc=1, media_ssrc=0,
            fci=oracle.pack_remb_fci(3_000_000, [22, 23]),
        )
    ),
    bytes(
        oracle.RtcpPsfbPacket(
            fmt=oracle.RTCP_PSFB_FIR, ssrc=1, media_ssrc=0, fci=(33).to_bytes(4, "big") + bytes(4)
        )
    ),
]  # fmt: skip
# Lengths beyond the end; half a sender report; a run of 65 535 lost packets in 24 bytes; padding
# longer than its packet; an estimate for 255 streams that are not there.
CORPUS = [
    b"\x81\xce\x00\xff" + bytes(8),
    b"\x80\xc8\x00\x01" + bytes(4),
    bytes.fromhex("8fcd0005 00000001 00000002 0000ffff 00000000 1fff1fff"),
    bytes.fromhex("a1cd0003 00000001 00000002 000700ff"),
    bytes.fromhex("8fce0004 00000001 00000000 52454d42 ff000001"),
]


def mended(data: bytes) -> bytes:
    """The same as one packet whose length is right, so that its content is read."""
    data = data.ljust(4, b"\0") + bytes(-len(data) % 4)
    words = (len(data) // 4 - 1).to_bytes(2, "big")
    return bytes([data[0] & 0x1F | 0x80]) + data[1:2] + words + data[4:]


def check(data: bytes) -> None:
    """W3: refused or read as aiortc reads it; an estimate lives on whatever it is told."""
    try:
        # A run of lost packets is a line each, and up to 8191 of them stand in two bytes.
        ours = counted(rtcp.parse, data, most=500 + 3000 * len(data))
    except ValueError:
        return
    downlink = Downlink()
    downlink.sent(0, range(0, 64_000, 1000), [1100] * 64, 0, 1.0)
    for packet in ours:
        if isinstance(packet, rtcp.TransportFeedback):
            downlink.heard(packet.statuses, 1.0)
        elif isinstance(packet, rtcp.Remb):
            downlink.told(packet.bitrate)
    downlink.decide({0: (100_000.0, 500_000.0), 1: (0.0,)}, (1,), 1.0)
    try:
        theirs = oracle.RtcpPacket.parse(data)
    except Exception:  # aiortc also reads what we step over, and raises other errors in it
        return
    assert [found for packet in theirs for found in _as_ours(packet)] == [
        packet for packet in ours if not isinstance(packet, rtcp.TransportFeedback)
    ]


def _as_ours(packet: oracle.AnyRtcpPacket) -> list[rtcp.Packet]:
    match packet:
        case oracle.RtcpSrPacket(ssrc, about):
            return [
                rtcp.SenderReport(
                    ssrc, about.ntp_timestamp, about.rtp_timestamp, about.packet_count,
                    about.octet_count,
                )
            ]  # fmt: skip
        case oracle.RtcpRtpfbPacket(fmt=oracle.RTCP_RTPFB_NACK, media_ssrc=media, lost=lost):
            return [rtcp.Nack(media, tuple(number & 0xFFFF for number in lost))]
        case oracle.RtcpPsfbPacket(fmt=oracle.RTCP_PSFB_PLI, media_ssrc=media):
            return [rtcp.KeyFrameWanted(media)]
        case oracle.RtcpPsfbPacket(fmt=oracle.RTCP_PSFB_FIR, fci=fci):
            entries = range(0, len(fci) - 7, 8)
            return [rtcp.KeyFrameWanted(int.from_bytes(fci[at : at + 4], "big")) for at in entries]
        case oracle.RtcpPsfbPacket(fmt=oracle.RTCP_PSFB_APP, fci=fci) if fci[:4] == b"REMB":
            rate, ssrcs = oracle.unpack_remb_fci(fci)
            return [rtcp.Remb(rate, tuple(ssrcs))]
    return []
