"""Which picture each slot of one receiver gets, so that all of it fits into their line. Pure.

Sound comes first and is never dropped. Of the pictures, everybody's smallest comes before
anybody's larger one: somebody who falls silent shrinks, but does not vanish from the room while
there is room. Beyond that the shared screen and whoever speaks come first, going up and going
down. What does not fit is switched down soon and up slowly, and a larger picture that might fit
is tried out with packets nobody misses before it is promised.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from server.media.probing import PROBE_LOSS, UP, Probes

OFF = -1

DOWN = 0.95  # of what is needed; between this and UP nothing changes
DOWN_EVERY, UP_AFTER = 0.5, 2.0  # seconds

Rates = Mapping[int, Sequence[float]]
"""For every slot in use the measured bit/s of its layers, low to high; 0 where none comes."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The layer to forward for each slot (`OFF`: no picture), and a wish.

    `probe` is what shall flow to the receiver for now, media included, in bit/s; 0 for no probe.
    """

    layers: dict[int, int]
    probe: float


class Allocation:
    """One receiver's pictures."""

    __slots__ = ("_layers", "_lowered", "_probes", "_switched")

    def __init__(self) -> None:
        self._layers: dict[int, int] = {}
        self._lowered = self._switched = float("-inf")
        self._probes = Probes()

    def update(
        self,
        now: float,
        estimate: float,
        *,
        overusing: bool,
        loss: float,
        flooded: bool,
        audio: float,
        rates: Rates,
        priority: Sequence[int],
    ) -> Choice:
        """Choose anew, some times a second (`now` in seconds, rates in bit/s, loss 0..1).

        When the line is `flooded`, nobody knows yet what it carries: down to one picture, the first
        and in its smallest size, at once. The key frames of several would drown the sound.
        `audio` is what all sound for this receiver takes; `priority` names the slots that come
        first, a shared screen before who is speaking.
        """
        slots = [slot for slot in dict.fromkeys(priority) if slot in rates]
        first = len(slots)
        slots += sorted(slot for slot in rates if slot not in slots)
        ladders = {slot: _ladder(rates[slot]) for slot in slots}
        self._follow(ladders, first, estimate - audio)
        self._probes.judge(now, estimate, overusing or loss > PROBE_LOSS)
        need = audio + _cost(ladders, self._layers)
        if estimate < DOWN * need:
            soon = flooded or now - self._lowered >= DOWN_EVERY
            if soon and now >= self._probes.spared:
                self._probes.lowered(now, estimate, now - self._lowered)
                self._lowered = now
                smaller = _fill(ladders, first, estimate - audio)
                if flooded:
                    smaller = dict.fromkeys(smaller, OFF) | {s: ladders[s][0][0] for s in slots[:1]}
                self._switch(now, {s: min(at, smaller[s]) for s, at in self._layers.items()})
        elif not overusing and now - self._switched >= UP_AFTER:
            # What is held between the two limits stays held, whosever picture it becomes.
            larger = _fill(ladders, first, max(estimate / UP, need) - audio)
            if any(larger[slot] > at for slot, at in self._layers.items()):
                self._probes.raised(now)
                self._switch(now, larger)
        step = _next_step(ladders, first, self._layers)
        wanted = audio + _cost(ladders, step) if step else 0.0
        everything = audio + sum(ladder[-1][1] for ladder in ladders.values()) if step else 0.0
        probe = self._probes.wish(now, estimate, wanted, everything)
        return Choice(dict(self._layers), probe)

    def _follow(self, ladders: "Ladders", first: int, budget: float) -> None:
        """Keep up with who is there: a newcomer is seen at once, at the others' expense."""
        before = self._layers
        newcomers = [slot for slot in ladders if slot not in before]
        self._layers = {
            # A layer its sender no longer sends is replaced by the next smaller one.
            slot: max((layer for layer, _ in ladder if layer <= before.get(slot, OFF)), default=OFF)
            for slot, ladder in ladders.items()
        }
        if newcomers:
            fitting = _fill(ladders, first, budget)
            self._layers = {slot: min(at, fitting[slot]) for slot, at in self._layers.items()}
            self._layers |= {s: min(ladders[s][0][0], fitting[s]) for s in newcomers}

    def _switch(self, now: float, layers: dict[int, int]) -> None:
        if layers != self._layers:
            self._layers = layers
            self._switched = now


Ladders = dict[int, list[tuple[int, float]]]
"""By slot, those that come first in front: (layer, bit/s) of what can be had, low to high."""


def _ladder(rates: Sequence[float]) -> list[tuple[int, float]]:
    """What flows can be chosen. Where nothing was measured yet, the smallest may be asked for."""
    flowing = [(layer, rate) for layer, rate in enumerate(rates) if rate > 0]
    return flowing or ([(0, 0.0)] if rates else [(OFF, 0.0)])


def _fill(ladders: Ladders, first: int, budget: float) -> dict[int, int]:
    """The best that fits, step by step in the order of what people would miss most."""
    steps = dict.fromkeys(ladders, 0)
    for slot, rung in _order(ladders, first):
        ladder = ladders[slot]
        if steps[slot] != rung:
            continue  # what is below it did not fit
        more = ladder[rung][1] - (ladder[rung - 1][1] if rung else 0.0)
        # A thousandth of a bit: a sum must not depend on the order it was made in.
        if more <= budget + 0.001:
            steps[slot] += 1
            budget -= more
    return {slot: ladders[slot][rung - 1][0] if rung else OFF for slot, rung in steps.items()}


def _order(ladders: Ladders, first: int) -> Iterable[tuple[int, int]]:
    """All steps (slot, rung): every smallest; up for each of the first; then all others alike."""
    slots = list(ladders)
    for slot in slots:
        yield slot, 0
    for slot in slots[:first]:
        for rung in range(1, len(ladders[slot])):
            yield slot, rung
    for rung in range(1, max(map(len, ladders.values()), default=0)):
        for slot in slots[first:]:
            if rung < len(ladders[slot]):
                yield slot, rung


def _next_step(ladders: Ladders, first: int, layers: dict[int, int]) -> dict[int, int] | None:
    """The layers with the one step more that comes next; None when all are at the top."""
    for slot, rung in _order(ladders, first):
        layer = ladders[slot][rung][0]
        if layer > layers[slot]:
            return {**layers, slot: layer}
    return None


def _cost(ladders: Ladders, layers: dict[int, int]) -> float:
    return sum(rate for slot, at in layers.items() for layer, rate in ladders[slot] if layer == at)
