"""What a client says back, as a browser does: reports, losses, arrival times, key frames."""

from typing import Any

from tests.bench.load.crowd import Crowd
from tests.bench.load.leg import Leg


class Reports:
    def __init__(self, legs: dict[int, Leg]) -> None:
        self._legs = legs
        self.begin()

    def begin(self) -> None:
        self.key_frames = 0

    def add(self, leg: Leg) -> None:
        pass

    def remove(self, leg: Leg) -> None:
        pass

    def note(self, crowd: Crowd, count: int) -> None:
        pass

    def note_one(self, crowd: Crowd, index: int, ssrc: int) -> None:
        pass

    def take(self, leg: Leg) -> None:
        """Act on the RTCP a leg has been sent."""
        self.key_frames += leg.key_frames()
        leg.rtcp.clear()

    def tick(self, now: float) -> None:
        pass

    def figures(self) -> dict[str, Any]:
        return {"key_frames_asked": self.key_frames}
