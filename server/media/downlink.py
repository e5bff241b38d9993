"""One receiver's way: what was sent on it, what came through, and what fits (no socket)."""

from collections.abc import Iterable, Mapping, Sequence

from server.media.allocation import Allocation, Choice
from server.media.estimator import LOSSY, Estimator

START = 1_500_000.0  # bit/s until we know better: two cameras in their middle size
MOST_OPEN, UNTOLD = 8192, 10e6  # numbers nobody has reported yet, and for how long (microseconds)
STOPPED = 2  # looks at which nothing new has come, after which a layer counts as switched off
PAUSE = 0.75  # seconds between two looks, beyond which what came says nothing about a rate
SPOKEN, KEPT_FREE = 1.0, 0.9  # seconds sound is counted over; and what is kept from then to then
FLOODED = 0.7  # of what is being sent: with less room than that nothing waits for a key frame
# Seconds all pictures stay away until their receiver's line counts as poor, and one is back until
# it does no longer.
GIVEN_UP, BACK = 6.0, 6.0
ENOUGH = 1.2  # of what one smallest picture takes
STARVED, LOSING = 2.0, 1.0  # seconds until a picture is taken away; and while sound is lost too
RECOVERED = 10.0  # seconds it has to fit until a line is taken for a good one again
DARK, DARK_AT_MOST = (
    5.0,
    20.0,
)  # seconds until dark pictures are tried again, twice as long each time
# Of each new rate, up and down: a quarter of a second alone would flicker, and what was less for a
# moment (a still face, a busy machine) is soon more again.
FASTER, SLOWER = 0.5, 0.1
UNHEARD = 5.0  # seconds without a word about any packet, after which nothing is known any more


class Meter:
    """The bit rate of one layer, looked at four times a second."""

    __slots__ = ("_at", "_octets", "_rate", "_still")

    def __init__(self) -> None:
        self._octets = self._still = 0
        self._at = float("-inf")
        self._rate = 0.0

    def count(self, octets: int, now: float) -> None:
        """Look: so many have come by now, since the beginning."""
        self._still += 1
        if octets != self._octets:
            passed = now - self._at
            fresh = 8 * (octets - self._octets) / passed if 0 < passed < PAUSE else 0.0
            follow = FASTER if fresh > self._rate else SLOWER
            self._rate = fresh if not self._rate else self._rate + follow * (fresh - self._rate)
            self._still = 0
        self._octets, self._at = octets, now

    @property
    def is_still(self) -> bool:
        """Whether nothing new had come at the last look."""
        return self._still > 0

    def stop(self) -> None:
        """Nothing more will come for now: the camera goes on in smaller sizes alone."""
        self._still = STOPPED

    @property
    def rate(self) -> float:
        """Bits per second; 0 when nothing has come lately."""
        return self._rate if self._still < STOPPED else 0.0


class Spoken:
    """What sound takes of a way. It comes and goes with every sentence: what the last one took
    is kept free for the next, for a while."""

    __slots__ = ("rate", "_octets", "_since")

    def __init__(self) -> None:
        self.rate = 0.0
        self._octets = 0
        self._since: float | None = None

    def count(self, octets: int, now: float) -> None:
        """So many more were sent."""
        self._octets += octets
        since = self._since = now if self._since is None else self._since
        if now - since >= SPOKEN:
            self.rate = max(8 * self._octets / (now - since), KEPT_FREE * self.rate)
            self._octets, self._since = 0, now


class Downlink:
    def __init__(self, *, takes_padding: bool = True) -> None:
        """`takes_padding`: there is something to probe with where all pictures are dark."""
        self._takes_padding = takes_padding
        self.slots: dict[int, tuple[int, int]] = {}
        self.chosen: dict[int, int] = {}
        self.probing = False
        self._estimator = Estimator(START)
        self._allocation = Allocation()
        self._spoken = Spoken()
        self._open: dict[int, tuple[int, int]] = {}  # number → when (microseconds), how large
        self._told: float | None = None
        self._starving: float | None = None  # since when not even the smallest pictures fit
        self._fine = float("-inf")  # since when they do
        self._chance = DARK
        self._heard = float("-inf")  # when we were told of a packet last
        self._missed: float | None = None  # since when nobody is seen for want of room
        self._back: float | None = None
        self._is_poor = False

    def sent(
        self, first: int, moments: Iterable[int], sizes: Iterable[int], sound: int, now: float
    ) -> None:
        """Note the packets that were sent with the numbers from `first` on, and how many bytes
        of them were sound."""
        self._spoken.count(sound, now)
        for offset, packet in enumerate(zip(moments, sizes, strict=True)):
            self._open[(first + offset) & 0xFFFF] = packet
        # A client that never tells of some of them costs nothing for longer than a moment.
        while self._open:
            oldest = next(iter(self._open))
            if len(self._open) <= MOST_OPEN and now * 1e6 - self._open[oldest][0] < UNTOLD:
                break
            del self._open[oldest]

    def told(self, bitrate: float) -> None:
        """Take a receiver's own estimate, where it sends nothing better."""
        self._told = bitrate

    def heard(self, statuses: Iterable[tuple[int, int | None]], now: float) -> bool:
        """Take in which packets arrived; True when the way is getting narrower."""
        packets = []
        for number, arrived in statuses:
            packet = self._open.pop(number, None)
            if packet is not None:
                packets.append((packet[0], arrived, packet[1]))
        if not packets:
            return False
        self._heard = now
        before = self._estimator.rate
        return self._estimator.update(now, packets) < before

    def loss(self, now: float) -> float:
        """The share of the last second's packets that did not come; 0 when nothing is known."""
        return self._estimator.loss if now - self._heard < UNHEARD else 0.0

    @property
    def rate(self) -> float:
        return self._estimator.rate if self._told is None else self._told

    def decide(
        self, rates: Mapping[int, Sequence[float]], priority: Sequence[int], now: float
    ) -> Choice:
        """Say what each slot gets. `priority` are the slots whose pictures come first.

        The estimate is of numbered packets. Where sound is among them, it comes first; where it
        is not, what it takes is not in the estimate either.
        """
        estimate = self._believed(rates, priority, now)
        choice = self._allocation.update(
            now,
            estimate,
            overusing=self._estimator.overusing,
            loss=self._estimator.excess,
            flooded=self.is_flooded(rates),
            audio=self._spoken.rate,
            rates=rates,
            priority=priority,
        )
        self._judge(not any(layer >= 0 for layer in choice.layers.values()) and bool(rates), now)
        return choice

    def _judge(self, is_dark: bool, now: float) -> None:
        """Whether all pictures stay away, for which a page puts sound first. One that is left is
        worth having; and a flood passes, and in the dark one is tried now and then."""
        if is_dark:
            self._missed, self._back = self._missed or now, None
            self._is_poor = self._is_poor or now - self._missed > GIVEN_UP
            return
        self._back = self._back or now
        if now - self._back > BACK:
            self._missed, self._is_poor = None, False

    def _believed(
        self, rates: Mapping[int, Sequence[float]], priority: Sequence[int], now: float
    ) -> float:
        """The estimate, but for one thing: the last face does not go dark on a guess or a hiccup.

        Where not even the smallest picture of whoever comes first fits, that has to hold for a
        while; and where all are dark and nothing else is left to measure with, it gets another
        chance after a while.
        """
        first = [slot for slot in (*priority, *sorted(rates)) if slot in rates][:1]
        least = sum(min(filter(None, rates[slot]), default=0.0) for slot in first)
        least += self._spoken.rate
        if self.rate >= least:
            if self._starving is not None:
                self._starving, self._fine = None, now
            if now - self._fine > RECOVERED:
                self._chance = DARK
            return self.rate
        if self._starving is None:
            self._starving = now
        starved = now - self._starving
        is_dark = all(self.chosen.get(slot, 0) < 0 for slot in rates)
        blind = not self._takes_padding or now - self._heard > UNHEARD
        if is_dark and blind and starved > STARVED + self._chance:
            self._starving, starved = now, 0.0
            self._chance = min(2 * self._chance, DARK_AT_MOST)
        patience = LOSING if self._estimator.excess > LOSSY else STARVED
        return max(self.rate, ENOUGH * least) if starved < patience else self.rate

    def is_flooded(self, rates: Mapping[int, Sequence[float]]) -> bool:
        """Whether so much more is being sent than goes through that each moment of it costs
        sound."""
        shown = [(rates[slot], layer) for slot, layer in self.chosen.items() if slot in rates]
        sent = sum(layers[layer] for layers, layer in shown if layer >= 0)
        return self.rate < FLOODED * (sent + self._spoken.rate)

    @property
    def level(self) -> str:
        """What its person notices: `poor`, all pictures had to go and stay away; `weak`, somebody's
        had to, or packets are lost on it."""
        if self._is_poor:
            return "poor"
        is_missed = any(self.chosen.get(slot, 0) < 0 for slot in self.slots)
        return "weak" if is_missed or self._estimator.excess > LOSSY else "fine"

    def room_for(self, probe: float) -> float:
        """How many bytes a second are missing until as much flows as a probe wants."""
        return max(0.0, probe - self._estimator.acked) / 8
