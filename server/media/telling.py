"""What people are told of a call's media while it goes on: who speaks, and whose way down is poor.

Only changes are told, and of a way only what has lasted: a face that grew small for a moment is
nobody's news. Pure; the control process asks four times a second, after the pulse.
"""

from collections.abc import Callable

from server.media.connection import Connection
from server.media.quality import Quality

LASTS = 2.0  # seconds a way has to be worse until it is told
BETTER = 6.0  # seconds it has to be better again
ORDER = ("fine", "weak", "poor")

Tell = Callable[[str, Connection, str], None]


class Telling:
    def __init__(self, quality: Quality, find: Callable[[int], Connection | None]) -> None:
        self._quality = quality
        self._find = find
        self._speaks: dict[str, int] = {}
        self._told: dict[int, str] = {}
        self._since: dict[int, tuple[str, float]] = {}

    def look(self, now: float, tell: Tell) -> None:
        """Tell what has changed: `speaks` of a connection, or `way` with how it is."""
        self._speakers(now, tell)
        ways = self._quality.ways()
        for number, level in ways.items():
            self._way(number, level, now, tell)
        for number in self._told.keys() - ways.keys():
            self._told.pop(number)
            self._since.pop(number, None)

    def figures(self) -> dict[str, int]:
        """What is remembered of people: nothing once they are gone."""
        return {"kept_tellings": len(self._speaks) + len(self._told) + len(self._since)}

    def _speakers(self, now: float, tell: Tell) -> None:
        first = self._quality.speaking(now)
        for room in self._speaks.keys() - first.keys():
            del self._speaks[room]
        for room, number in first.items():
            connection = self._find(number)
            if connection is not None and self._speaks.get(room) != number:
                self._speaks[room] = number
                tell("speaks", connection, "")

    def _way(self, number: int, level: str, now: float, tell: Tell) -> None:
        told = self._told.setdefault(number, "fine")
        if level == told:
            self._since.pop(number, None)
            return
        seen, since = self._since.get(number, ("", now))
        if seen != level:
            self._since[number] = (level, now)
            return
        worse = ORDER.index(level) > ORDER.index(told)
        connection = self._find(number)
        if connection is not None and now - since >= (LASTS if worse else BETTER):
            self._told[number] = level
            del self._since[number]
            tell("way", connection, level)
