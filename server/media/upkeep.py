"""What the packet process does besides packets, every few milliseconds: ask for what is
missing, hand on when things arrived, send what was asked for again, probe, refill budgets.
"""

from collections.abc import Callable, Iterable

from server.media import wire
from server.media.forward import Forwarder
from server.media.peers import AUDIO_CLOCK, OFF, SOUND, Down, Peer
from server.media.repairs import Repairs
from server.media.repeats import Repeats

TICK = 0.02  # seconds between two rounds
ROUNDS = 5  # each client's arrivals go out in one round of this many: every 100 ms
PACKETS_PER_SECOND = 1000  # of one client: twice a camera's fastest probe
MOST_SAVED = 400  # packets a quiet client may send at once: a key frame on every layer
REPAIRS_PER_ROUND = 40  # packets sent again to one client
_PROBE_PACKETS = 30  # the last ones of a stream, sent once more to fill a probe


class Upkeep:
    def __init__(
        self,
        peers: dict[int, Peer],
        forwarder: Forwarder,
        repairs: Repairs,
        tell: Callable[[wire.Message], None],
    ) -> None:
        self._peers = peers
        self._forwarder = forwarder
        self._repairs = repairs
        self._tell = tell
        self._round = 0
        self._last = 0.0

    def tick(self, now: float) -> None:
        self._round = (self._round + 1) % ROUNDS
        more, self._last = PACKETS_PER_SECOND * (now - self._last), now
        self._ask(now)
        arrivals = []
        for peer in self._peers.values():
            peer.budget = min(max(0.0, peer.budget) + more, MOST_SAVED)
            peer.repairs = REPAIRS_PER_ROUND
            if peer.number % ROUNDS == self._round and peer.arrived_at:
                arrivals.append(
                    (peer.number, peer.arrived_numbers.tobytes(), peer.arrived_at.tobytes())
                )
                del peer.arrived_numbers[:], peer.arrived_at[:]
        if arrivals:
            self._tell(wire.Arrived(arrivals))
        for peer in [peer for peer in self._peers.values() if peer.probe]:
            self._probe(peer, now)

    def _ask(self, now: float) -> None:
        """Ask senders for what has not come (RFC 4585)."""
        found = []
        for source, peer in list(self._forwarder.holey.items()):
            holes = source.holes
            if holes is None or not holes.missing:
                del self._forwarder.holey[source]
                continue
            missing = holes.due(now)
            if missing:
                found.append((peer.number, source.ssrc, missing))
        if found:
            self._tell(wire.Missing(found))

    def resend(self, peer: Peer, ssrc: int, numbers: Iterable[int], now: float) -> None:
        """Send a receiver again what it missed, as far as we still have it."""
        down = self._down(peer, ssrc)
        if down is None:
            return
        again = self._say_again if down.numbers.clock == AUDIO_CLOCK else self._repeat
        for number in numbers:
            if peer.repairs > 0 and again(down, number, now):
                peer.repairs -= 1
                self._forwarder.counts.nacks_answered += 1
        self._repairs.flush()

    def choose(self, peer: Peer, slot: int, layer: int, at_once: bool) -> None:
        """Let another layer of its sender, or none, come into this slot; until it does the present
        one goes on, or not."""
        if slot < len(peer.downs):
            down = peer.downs[slot][1]
            down.want, down.asked = layer, 0.0
            if layer == OFF or at_once:
                down.source = None

    def _probe(self, peer: Peer, now: float) -> None:
        """Fill the way for as long as was asked, with repeats of what was sent or with nothing."""
        if peer.probe is None:
            return
        rate, since, until = peer.probe
        if now > until:
            peer.probe = None
            return
        due = rate * (now - since)
        for down in [slot[1] for slot in peer.downs if slot[1].source is not None]:
            newest = down.numbers.sequence
            for number in range(newest, newest - _PROBE_PACKETS, -1):
                if due <= 0:
                    break
                size = self._repeat(down, number & 0xFFFF, now)
                due -= size
                self._forwarder.counts.probes += bool(size)
        dark = [slot[1] for slot in peer.downs if slot[1].want == OFF and slot[1].repair_ssrc]
        for _ in range(_PROBE_PACKETS):
            if due <= 0 or not dark or now > peer.lease.until:
                break
            due -= self._repairs.pad(dark[0], now)
            self._forwarder.counts.probes += 1
        # The last packet was perhaps larger than what was due: the next round waits for that.
        peer.probe = (rate, now - min(due, 0.0) / rate, until)
        self._repairs.flush()

    def _repeat(self, down: Down, number: int, now: float) -> int:
        """Send one packet of a slot again; give its size, or 0 when we no longer have it."""
        origin = down.numbers.origin(number)
        if origin is None or down.source is None or down.source.ring is None:
            return 0
        found = down.source.ring.find(origin, now)
        if found is None or not down.repair_ssrc or now > down.source.track.lease.until:
            return 0
        return self._repairs.repair(down, found, number, now)

    def _say_again(self, down: Down, number: int, now: float) -> int:
        """Send one packet of a slot's sound again; give its size, or 0 when it is not kept.

        From the first that was asked for on they are kept: whose line loses nothing costs none.
        """
        if down.source is None or now > down.source.track.lease.until:
            return 0
        if down.repeats is None:
            down.repeats = Repeats()
        packet = down.repeats.take(number, now)
        return self._repairs.again(down, packet) if packet else 0

    @staticmethod
    def _down(peer: Peer, ssrc: int) -> Down | None:
        downs = (down for slot in peer.downs for down in slot)
        return next((down for down in downs if down.numbers.ssrc == ssrc), None)


def levels(peers: Iterable[Peer]) -> list[list[int]]:
    """What each microphone has brought since the last look (RFC 6464): [peer, mean level 0..127,
    where 127 is silence, and whether most of it was a voice], and begin anew."""
    told = []
    for peer in peers:
        if peer.spoken:
            level = peer.loudness // peer.spoken
            told.append([peer.number, level, int(2 * peer.voiced > peer.spoken)])
            peer.loudness = peer.spoken = peer.voiced = 0
    return told


def layers(peers: Iterable[Peer]) -> list[list[int]]:
    """What each picture stream has brought: [peer, is screen, layer, ssrc, octets]."""
    return [
        [peer.number, int(source.track is peer.tracks["screen"]), source.layer, source.ssrc,
         source.octets]
        for peer in peers
        for source in peer.sources.values()
        if source.track is not peer.tracks[SOUND] and source.repairs is None and source.octets
    ]  # fmt: skip


def streams(peers: Iterable[Peer]) -> list[list[int]]:
    """How each stream arrives: [peer, ssrc, highest number, first, received, jitter]."""
    return [
        [peer.number, source.ssrc, source.highest, source.first, source.received,
         int(source.jitter)]
        for peer in peers
        for source in peer.sources.values()
        if source.received
    ]  # fmt: skip


def slots(peers: Iterable[Peer]) -> list[list[int]]:
    """What each outgoing stream has carried: [ssrc, packets, octets]."""
    return [
        [down.numbers.ssrc, down.packets, down.octets]
        for peer in peers
        for slot in peer.downs
        for down in slot
        if down.packets
    ]
