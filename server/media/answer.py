"""The text of an answer, in the one form measured to work in Chromium, Firefox and aiortc.

Slots are told apart by `a=ssrc` and `a=msid`; there is no MID extension downstream, so nothing
has to be rewritten but numbers. The transport lines stand in every section: all three read it.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from server.media.public import Public
from server.media.terms import Terms

AUDIO_LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
WIDE = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
VIDEO_KBITS = 1500  # what one line may bring; simulcast brings its layers beside it
LAYERS_KBITS = 2200
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
    """One m-line of the offer and what we say to it. Without an SSRC it is an upstream line."""

    kind: str
    mid: str
    payload_type: int
    name: str
    ssrc: int
    repairs: int
    terms: Terms


def write(local: Local, lines: Sequence[Line], session: int, version: int) -> str:
    head = [
        "v=0",
        f"o=- {session} {version} IN IP4 127.0.0.1",
        "s=-",
        "t=0 0",
        "a=ice-lite",
        "a=group:BUNDLE " + " ".join(line.mid for line in lines),
        "a=msid-semantic: WMS *",
    ]
    body = [text for line in lines for text in _section(local, line)]
    return "\r\n".join([*head, *body, ""])


def _section(local: Local, line: Line) -> list[str]:
    numbers = [line.payload_type]
    if line.kind == "video" and line.terms.rtx:
        numbers.append(line.terms.rtx)
    made = [
        f"m={line.kind} 9 UDP/TLS/RTP/SAVPF " + " ".join(map(str, numbers)),
        "c=IN IP4 0.0.0.0",
    ]
    layers = line.terms.layers if line.name == "camera" else []
    if line.kind == "video" and not line.ssrc:
        made.append(f"b=AS:{LAYERS_KBITS if layers else VIDEO_KBITS}")
    made += [
        "a=rtcp:9 IN IP4 0.0.0.0",
        f"a=ice-ufrag:{local.ufrag}",
        f"a=ice-pwd:{local.password}",
        f"a=fingerprint:sha-256 {local.fingerprint}",
        "a=setup:passive",
        f"a=mid:{line.mid}",
        "a=sendonly" if line.ssrc else "a=recvonly",
        "a=rtcp-mux",
    ]
    made += _candidates(local)
    made += _sound(line) if line.kind == "audio" else _picture(line)
    if not line.ssrc:
        made += _extension(line.terms.mid, MID)
        if layers:
            made += _extension(line.terms.rid, RID)
            made += _extension(line.terms.repaired, REPAIRED_RID)
            made += [f"a=rid:{layer} recv" for layer in layers]
            made.append("a=simulcast:recv " + ";".join(layers))
    else:
        track = f"{line.name}{'a' if line.kind == 'audio' else 'v'}"
        made.append(f"a=msid:{line.name} {track}")
        if line.repairs:
            made.append(f"a=ssrc-group:FID {line.ssrc} {line.repairs}")
        streams = [line.ssrc, line.repairs] if line.repairs else [line.ssrc]
        made += [f"a=ssrc:{ssrc} cname:{line.name}" for ssrc in streams]
    return made


def _sound(line: Line) -> list[str]:
    number = line.payload_type
    # Forward error correction and silence that is not sent: the codec's own, passed through.
    made = [
        f"a=rtpmap:{number} opus/48000/2",
        f"a=fmtp:{number} minptime=10;useinbandfec=1;usedtx=1",
        *_extension(line.terms.level, AUDIO_LEVEL),
    ]
    # A word that was lost is worth asking for, as long as it is waited for. No browser offers
    # that for sound; of those that repair pictures, Chromium does it when the answer says so
    # (measured), and the others step over it.
    if line.terms.rtx:
        made.append(f"a=rtcp-fb:{number} nack")
    # Sound counts on the way down, where we choose what fits beside it. On the way up its
    # sender would take from it what is missing, and it is not to be touched.
    if line.ssrc and line.terms.wide_sound:
        made.append(f"a=rtcp-fb:{number} transport-cc")
        made += _extension(line.terms.wide_sound, WIDE)
    return made


def _picture(line: Line) -> list[str]:
    number, terms = line.payload_type, line.terms
    made = [
        f"a=rtpmap:{number} VP8/90000",
        f"a=rtcp-fb:{number} nack pli",
        f"a=rtcp-fb:{number} ccm fir",
    ]
    # Receivers' estimates are of no use to browsers beside transport-cc, and are all that
    # clients without it have (media B3).
    if terms.wide:
        made.append(f"a=rtcp-fb:{number} transport-cc")
    elif line.ssrc:
        made.append(f"a=rtcp-fb:{number} goog-remb")
    if terms.rtx:
        made += [
            f"a=rtcp-fb:{number} nack",
            f"a=rtpmap:{terms.rtx} rtx/90000",
            f"a=fmtp:{terms.rtx} apt={number}",
        ]
    if not line.ssrc:
        made.append(f"a=fmtp:{number} x-google-start-bitrate={FIRST_KBITS}")
    return [*made, *_extension(terms.wide, WIDE)]


def _extension(number: int, uri: str) -> list[str]:
    return [f"a=extmap:{number} {uri}"] if number else []


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
