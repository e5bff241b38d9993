"""The packet process's table of clients: who comes, moves, goes, and is sent to whom."""

from server.media import wire
from server.media.addresses import Address
from server.media.batch import Datagrams
from server.media.peers import ANY, Lease, Peer
from server.media.srtp import Inbound, Outbound, contexts
from server.media.upkeep import MOST_SAVED, REPAIRS_PER_ROUND


class Clients:
    def __init__(self, batch: Datagrams) -> None:
        self._batch = batch
        self.peers: dict[int, Peer] = {}
        self.by_address: dict[Address, Peer] = {}
        self._leases: dict[int, Lease] = {}

    def renew(self, room: int, until: float) -> None:
        self._leases.setdefault(room, Lease()).until = until
        if not until:  # the room is over
            del self._leases[room]

    def admit(self, message: wire.Admit) -> None:
        peer = Peer(
            message.peer,
            message.terms,
            Inbound(message.profile, bytes.fromhex(message.inbound)),
            Outbound(message.profile, bytes.fromhex(message.outbound)),
            self._leases.setdefault(message.room, Lease()),
        )
        peer.budget, peer.repairs = MOST_SAVED, REPAIRS_PER_ROUND
        self.peers[peer.number] = peer
        self.move(peer.number, bytes.fromhex(message.address))

    def move(self, number: int, address: Address) -> None:
        peer = self.peers[number]
        if self.by_address.get(peer.address) is peer:
            del self.by_address[peer.address]
        peer.address = address
        peer.destination = self._batch.destination(address)
        self.by_address[address] = peer

    def dismiss(self, number: int) -> None:
        """Take a client out of the table, and out of everybody's slots."""
        peer = self.peers.pop(number, None)
        if peer is None:
            return
        if self.by_address.get(peer.address) is peer:
            del self.by_address[peer.address]
        own = {id(track) for track in peer.tracks.values()}
        for other in self.peers.values():
            if other.lease is not peer.lease:
                continue
            for track in other.tracks.values():
                track.downs = [down for down in track.downs if down.peer is not peer]
            for slot in other.downs:
                for down in slot:
                    if down.source is not None and id(down.source.track) in own:
                        down.source = None
        # A client and its slots name each other, and nobody collects cycles in this process:
        # without this its keys and rings would stay for ever.
        peer.downs.clear()

    def route(self, message: wire.Route) -> None:
        """Put a track into a slot, or take it out. The very next packet follows it."""
        source, target = self.peers.get(message.source), self.peers.get(message.target)
        if source is None or target is None or message.slot >= len(target.downs):
            return
        track = source.tracks[message.track]
        down = target.downs[message.slot][int(track.is_video)]
        track.downs = [other for other in track.downs if other is not down]
        # Without a source nothing of it is sent again either: a pause is a pause at once.
        down.source, down.asked, down.want, down.repeats = None, 0.0, ANY, None
        if message.on:
            track.downs.append(down)

    def kept(self) -> dict[str, int]:
        """How much is remembered of clients; nothing once they are gone."""
        return {
            "kept_addresses": len(self.by_address),
            "kept_leases": len(self._leases),
            "kept_contexts": contexts(),
            "kept_streams": sum(len(peer.sources) for peer in self.peers.values()),
        }
