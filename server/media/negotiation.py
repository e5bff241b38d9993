"""A browser's offer in, our answer out (RFC 8829 in the narrow form this server speaks).

Pure but for its ids: the same offer gets the same answer apart from random names. An offer
brings one line of sound and one picture up, perhaps one for the screen, and then as many
pairs of sound and picture down as it has slots. Nothing is ever negotiated again. aiortc reads
the offer; what it stumbles over becomes `BadOffer`, and so costs only its sender (W3).
The client's candidates are not looked at: it finds us, we never dial it (W5).
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from aiortc.sdp import MediaDescription, SessionDescription

from server.media import public
from server.media.answer import AUDIO_LEVEL, MID, Line, Local, write
from server.media.dtls import DIGESTS

LARGEST_OFFER = 64 * 1024


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
    opus: int
    vp8: int
    level: int
    mid: int
    ssrcs: dict[str, str]
    mids: dict[str, str]
    slots: list[list[int]]


def negotiate(
    offer: str, *, seats: int, addresses: Sequence[str], port: int, fingerprint: str
) -> Agreed:
    """Answer an offer with at most `seats` slots. Raises BadOffer.

    `port` is the worker's own; an address may name another one (server/media/public.py).
    """
    if len(offer.encode(errors="replace")) > LARGEST_OFFER:
        raise BadOffer("offer-too-large")
    if sum(line.startswith("m=") for line in offer.splitlines()) > 3 + 2 * seats:
        raise BadOffer("offer-too-many-lines")
    try:
        description = SessionDescription.parse(offer)
    except Exception:
        # On the surface this might seem too wide, because the parser promises ValueError. It
        # was measured to raise six other kinds on mutated offers (trust, M8).
        raise BadOffer("offer-malformed") from None
    up, down = _lines(description, seats)
    first = description.media[0]
    remote_ufrag, remote_password = _credentials(first)
    slots = [[_ssrc(), _ssrc()] for _ in down]
    local = Local(
        ufrag=secrets.token_urlsafe(9).replace("-", "+").replace("_", "/"),
        password=secrets.token_urlsafe(24).replace("-", "+").replace("_", "/"),
        fingerprint=fingerprint,
        addresses=tuple(public.read(address, port) for address in addresses),
    )
    lines = [_line(media, name, None) for media, name in up]
    for index, (audio, video) in enumerate(down):
        lines.append(_line(audio, f"slot{index}", slots[index][0]))
        lines.append(_line(video, f"slot{index}", slots[index][1]))
    return Agreed(
        write(local, lines),
        local.ufrag,
        local.password,
        remote_ufrag,
        remote_password,
        _fingerprints(description),
        _payload_type(up[0][0], "opus"),
        _payload_type(up[1][0], "vp8"),
        _extension(up[0][0], AUDIO_LEVEL),
        _extension(up[0][0], MID),
        {str(media.ssrc[0].ssrc): name for media, name in up if media.ssrc},
        {media.rtp.muxId: name for media, name in up},
        slots,
    )


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


def _line(media: MediaDescription, name: str, ssrc: int | None) -> Line:
    codec = "opus" if media.kind == "audio" else "vp8"
    return Line(
        kind=media.kind,
        mid=media.rtp.muxId,
        payload_type=_payload_type(media, codec),
        name=name,
        ssrc=ssrc,
        level=_extension(media, AUDIO_LEVEL),
        mid_extension=_extension(media, MID),
    )


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
