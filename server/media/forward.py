"""What the packet process does with one RTP packet. No socket, no policy.

Who is sent on to whom was decided elsewhere and arrives as routes under a lease. The matrix is
checked packet by packet: a track without a `Down`, or one whose lease has run out, goes
nowhere.
"""

from collections.abc import Callable

from server.media import extensions
from server.media.batch import Datagrams
from server.media.peers import ANY, OVERHEAD, Counts, Down, Peer, Source
from server.media.rewrite import (
    LONG,
    NO_PICTURE,
    RTP,
    Header,
    Picture,
    look_at_vp8,
    payload_end,
    payload_start,
)
from server.media.ring import Ring
from server.media.srtp import SIZE
from server.media.usual import EXTENDED, HEAD, ONE_WORD, PLAIN, START, Usual

_read = HEAD.unpack_from
ASK_AGAIN = 0.12  # seconds until a key frame is wished for once more


class Forwarder:
    """Takes RTP packets from the inbox and puts what is due into the outbox."""

    def __init__(
        self,
        batch: Datagrams,
        wish: Callable[[Peer, int], None],
        switched: Callable[[Down, Peer, Source], None],
    ) -> None:
        self._batch = batch
        self._inbox = batch.inbox.view
        self._from = batch.inbox.pointers
        self._outbox = batch.outbox.view
        self._to = batch.outbox.pointers
        self._wish = wish
        self._switched = switched
        self.holey: dict[Source, Peer] = {}
        self.counts = Counts()
        self._usual = Usual(batch, self.counts)

    def packet(self, peer: Peer, index: int, length: int, now: float) -> None:
        """Handle one RTP packet that came from a client's nominated address.

        Long and flat on purpose: a call costs as much as five lines of this, a hundred thousand
        times a second. What is rare is a call."""
        counts = self.counts
        peer.budget -= 1
        if peer.budget < 0:
            counts.limited += 1
            return
        length = peer.unprotect(self._from[index], length)
        if length < 12:
            counts.forged += 1
            return
        peer.heard = True
        view = self._inbox
        at = index * SIZE
        stop = at + length
        first, second, sequence, time, ssrc, words, element, came, _ = _read(view, at)
        # Whether it looks like nearly all of them; else it is taken apart, and treated, with care.
        usual = first == EXTENDED and words == ONE_WORD and length >= START and element != 0
        if usual and (element == peer.wide_mark or element == peer.level_mark):
            start = at + START
        elif first == PLAIN:
            start, usual, element = at + 12, True, 0
        else:
            usual = False
            start = payload_start(view, at, stop)
            stop = payload_end(view, at, stop)
            if not start or stop < start:
                counts.malformed += 1
                return
        source = peer.sources.get(ssrc) or self._learn(peer, second, ssrc, at)
        if source is None:
            counts.unknown_ssrc += 1
            number = extensions.find(view, at, peer.wide)
            if len(number) == 2:  # nobody's, but it came: its loss would look like a full line
                peer.arrived_numbers.append(number[0] << 8 | number[1])
                peer.arrived_at.append(self._batch.moments[index])
            return
        level = wide = 0
        if usual:
            if element and element == peer.wide_mark:
                wide = at + 16
                view[at + 19] = 0
            elif element:
                level = at + 16
                view[at + 18] = view[at + 19] = 0
        elif first & 0x10:
            level, wide, came = extensions.keep(view, at, peer.level, peer.wide)
        if wide:
            peer.arrived_numbers.append(came)
            peer.arrived_at.append(self._batch.moments[index])
        source.octets += length + OVERHEAD
        if source.repairs is not None:
            if stop - start < 2 or second & 0x7F != peer.terms.rtx:
                return  # padding, sent to find out what the way can carry
            source = source.repairs
            second = (second & 0x80) | peer.vp8
            sequence = self._unwrap(at, start, at + length, first, second, time, source.ssrc)
            length, stop, usual = length - 2, stop - 2, False
        holes = source.holes
        if holes is not None:
            if sequence == holes.next:
                holes.next = (sequence + 1) & 0xFFFF
            elif not holes.arrived(sequence, now):
                counts.repeated += 1
                return
            if holes.missing:
                self.holey[source] = peer
        source.count(sequence, time, now)
        track = source.track
        if level:
            loudness = view[level + 1]
            peer.loudness += loudness & 0x7F
            peer.voiced += loudness >> 7
            peer.spoken += 1
        downs = track.downs
        if peer.layers and track.is_video:
            layer = source.layer
            downs = [
                down
                for down in downs
                if down.source is source
                or down.want == layer
                or (down.want == ANY and _awaits(down, source))
            ]
            if not downs:
                source.ring = None  # nobody will miss any of it
        if not downs or now > track.lease.until:
            return
        picture = NO_PICTURE
        if second & 0x7F != (peer.vp8 if track.is_video else peer.opus):
            counts.malformed += 1
            return
        for down in downs:
            if down.source is not source:
                usual = False
        if level:
            if usual and not track.is_video:
                payload = view[start:stop]
                self._usual.sound(downs, second, sequence, time, loudness, payload, now)
                return
            level, wide, grown = extensions.make_place(view, at, start, stop, level)
            start, stop, length = start + grown, stop + grown, length + grown
        if stop == start:
            # Padding uses up numbers of this stream, so it has to be passed on; one byte will
            # do. An empty Opus packet without padding goes as it is.
            if first & 0x20:
                length = start - at + 1
                view[start] = 1
        elif track.is_video:
            look = look_at_vp8(view, start, stop)
            if look is None:
                counts.malformed += 1
                return
            picture = look
        packet = view[at : at + length]
        header = first, second, sequence, time, source.ssrc
        if holes is not None and track.is_video:
            ring = source.ring
            if ring is None:
                ring = source.ring = Ring()
            ring.keep((now, at, packet.tobytes(), header, picture, start, wide))
        if usual and not level and picture[3] == LONG:
            self._usual.picture(downs, second, sequence, time, picture, packet, start - at, now)
            return
        for down in downs:
            if down.source is source or self._may_begin(peer, source, down, picture, now):
                self._forward(peer, source, down, packet, at, header, picture, level, wide, now)

    def _unwrap(
        self, at: int, start: int, end: int, first: int, second: int, time: int, ssrc: int
    ) -> int:
        """Turn a retransmission into the packet it repeats, in place (RFC 4588 section 4), and
        give its number."""
        view = self._inbox
        original = (view[start] << 8) | view[start + 1]
        view[start : end - 2] = view[start + 2 : end]
        self.counts.recovered += 1
        RTP.pack_into(view, at, first, second, original, time, ssrc)
        return original

    def _may_begin(
        self, peer: Peer, source: Source, down: Down, picture: Picture, now: float
    ) -> bool:
        """Whether this packet may be the first of its stream in this slot."""
        if not _awaits(down, source):
            return False
        if not source.track.is_video or picture[0]:
            return True
        if now - down.asked > ASK_AGAIN:
            down.asked = now
            self._wish(peer, source.ssrc)
        return False

    def _forward(
        self,
        peer: Peer,
        source: Source,
        down: Down,
        packet: memoryview,
        at: int,
        header: Header,
        picture: Picture,
        level: int,
        wide: int,
        now: float,
    ) -> None:
        """Send a packet on into one slot."""
        batch, out = self._batch, self._outbox
        numbers, receiver = down.numbers, down.peer
        fresh = down.source is not source
        if fresh:
            numbers.take_over(header[2], header[3], picture, now)
        free = batch.queued
        to = free * SIZE
        moved, length = to - at, len(packet)
        out[to : to + length] = packet
        if not numbers.write(out, to, header, picture, moved, now):
            return
        if level:
            # The number this receiver negotiated for the level, or nothing in its place.
            out[level + moved] = receiver.level << 4
            if not receiver.level:
                out[level + moved + 1] = 0
            receiver.count_out(out, wide + moved, receiver.wide_sound, length, now)
            if receiver.wide_sound:
                receiver.sent.sound += length + OVERHEAD
        elif wide:
            receiver.count_out(out, wide + moved, receiver.wide, length, now)
        if fresh:
            if down.source is not None and down.source.track is source.track:
                self.counts.layer_switches += 1
            down.source = source
            self._switched(down, peer, source)
        protected = receiver.protect(self._to[free], length)
        if protected < 0:
            self.counts.repeated += 1
            return
        if down.repeats is not None:
            down.repeats.keep(out[to : to + protected], now)
        down.packets += 1
        down.octets += length - 12
        self.counts.forwarded += 1
        batch.send(protected, receiver.destination)

    def _learn(self, peer: Peer, second: int, ssrc: int, at: int) -> Source | None:
        """An SSRC nobody announced must say in its MID and rid what it is, or is dropped."""
        view, terms = self._inbox, peer.terms
        is_repair = terms.rtx != 0 and second & 0x7F == terms.rtx
        name = peer.mids.get(extensions.find(view, at, terms.mid))
        rid = extensions.find(view, at, terms.repaired if is_repair else terms.rid)
        layer = peer.layer_of(name, rid) if name else None
        source = None
        if name and layer is not None:
            if is_repair:
                repaired = peer.source_of(name, layer)
                source = peer.learn_repairs(ssrc, repaired) if repaired else None
            else:
                source = peer.learn(ssrc, name, layer)
        if source is None:
            # libsrtp opened a context for it; without this they would pile up.
            peer.inbound.forget(ssrc)
        return source


def _awaits(down: Down, source: Source) -> bool:
    """Whether a slot waits for this layer: the one that was chosen, or where none was, the first
    that comes and no other after it (a wish brings key frames on all of them at once). A layer
    that begins anew under another SSRC is still the same one."""
    if down.want != ANY:
        return down.want == source.layer
    shown = down.source
    return shown is None or shown.track is not source.track or shown.layer == source.layer
