"""How much of the control process's time a stranger may take."""

from server.media.addresses import Address, seen_from_outside

REFUSED = 20  # refused checks a host may cause in a burst
REFILL = 5.0  # more of them each second
MOST_HOSTS = 4096


class Refusals:
    """Hosts whose signatures keep failing are not listened to for a while.

    Working out that a check is forged costs a hash; beyond a few of them a second a host gets
    no more of those. A guess at a name costs nothing and counts for nothing, so only who has
    overheard one can use up a household's share; and clients that are connected are not held
    to it: whoever shares an address with somebody hostile stays in the call.
    """

    def __init__(self) -> None:
        self._left: dict[bytes, tuple[float, float]] = {}  # how many are left, and since when

    def listens(self, address: Address, now: float) -> bool:
        left, since = self._left.get(host_of(address), (REFUSED, now))
        return left + REFILL * (now - since) >= 1

    def count(self, address: Address, now: float) -> None:
        """A check from here was refused."""
        host = host_of(address)
        left, since = self._left.pop(host, (REFUSED, now))
        self._left[host] = (min(left + REFILL * (now - since), REFUSED) - 1, now)
        if len(self._left) > MOST_HOSTS:
            del self._left[next(iter(self._left))]

    def look_after(self, now: float) -> None:
        """Forget those that have been quiet long enough."""
        calm = REFUSED / REFILL
        for host in [host for host, (_, since) in self._left.items() if now - since > calm]:
            del self._left[host]


def host_of(address: Address) -> bytes:
    """Whom to blame: an IPv4 address, or the network of an IPv6 one (a /64 is one household)."""
    host, _ = seen_from_outside(address)
    return host if len(host) == 4 else host[:8]
