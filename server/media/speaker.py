"""Who is speaking, from the loudness every client writes beside its sound (RFC 6464). Pure.

Nothing listens: the level is a header extension of each packet, 0 (as loud as can be) to 127
(silence) in -dBov, with a bit that says whether it is a voice. A cough makes nobody a speaker, a
breath ends no sentence, and who is seen large does not change back and forth in an argument.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from math import exp
from typing import Generic, TypeVar

SILENCE = 127
ON, OFF = SILENCE - 50, SILENCE - 60  # of smoothed loudness: somebody speaks, is silent
RISE, FALL = 0.25, 0.5  # seconds the smoothing takes
NOTHING = 0.6  # seconds without a packet are silence (Opus DTX sends one in 0.4)
BREATH = 1.5  # seconds below OFF before somebody has stopped
BEGINS, OVERTAKES = 0.3, 0.8  # seconds above ON: after somebody stopped, while somebody speaks
STAY = 1.5  # seconds the first one stays first at least
LOUDER = 6.0  # dB above whoever still speaks

Seat = TypeVar("Seat", bound=Hashable)


@dataclass(slots=True)
class _Voice:
    at: float
    loudness: float = 0.0
    loud_until: float = float("-inf")
    tells_voices: bool = False

    def stopped(self, now: float) -> bool:
        return now - self.loud_until >= BREATH


class Speakers(Generic[Seat]):
    """The voices of one room."""

    __slots__ = ("_challenger", "_changed", "_order", "_since", "_voices")

    def __init__(self) -> None:
        self._voices: dict[Seat, _Voice] = {}
        self._order: list[Seat] = []  # who has been first, the latest in front
        self._changed = float("-inf")
        self._challenger: Seat | None = None  # who may become first, and since when
        self._since = 0.0

    def heard(self, seat: Seat, level: int, voice: bool, now: float) -> None:
        """Sound of this loudness (0..127) came at this second; not every packet is needed."""
        heard = self._voices.get(seat)
        if heard is None:
            heard = self._voices[seat] = _Voice(now)
        # Who once marked a voice marks all of them: a loud street is then no speaker.
        heard.tells_voices = heard.tells_voices or voice
        loudness = SILENCE - level if voice or not heard.tells_voices else 0
        self._settle(heard, now, float(loudness))

    def __len__(self) -> int:
        """How many seats have been heard."""
        return len(self._voices)

    def forget(self, seat: Seat) -> None:
        self._voices.pop(seat, None)
        if seat in self._order:
            self._order.remove(seat)

    def order(self, now: float) -> list[Seat]:
        """Who is speaking, or was last, in front; then who was before them.

        Nobody is their own speaker: for one of these seats it is the first of the others.
        """
        for voice in self._voices.values():
            if now - voice.at > NOTHING:
                self._settle(voice, now, 0.0)
        first = self._voices[self._order[0]] if self._order else None
        spoken = first is not None and not first.stopped(now)
        challenger = self._loudest(first, spoken)
        if challenger != self._challenger:
            self._challenger, self._since = challenger, now
        waited = now - self._since >= (OVERTAKES if spoken else BEGINS)
        if challenger is not None and waited and now - self._changed >= STAY:
            self._order = [challenger, *(seat for seat in self._order if seat != challenger)]
            self._changed = now
        return list(self._order)

    def _loudest(self, first: _Voice | None, spoken: bool) -> Seat | None:
        """The loudest who is not first, where loud enough to be."""
        least = max(ON, first.loudness + LOUDER) if first is not None and spoken else ON
        found: Seat | None = None
        for seat, voice in self._voices.items():
            if voice is not first and voice.loudness >= least:
                found, least = seat, voice.loudness
        return found

    @staticmethod
    def _settle(voice: _Voice, now: float, loudness: float) -> None:
        passed = max(0.0, now - voice.at)
        if passed > NOTHING:
            voice.loudness *= exp(-passed / FALL)
            passed = 0.02  # of what is heard now, no more is known than one packet
        takes = RISE if loudness > voice.loudness else FALL
        voice.loudness += (loudness - voice.loudness) * (1 - exp(-passed / takes))
        voice.at = now
        if voice.loudness >= OFF:
            voice.loud_until = now
