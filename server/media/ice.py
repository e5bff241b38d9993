"""One client's way to us: which addresses are proved, which one is used (RFC 8445, lite).

The client tries, we answer. An address counts once a check signed with this connection's
password has come from it, and carries media once the client has nominated it. The client's
own candidates are never read and never dialled (W5).
"""

import secrets
from collections import OrderedDict
from dataclasses import dataclass, field

from server.media import stun
from server.media.addresses import Address, seen_from_outside

HYSTERESIS = 0.2  # seconds a newly nominated address waits while the old one is alive
QUIET = 0.5  # after this long without a word we ask
CONSENT_EVERY = 5.0  # and in any case this often (RFC 7675)
MOST_ADDRESSES = 16
MOST_TRANSACTIONS = 4096  # three hours of checks, a dozen bytes each
_OUR_PRIORITY = (110 << 24 | 65535 << 8 | 255).to_bytes(4, "big")  # peer-reflexive


@dataclass(slots=True)
class Path:
    ufrag: str
    password: bytes
    remote_ufrag: str
    remote_password: bytes
    proved: OrderedDict[Address, float] = field(default_factory=OrderedDict)
    nominated: Address | None = None
    pending: tuple[Address, float] | None = None
    heard: float = 0.0
    consented: float = 0.0
    asked: float = float("-inf")
    _seen: bytearray = field(default_factory=bytearray)  # transactions, the newest last
    _asking: OrderedDict[bytes, Address] = field(default_factory=OrderedDict)
    _tiebreaker: bytes = field(default_factory=lambda: secrets.token_bytes(8))

    def answer(self, request: stun.Message, address: Address, now: float) -> bytes | None:
        """Answer a Binding request for our ufrag. None: forged or replayed, say nothing."""
        if not request.fingerprinted or not request.is_signed_with(self.password):
            return None
        transaction = request.transaction
        is_known = transaction in self._seen
        if is_known and address not in self.proved:
            return None  # somebody is playing an overheard check from another address
        if request.unknown:
            names = b"".join(kind.to_bytes(2, "big") for kind in request.unknown)
            error = [
                (stun.ERROR_CODE, stun.error_code(*stun.UNKNOWN_ATTRIBUTE)),
                (stun.UNKNOWN_ATTRIBUTES, names),
            ]
            return stun.build(stun.ERROR, transaction, error, self.password)
        if stun.ICE_CONTROLLED in request.attributes:
            # A lite agent never controls (RFC 8445 section 6.1.1): the client has to.
            conflict = [(stun.ERROR_CODE, stun.error_code(*stun.ROLE_CONFLICT))]
            return stun.build(stun.ERROR, transaction, conflict, self.password)
        if not is_known:
            self._remember(transaction, address, now)
            if stun.USE_CANDIDATE in request.attributes:
                self._nominate(address, now)
        host, port = seen_from_outside(address)
        mapped = stun.xor_mapped_address(host, port, transaction)
        return stun.build(
            stun.SUCCESS, transaction, [(stun.XOR_MAPPED_ADDRESS, mapped)], self.password
        )

    def ask(self, now: float) -> bytes | None:
        """Make a check of our own when one is due: is somebody there, and do they still want
        what we send (RFC 7675)?"""
        if self.nominated is None:
            return None
        quiet = now - self.heard > QUIET and now - self.asked > QUIET / 2
        if not quiet and now - self.asked < CONSENT_EVERY:
            return None
        self.asked = now
        transaction = secrets.token_bytes(12)
        self._asking[transaction] = self.nominated
        if len(self._asking) > 128:
            self._asking.popitem(last=False)
        return stun.build(
            stun.REQUEST,
            transaction,
            [
                (stun.USERNAME, f"{self.remote_ufrag}:{self.ufrag}".encode()),
                (stun.PRIORITY, _OUR_PRIORITY),
                (stun.ICE_CONTROLLED, self._tiebreaker),
            ],
            self.remote_password,
        )

    def answered(self, response: stun.Message, address: Address, now: float) -> bool:
        """Take in the answer to a check of ours; False when it is none."""
        if self._asking.get(response.transaction) != address:
            return False
        if not response.is_signed_with(self.remote_password):
            return False
        del self._asking[response.transaction]
        self.heard = now
        if response.kind == stun.SUCCESS and address == self.nominated:
            self.consented = now
        return True

    def due(self, now: float) -> bool:
        """Move to the newest nominated address when its time has come; True when moved."""
        if self.pending is None:
            return False
        address, at = self.pending
        if now < at and now - self.heard < HYSTERESIS:
            return False
        self.nominated, self.pending = address, None
        self.consented = now
        return True

    def _remember(self, transaction: bytes, address: Address, now: float) -> None:
        self._seen += transaction
        if len(self._seen) > MOST_TRANSACTIONS * len(transaction):
            del self._seen[: len(transaction)]
        if address == self.nominated:
            self.heard = now
        self.proved[address] = now
        self.proved.move_to_end(address)
        if len(self.proved) > MOST_ADDRESSES:
            self.proved.popitem(last=False)

    def _nominate(self, address: Address, now: float) -> None:
        if self.nominated is None:
            self.nominated, self.consented, self.heard = address, now, now
        elif address == self.nominated:
            self.pending = None
        elif self.pending is None or self.pending[0] != address:
            self.pending = (address, now + HYSTERESIS)
