"""Counts wrong tries, so that passwords cannot be guessed and nobody is locked out for good.

Kept in memory: a restart forgives. The pair of login and address gives way first; a whole
office behind one address, and one login tried from many, have more room (L14). An empty address
is one that is not known: then there is none to count.
"""

from collections import deque
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=15)
MOST_KEYS = 10_000
Key = tuple[str, str, str]


class Throttle:
    """Says whether somebody must wait. The time is handed in."""

    def __init__(self, pair: int = 5, single: int = 30) -> None:
        self.pair = pair
        self.single = single
        self.wrong: dict[Key, deque[datetime]] = {}

    def must_wait(self, login: str, address: str, now: datetime) -> bool:
        return any(
            len(self._recent(key, now)) >= limit for key, limit in self._keys(login, address)
        )

    def count(self, login: str, address: str, now: datetime) -> None:
        """Count a try as wrong. It is taken back if it was right: tries at once all count."""
        if len(self.wrong) > MOST_KEYS:
            self.wrong = {key: seen for key in self.wrong if (seen := self._recent(key, now))}
        for key, limit in self._keys(login, address):
            self.wrong.setdefault(key, deque(maxlen=limit)).append(now)

    def right(self, login: str, address: str) -> None:
        """A right try forgives this login here, and takes back its own count elsewhere."""
        self.wrong.pop(("pair", login, address), None)
        for key, _ in self._keys(login, address):
            if self.wrong.get(key):
                self.wrong[key].pop()

    def _recent(self, key: Key, now: datetime) -> deque[datetime]:
        seen = self.wrong.get(key, deque())
        while seen and now - seen[0] >= WINDOW:
            seen.popleft()
        return seen

    def _keys(self, login: str, address: str) -> list[tuple[Key, int]]:
        keys = [(("pair", login, address), self.pair), (("login", login, ""), self.single)]
        return [*keys, (("address", "", address), self.single)] if address else keys
