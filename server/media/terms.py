"""What one client's packets look like, as its offer and our answer agreed on it.

Plain numbers and names, so that it travels from the web process down to the packet process as
it is. A payload type or extension number of 0 means: this client does not use it.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Terms:
    opus: int
    vp8: int
    rtx: int
    """Retransmission of VP8 (RFC 4588)."""
    level: int
    """Header extensions from here on (RFC 8285): audio level (RFC 6464),"""
    mid: int
    """the line a stream belongs to (RFC 8843),"""
    rid: int
    """its simulcast layer (RFC 8852),"""
    repaired: int
    """the layer a retransmission repairs,"""
    wide: int
    """and the number of a packet over all streams of a client (transport-wide-cc),"""
    wide_sound: int
    """which sound that comes down has as well, where the client takes it."""
    layers: list[str]
    """The rids of the camera's simulcast layers, the smallest first; empty: one stream."""
    ssrcs: dict[str, str]
    """Announced streams: SSRC → track. JSON makes text of the numbers."""
    repairs: dict[str, str]
    """Announced retransmission streams: SSRC → SSRC of the stream it repairs."""
    mids: dict[str, str]
    """MID → track."""
    slots: list[list[int]] = field(default_factory=list)
    """For each slot the SSRCs of its sound, its picture, and the picture's repairs (or 0)."""
