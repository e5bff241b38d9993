"""The offers of synthetic clients, and what they take from the answers.

`full` offers what the product's page offers in Chromium; a bare offer has neither NACK nor
retransmission nor transport-wide numbers nor simulcast, which leaves plain forwarding.
"""

import random
from dataclasses import dataclass, field
from typing import Any

OPUS, VP8, RTX = 111, 96, 97
LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
TRANSPORT = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
_BARE_EXTENSIONS = {"audio": {LEVEL: 1, MID: 4}, "video": {MID: 4}}
_FULL_EXTENSIONS = {
    "audio": {LEVEL: 1, SEND_TIME: 2, TRANSPORT: 3, MID: 4},
    "video": {SEND_TIME: 2, TRANSPORT: 3, MID: 4},
}
_FULL_FEEDBACK = {
    "audio": ("transport-cc",),
    "video": ("transport-cc", "ccm fir", "nack", "nack pli"),
}
_BARE_FEEDBACK = {"audio": (), "video": ("nack pli", "ccm fir")}


@dataclass(frozen=True)
class Offered:
    """An offer and the SSRCs in it."""

    sdp: str
    audio: int
    camera: int
    camera_rtx: int


def write(
    fingerprint: str, credentials: tuple[str, str], *, slots: int, full: bool, screen: bool = True
) -> Offered:
    """One sound and one picture up, a line for the screen, and so many pairs down."""
    audio, camera, camera_rtx, shared, shared_rtx = (random.randrange(1, 1 << 32) for _ in range(5))
    lines: list[tuple[str, str, list[int]]] = [
        ("audio", "sendonly", [audio]),
        ("video", "sendonly", [camera, camera_rtx] if full else [camera]),
    ]
    if screen:
        lines.append(("video", "sendonly", [shared, shared_rtx] if full else [shared]))
    lines += [(kind, "recvonly", []) for _ in range(slots) for kind in ("audio", "video")]
    mids = " ".join(str(mid) for mid in range(len(lines)))
    made = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {mids}"]
    for mid, (kind, direction, ssrcs) in enumerate(lines):
        made += _section(mid, kind, direction, ssrcs, full)
        made += [
            f"a=ice-ufrag:{credentials[0]}",
            f"a=ice-pwd:{credentials[1]}",
            f"a=fingerprint:sha-256 {fingerprint}",
            "a=setup:actpass",
        ]
    return Offered("\r\n".join([*made, ""]), audio, camera, camera_rtx)


def _section(mid: int, kind: str, direction: str, ssrcs: list[int], full: bool) -> list[str]:
    number, codec = (OPUS, "opus/48000/2") if kind == "audio" else (VP8, "VP8/90000")
    numbers = f"{number} {RTX}" if full and kind == "video" else str(number)
    made = [
        f"m={kind} 9 UDP/TLS/RTP/SAVPF {numbers}",
        "c=IN IP4 0.0.0.0",
        f"a=mid:{mid}",
        f"a={direction}",
        "a=rtcp-mux",
        "a=rtcp-rsize",
        f"a=rtpmap:{number} {codec}",
    ]
    if kind == "audio":
        made.append(f"a=fmtp:{number} minptime=10;useinbandfec=1")
    elif full:
        made += [f"a=rtpmap:{RTX} rtx/90000", f"a=fmtp:{RTX} apt={VP8}"]
    feedback = _FULL_FEEDBACK if full else _BARE_FEEDBACK
    extensions = _FULL_EXTENSIONS if full else _BARE_EXTENSIONS
    made += [f"a=rtcp-fb:{number} {what}" for what in feedback[kind]]
    made += [f"a=extmap:{number} {uri}" for uri, number in extensions[kind].items()]
    if ssrcs:
        made.append(f"a=msid:- {kind}{mid}")
    if len(ssrcs) == 2:
        made.append(f"a=ssrc-group:FID {ssrcs[0]} {ssrcs[1]}")
    made += [f"a=ssrc:{ssrc} cname:bench" for ssrc in ssrcs]
    return made


@dataclass
class Section:
    """One m-line as the other side wrote it."""

    kind: str
    mid: str = ""
    direction: str = ""
    payload_types: dict[str, int] = field(default_factory=dict)  # by codec name, rtx included
    feedback: set[str] = field(default_factory=set)
    extensions: dict[str, int] = field(default_factory=dict)
    ssrcs: list[int] = field(default_factory=list)
    repeats: dict[int, int] = field(default_factory=dict)  # media SSRC to that of its RTX

    def receives(self) -> list[tuple[int, str]]:
        """The SSRCs that come this way, and what each one is."""
        repeating = set(self.repeats.values())
        return [(ssrc, "rtx" if ssrc in repeating else self.kind) for ssrc in self.ssrcs]

    def stream(self, ssrc: int, codec: str) -> dict[str, Any]:
        """What a `Stream` of this line is made with."""
        return {
            "video": self.kind == "video",
            "ssrc": ssrc,
            "payload_type": self.payload_types[codec],
            "extensions": {
                "level": self.extensions.get(LEVEL, 0),
                "send_time": self.extensions.get(SEND_TIME, 0),
                "transport": self.extensions.get(TRANSPORT, 0),
            },
        }


@dataclass
class Described:
    ufrag: str = ""
    password: str = ""
    sections: list[Section] = field(default_factory=list)


def read(sdp: str) -> Described:
    """Read what the bench needs of a description; nothing is checked."""
    found = Described()
    section = Section("")
    for line in sdp.splitlines():
        name, _, value = line.partition(":")
        words = value.split()
        if line.startswith("m="):
            section = Section(line[2:].split()[0])
            found.sections.append(section)
        elif name == "a=ice-ufrag":
            found.ufrag = value
        elif name == "a=ice-pwd":
            found.password = value
        elif name == "a=mid":
            section.mid = value
        elif name in ("a=sendonly", "a=recvonly", "a=inactive", "a=sendrecv"):
            section.direction = name[2:]
        elif name == "a=rtpmap":
            section.payload_types.setdefault(words[1].split("/")[0].lower(), int(words[0]))
        elif name == "a=rtcp-fb":
            section.feedback.add(" ".join(words[1:]))
        elif name == "a=extmap":
            section.extensions[words[1]] = int(words[0].partition("/")[0])
        elif name == "a=ssrc-group" and words[0] == "FID":
            section.repeats[int(words[1])] = int(words[2])
        elif name == "a=ssrc" and int(words[0]) not in section.ssrcs:
            section.ssrcs.append(int(words[0]))
    return found
