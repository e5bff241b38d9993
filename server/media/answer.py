"""The text of an answer, in the one form measured to work in Chromium, Firefox and aiortc.

Slots are told apart by `a=ssrc` and `a=msid`; there is no MID extension downstream, so nothing
has to be rewritten but numbers. The transport lines stand in every section: all three read it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from server.media.public import Public

AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
VIDEO_KBITS = 1200  # a sane ceiling until the estimate of each client's own way takes over
FIRST_KBITS = 600  # Chromium begins here instead of at 300, where faces are coarse for 10 s


@dataclass(frozen=True, slots=True)
class Local:
    """Our end: credentials, certificate, and where clients reach the worker."""

    ufrag: str
    password: str
    fingerprint: str
    addresses: tuple[Public, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One m-line of the offer and what we say to it. Without `ssrc` it is an upstream line."""

    kind: str
    mid: str
    payload_type: int
    name: str
    ssrc: int | None
    level: int
    mid_extension: int


def write(local: Local, lines: Sequence[Line]) -> str:
    head = [
        "v=0",
        f"o=- {secrets.randbits(62)} 1 IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        "a=group:BUNDLE " + " ".join(line.mid for line in lines),
        "a=msid-semantic: WMS *",
    ]
    body = [text for line in lines for text in _section(local, line)]
    return "\r\n".join([*head, *body, ""])


def _section(local: Local, line: Line) -> list[str]:
    made = [
        f"m={line.kind} 9 UDP/TLS/RTP/SAVPF {line.payload_type}",
        "c=IN IP4 0.0.0.0",
    ]
    if line.kind == "video" and line.ssrc is None:
        made.append(f"b=AS:{VIDEO_KBITS}")
    made += [
        "a=rtcp:9 IN IP4 0.0.0.0",
        f"a=ice-ufrag:{local.ufrag}",
        f"a=ice-pwd:{local.password}",
        f"a=fingerprint:sha-256 {local.fingerprint}",
        "a=setup:passive",
        f"a=mid:{line.mid}",
        "a=recvonly" if line.ssrc is None else "a=sendonly",
        "a=rtcp-mux",
    ]
    made += _candidates(local)
    made += _codec(line)
    if line.kind == "audio" and line.level:
        made.append(f"a=extmap:{line.level} {AUDIO_LEVEL}")
    if line.ssrc is None:
        if line.mid_extension:
            made.append(f"a=extmap:{line.mid_extension} {MID}")
    else:
        track = f"{line.name}{'a' if line.kind == 'audio' else 'v'}"
        made += [f"a=msid:{line.name} {track}", f"a=ssrc:{line.ssrc} cname:{line.name}"]
    return made


def _codec(line: Line) -> list[str]:
    number = line.payload_type
    if line.kind == "audio":
        return [
            f"a=rtpmap:{number} opus/48000/2",
            f"a=fmtp:{number} minptime=10;useinbandfec=1",
        ]
    # Plain nack waits until retransmission is served: promising it would cost a resend
    # buffer in every browser for nothing.
    made = [
        f"a=rtpmap:{number} VP8/90000",
        f"a=rtcp-fb:{number} nack pli",
        f"a=rtcp-fb:{number} ccm fir",
    ]
    if line.ssrc is None:
        made.append(f"a=fmtp:{number} x-google-start-bitrate={FIRST_KBITS}")
    return made


def _candidates(local: Local) -> list[str]:
    made = []
    for index, address in enumerate(local.addresses):
        # Host candidates; IPv6 before IPv4, as RFC 8421 advises, then in the order given.
        preference = 65535 - index - (0 if address.is_six else 1000)
        priority = (126 << 24) | (preference << 8) | 255
        made.append(
            f"a=candidate:{index + 1} 1 UDP {priority} {address.host} {address.port} typ host"
        )
    return [*made, "a=end-of-candidates"]
