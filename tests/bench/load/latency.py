"""How long packets took, kept as counts per ten microseconds: no list that grows, no sorting."""

STEP = 10_000  # ns
STEPS = 50_000  # half a second; what took longer counts as the last step


class Latencies:
    def __init__(self) -> None:
        self._counts = [0] * STEPS
        self.count = 0
        self.most = 0

    def add(self, nanoseconds: int) -> None:
        """Count one. What seems to have arrived before it left (clocks are stepped) took 0."""
        self.count += 1
        if nanoseconds > self.most:
            self.most = nanoseconds
        self._counts[max(0, min(nanoseconds // STEP, STEPS - 1))] += 1

    def quantile(self, share: float) -> float:
        """Milliseconds that this share of packets stayed within; 0 when there were none."""
        wanted = share * self.count
        passed = 0
        for step, count in enumerate(self._counts):
            passed += count
            if passed >= wanted and passed:
                return (step + 1) * STEP / 1e6
        return 0.0
