"""A browser's offer in, our answer out (RFC 8829 in the narrow form this server speaks).

Pure but for its ids: the same offer gets the same answer apart from random names. An offer
brings one line of sound and one picture up, perhaps one for the screen, and then as many
pairs of sound and picture down as it has slots. Nothing is ever negotiated again. aiortc reads
the offer; what it stumbles over becomes `BadOffer`, and so costs only its sender (W3).
The client's candidates are not looked at: it finds us, we never dial it (W5).
"""

import secrets
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from aiortc.sdp import MediaDescription, SessionDescription

from server.media import public
from server.media.answer import (
    AUDIO_LEVEL,
    MID,
    REPAIRED_RID,
    RID,
    WIDE,
    Line,
    Local,
    write,
)
from server.media.dtls import DIGESTS
from server.media.terms import Terms

LARGEST_OFFER = 64 * 1024
MOST_LAYERS = 3
# aiortc looks through all codecs and sources of a line of media for each line about one of them,
# so that 64 KiB of these cost it seconds (tests/media/test_reading.py). Browsers write a few dozen.
MOST_LINES = 2000
MOST_OF_A_KIND = 64
COSTLY = ("a=ssrc:", "a=rtpmap:", "a=fmtp:", "a=rtcp-fb:", "a=ssrc-group:", "a=fingerprint:")


class BadOffer(ValueError):
    """The offer cannot be answered. `.error` is a stable id for programs."""

    def __init__(self, error: str) -> None:
        super().__init__(error)
        self.error = error


@dataclass(frozen=True, slots=True)
class Agreed:
    """What the worker has to know about an offer and its answer."""

    sdp: str
    ufrag: str
    password: str
    remote_ufrag: str
    remote_password: str
    fingerprints: list[list[str]]
    terms: Terms
    session: int
    version: int


def negotiate(
    offer: str,
    *,
    seats: int,
    addresses: Sequence[str],
    port: int,
    fingerprint: str,
    before: Agreed | None = None,
) -> Agreed:
    """Answer an offer with at most `seats` slots. Raises BadOffer.

    With `before` it is the offer of an ICE restart: nothing but its credentials may differ from
    what was agreed on, and the answer keeps all else.

    `port` is the worker's own; an address may name another one (server/media/public.py).
    """
    if len(offer.encode(errors="replace")) > LARGEST_OFFER:
        raise BadOffer("offer-too-large")
    _bound(offer, 3 + 2 * seats)
    try:
        description = SessionDescription.parse(offer)
    except Exception:
        # On the surface this might seem too wide, because the parser promises ValueError. It
        # was measured to raise six other kinds on mutated offers (trust, M8).
        raise BadOffer("offer-malformed") from None
    up, down = _lines(description, seats)
    first = description.media[0]
    remote_ufrag, remote_password = _credentials(first)
    terms, prints = _terms(offer, up, down), _fingerprints(description)
    session, version = secrets.randbits(62), 1
    if before is not None:
        terms = replace(terms, slots=before.terms.slots[: len(down)])
        if (terms, prints) != (before.terms, before.fingerprints):
            raise BadOffer("offer-not-a-restart")
        session, version = before.session, before.version + 1
    local = Local(
        ufrag=secrets.token_urlsafe(9).replace("-", "+").replace("_", "/"),
        password=secrets.token_urlsafe(24).replace("-", "+").replace("_", "/"),
        fingerprint=fingerprint,
        addresses=tuple(public.read(address, port) for address in addresses),
    )
    lines = [_line(media, name, terms) for media, name in up]
    for index, (audio, video) in enumerate(down):
        sound, picture, repairs = terms.slots[index]
        lines.append(_line(audio, f"slot{index}", terms, sound))
        lines.append(_line(video, f"slot{index}", terms, picture, repairs))
    return Agreed(
        write(local, lines, session, version),
        local.ufrag,
        local.password,
        remote_ufrag,
        remote_password,
        prints,
        terms,
        session,
        version,
    )


def _bound(offer: str, most_media: int) -> None:
    """Refuse what would cost the parser more than any browser's offer does."""
    lines = offer.splitlines()
    parts: list[Counter[str]] = [Counter()]  # of the session, then of each line of media
    for line in lines:
        if line.startswith("m="):
            parts.append(Counter())
        elif line.startswith(COSTLY):
            parts[-1][line.partition(":")[0]] += 1
    most_of_a_kind = max(max(part.values(), default=0) for part in parts)
    too_many = len(parts) - 1 > most_media or len(lines) > MOST_LINES
    if too_many or most_of_a_kind > MOST_OF_A_KIND:
        raise BadOffer("offer-too-many-lines")


Up = list[tuple[MediaDescription, str]]
Down = list[tuple[MediaDescription, MediaDescription]]


def _lines(description: SessionDescription, seats: int) -> tuple[Up, Down]:
    """Tell the lines apart by their order: sound, camera, perhaps screen, then the slots."""
    media = description.media
    bundled = next((g.items for g in description.group if g.semantic == "BUNDLE"), [])
    mids = [line.rtp.muxId for line in media]
    if not media or any(not _is_token(mid) for mid in mids) or len(set(mids)) != len(mids):
        raise BadOffer("offer-malformed")
    if mids != bundled:
        raise BadOffer("offer-not-bundled")
    if [line.kind for line in media[:2]] != ["audio", "video"]:
        raise BadOffer("offer-unknown-lines")
    if any(line.profile not in ("UDP/TLS/RTP/SAVPF", "RTP/SAVPF") for line in media):
        raise BadOffer("offer-unknown-lines")
    up: Up = [(media[0], "audio"), (media[1], "camera")]
    rest = media[2:]
    if rest and rest[0].kind == "video":
        up.append((rest.pop(0), "screen"))
    if any(line.direction not in ("sendonly", "sendrecv") for line, _ in up):
        raise BadOffer("offer-unknown-lines")
    if len(rest) % 2 or any(line.direction not in ("recvonly", "sendrecv") for line in rest):
        raise BadOffer("offer-unknown-lines")
    down = list(zip(rest[::2], rest[1::2], strict=True))
    if any((audio.kind, video.kind) != ("audio", "video") for audio, video in down):
        raise BadOffer("offer-unknown-lines")
    if len(down) > seats:
        raise BadOffer("offer-too-many-lines")
    return up, down


def _credentials(media: MediaDescription) -> tuple[str, str]:
    if media.ice is None:
        raise BadOffer("offer-no-ice")
    ufrag, password = media.ice.usernameFragment or "", media.ice.password or ""
    if not 4 <= len(ufrag) <= 256 or not 22 <= len(password) <= 256:
        raise BadOffer("offer-no-ice")
    if not (ufrag + password).isascii() or ":" in ufrag:
        raise BadOffer("offer-no-ice")
    return ufrag, password


def _fingerprints(description: SessionDescription) -> list[list[str]]:
    """All fingerprints of the first line (session level included: Firefox puts it there)."""
    dtls = description.media[0].dtls
    if dtls is None or dtls.role == "server":
        raise BadOffer("offer-no-dtls")  # we are always the server: the client must be able
    usable = [[p.algorithm.lower(), p.value] for p in dtls.fingerprints]
    usable = [pair for pair in usable if pair[0] in DIGESTS]
    if not usable:
        raise BadOffer("offer-no-dtls")
    return usable


def _terms(offer: str, up: Up, down: Down) -> Terms:
    """Settle what this client's packets look like. Raises BadOffer without our codecs."""
    audio, camera = up[0][0], up[1][0]
    vp8 = _payload_type(camera, "vp8")
    rtx = _retransmission(camera, vp8)
    rid, mid = _extension(camera, RID), _extension(audio, MID)
    wide = _extension(camera, WIDE)
    groups = [g.items for media, _ in up for g in media.ssrc_group if g.semantic == "FID"]
    return Terms(
        opus=_payload_type(audio, "opus"),
        vp8=vp8,
        rtx=rtx,
        level=_extension(audio, AUDIO_LEVEL),
        mid=mid,
        rid=rid,
        repaired=_extension(camera, REPAIRED_RID),
        wide=wide,
        wide_sound=_extension(down[0][0], WIDE) if wide and down else 0,
        layers=_layers(offer) if rid and mid else [],
        ssrcs={str(media.ssrc[0].ssrc): name for media, name in up if media.ssrc},
        repairs={str(pair[1]): str(pair[0]) for pair in groups if rtx and len(pair) == 2},
        mids={media.rtp.muxId: name for media, name in up},
        slots=[[_ssrc(), _ssrc(), _ssrc() if rtx else 0] for _ in down],
    )


def _layers(offer: str) -> list[str]:
    """Read the camera line's simulcast layers (RFC 8853), which aiortc steps over."""
    camera = offer.split("\nm=")[2]
    sent = [line[17:] for line in camera.splitlines() if line.startswith("a=simulcast:send ")]
    names = [part.split(",")[0].lstrip("~") for part in sent[0].split(";")] if sent else []
    if not 2 <= len(names) <= MOST_LAYERS or len(set(names)) != len(names):
        return []
    return names if all(_is_token(name) for name in names) else []


def _line(
    media: MediaDescription, name: str, terms: Terms, ssrc: int = 0, repairs: int = 0
) -> Line:
    is_audio = media.kind == "audio"
    return Line(
        kind=media.kind,
        mid=media.rtp.muxId,
        payload_type=_payload_type(media, "opus" if is_audio else "vp8"),
        name=name,
        ssrc=ssrc,
        repairs=repairs,
        terms=terms,
    )


def _retransmission(media: MediaDescription, codec: int) -> int:
    """The number this client gives to retransmissions of its VP8; 0 when it knows none."""
    for offered in media.rtp.codecs:
        is_rtx = offered.mimeType.lower() == "video/rtx" and offered.payloadType in media.fmt
        if is_rtx and offered.parameters.get("apt") == codec:
            return int(offered.payloadType or 0)
    return 0


def _payload_type(media: MediaDescription, name: str) -> int:
    """The number this client gives the one codec we take of each kind."""
    for codec in media.rtp.codecs:
        number = codec.payloadType
        if codec.mimeType.lower() == f"{media.kind}/{name}" and number in media.fmt:
            return int(number or 0)
    raise BadOffer(f"offer-no-{name}")


def _extension(media: MediaDescription, uri: str) -> int:
    """The number this client gives a header extension; 0 when it has none (or an unusable one:
    the one-byte form ends at 14)."""
    for extension in media.rtp.headerExtensions:
        if extension.uri == uri and 1 <= extension.id <= 14:
            return int(extension.id)
    return 0


def _is_token(mid: object) -> bool:
    return isinstance(mid, str) and 0 < len(mid) <= 16 and mid.isascii() and mid.isalnum()


def _ssrc() -> int:
    return secrets.randbelow(0xFFFFFFFE) + 1
