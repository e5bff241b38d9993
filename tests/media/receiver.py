"""One receiver of pictures over time, as the control process looks after them."""

from server.media.allocation import OFF, Allocation, Choice

AUDIO = 60_000
CAMERA = (150_000, 500_000, 1_500_000)  # simulcast as Chromium sends it, by layer
SPEAKER, SILENT, OTHER, SCREEN = 4, 1, 2, 9
TICK = 0.125  # seconds, and exact as a float


class Receiver:
    """One receiver over time: two silent cameras and a speaker unless told otherwise."""

    def __init__(self, *, audio: float = AUDIO, rates=None, priority=(SPEAKER,)) -> None:
        self.allocation = Allocation()
        self.audio = audio
        self.rates = rates or {SILENT: CAMERA, OTHER: CAMERA, SPEAKER: CAMERA}
        self.priority = priority
        self.now = 100.0
        self.switches: list[tuple[float, dict[int, int]]] = []
        self.probes: list[tuple[float, float]] = []

    def step(
        self, estimate: float, *, overusing: bool = False, loss: float = 0.0, flooded: bool = False
    ) -> Choice:
        self.now += TICK
        choice = self.allocation.update(
            self.now, estimate, overusing=overusing, loss=loss, flooded=flooded,
            audio=self.audio, rates=self.rates, priority=self.priority,
        )  # fmt: skip
        if not self.switches or self.switches[-1][1] != choice.layers:
            self.switches.append((self.now, choice.layers))
        if choice.probe and (not self.probes or self.now - self.probes[-1][0] > 0.7):
            self.probes.append((self.now, choice.probe))
        return choice

    def settle(self, estimate: float, seconds: float = 12) -> dict[int, int]:
        for _ in range(round(seconds / TICK)):
            choice = self.step(estimate)
        return choice.layers

    def seen(self, estimate: float) -> tuple[int, int, int]:
        """The layers of the speaker and the two silent ones, when all has calmed down."""
        layers = self.settle(estimate)
        return layers[SPEAKER], layers[SILENT], layers[OTHER]


def need(receiver: Receiver, layers: dict[int, int]) -> float:
    return receiver.audio + sum(receiver.rates[s][at] for s, at in layers.items() if at != OFF)
