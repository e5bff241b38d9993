"""The offers of synthetic clients, and what they take from the answers.

`full` offers what the product's page offers in Chromium; a bare offer has neither NACK nor
retransmission nor transport-wide numbers nor simulcast, which leaves plain forwarding.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

OPUS, VP8, RTX = 111, 96, 97
LEVEL = "urn:ietf:params:rtp-hdrext:ssrc-audio-level"
SEND_TIME = "http://www.webrtc.org/experiments/rtp-hdrext/abs-send-time"
TRANSPORT = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01"
MID = "urn:ietf:params:rtp-hdrext:sdes:mid"
RID = "urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id"
REPAIRED_RID = "urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id"
LAYERS = ("l", "m", "h")
_BARE_EXTENSIONS = {"audio": {LEVEL: 1, MID: 4}, "video": {MID: 4}}
_FULL_EXTENSIONS = {
    "audio": {LEVEL: 1, SEND_TIME: 2, TRANSPORT: 3, MID: 4},
    "video": {SEND_TIME: 2, TRANSPORT: 3, MID: 4, RID: 10, REPAIRED_RID: 11},
}
_FULL_FEEDBACK = {
    "audio": ("transport-cc",),
    "video": ("transport-cc", "ccm fir", "nack", "nack pli"),
}
_BARE_FEEDBACK = {"audio": (), "video": ("goog-remb", "nack pli", "ccm fir")}


@dataclass(frozen=True)
class Offered:
    """An offer and the SSRCs that go with it."""

    sdp: str
    audio: int
    layers: dict[str, int]  # of the camera, by rid; "h" alone where there are none


def write(
    fingerprint: str, credentials: tuple[str, str], *, slots: int, full: bool,
    screen: bool = True, setup: str = "actpass", layers: Sequence[str] = LAYERS,
) -> Offered:  # fmt: skip
    """One sound and one picture up, a line for the screen, and so many pairs down."""
    audio, camera, shared, shared_rtx, *smaller = (random.randrange(1, 1 << 32) for _ in range(6))
    # As Chromium writes it: SSRCs are announced, but not those of simulcast layers.
    lines: list[tuple[str, str, list[int]]] = [
        ("audio", "sendonly", [audio]),
        ("video", "sendonly", [] if full else [camera]),
    ]
    if screen:
        lines.append(("video", "sendonly", [shared, shared_rtx] if full else [shared]))
    lines += [(kind, "recvonly", []) for _ in range(slots) for kind in ("audio", "video")]
    mids = " ".join(str(mid) for mid in range(len(lines)))
    made = ["v=0", "o=- 1 1 IN IP4 127.0.0.1", "s=-", "t=0 0", f"a=group:BUNDLE {mids}"]
    for mid, (kind, direction, ssrcs) in enumerate(lines):
        made += _section(mid, kind, direction, ssrcs, full)
        if full and mid == 1:
            made += [f"a=rid:{layer} send" for layer in layers]
            made.append("a=simulcast:send " + ";".join(layers))
        made += _transport(fingerprint, credentials, setup)
    ssrcs = dict(zip(reversed(LAYERS), [camera, *smaller], strict=True))
    return Offered("\r\n".join([*made, ""]), audio, ssrcs)


def _transport(fingerprint: str, credentials: tuple[str, str], setup: str) -> list[str]:
    return [
        f"a=ice-ufrag:{credentials[0]}",
        f"a=ice-pwd:{credentials[1]}",
        f"a=fingerprint:sha-256 {fingerprint}",
        f"a=setup:{setup}",
    ]


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
    made += [f"a=extmap:{identifier} {uri}" for uri, identifier in extensions[kind].items()]
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
    layers: list[str] = field(default_factory=list)  # the rids it takes

    def receives(self) -> list[tuple[int, str]]:
        """The SSRCs that come this way, and what each one is."""
        repeating = set(self.repeats.values())
        return [(ssrc, "rtx" if ssrc in repeating else self.kind) for ssrc in self.ssrcs]

    def stream(self, kind: str, ssrc: int, fan: int) -> dict[str, Any]:
        """What a `Stream` of this line is made with."""
        return {
            "kind": kind,
            "ssrc": ssrc,
            "payload_type": self.payload_types["opus" if kind == "audio" else "vp8"],
            "fan": fan,
            "extensions": {
                "level": self.extensions.get(LEVEL, 0) if kind == "audio" else 0,
                "send_time": self.extensions.get(SEND_TIME, 0),
                "transport": self.extensions.get(TRANSPORT, 0),
                "mid": self.extensions.get(MID, 0),
                "mid_value": self.mid,
                "rid": self.extensions.get(RID, 0) if self.layers else 0,
                "rid_value": kind,
            },
        }


@dataclass
class Described:
    ufrag: str = ""
    password: str = ""
    candidate: tuple[str, int] = ("", 0)
    sections: list[Section] = field(default_factory=list)

    def sends(self, offered: Offered, fan: int) -> list[dict[str, Any]]:
        """The streams of who made this offer and got this answer: sound, picture, its layers.

        Others are owed the largest layer; that they get it is what a window asks for.
        """
        audio, camera = self.sections[:2]
        layers = camera.layers or ["h"]
        return [
            audio.stream("audio", offered.audio, fan),
            *(
                camera.stream(layer, ssrc, fan if layer == "h" else 0)
                for layer, ssrc in offered.layers.items()
                if layer in layers
            ),
        ]

    def receives(self) -> list[tuple[int, str]]:
        return [pair for section in self.sections for pair in section.receives()]

    def coming(self, *, full: bool) -> dict[str, Any]:
        """What a `Wanted` says about the lines that come in."""
        picture = [section for section in self.sections if section.kind == "video"][-1]
        return {
            "receives": self.receives(),
            "transport": picture.extensions.get(TRANSPORT, 0) if full else 0,
            "repairs": full and "nack" in picture.feedback,
            "remb": "goog-remb" in picture.feedback,
        }


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
        elif name == "a=candidate" and words[1:3] == ["1", "UDP"] or words[1:3] == ["1", "udp"]:
            found.candidate = words[4], int(words[5])
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
        elif name == "a=rid":
            section.layers.append(words[0])
        elif name == "a=ssrc-group" and words[0] == "FID":
            section.repeats[int(words[1])] = int(words[2])
        elif name == "a=ssrc" and int(words[0]) not in section.ssrcs:
            section.ssrcs.append(int(words[0]))
    return found


_THEIRS = ("a=ssrc", "a=msid:", "a=candidate", "a=end-of", "a=ice-", "a=fingerprint", "a=setup")


def answer(sdp: str, fingerprint: str, credentials: tuple[str, str], *, full: bool) -> str:
    """Take everything an offer of sendonly lines has to give; bare, without what repairs."""
    made = []
    for line in sdp.splitlines():
        if line.startswith(_THEIRS) or (not full and _repairs(line)):
            continue
        if line.startswith("m=") and any(one.startswith("m=") for one in made):
            made += _transport(fingerprint, credentials, "active")
        made.append("a=recvonly" if line == "a=sendonly" else line)
    return "\r\n".join([*made, *_transport(fingerprint, credentials, "active"), ""])


def _repairs(line: str) -> bool:
    is_feedback = line.startswith("a=rtcp-fb:") and line.endswith((" nack", " transport-cc"))
    return is_feedback or (line.startswith("a=extmap:") and line.endswith(TRANSPORT))
