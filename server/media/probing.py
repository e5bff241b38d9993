"""When to try whether a line carries more, and with how much. Pure.

An estimate grows only with what is sent. Where the next larger picture does not fit yet, what
it would need is sent for half a second in packets nobody misses (copies, over RTX): if it comes
without delay the estimate has grown, and allocation.py may promise the picture.
"""

# Of what is needed. A probe of exactly so much must be proof enough (0.95 of what arrives counts),
# and narrow lines have nothing to spare.
UP, PROBE = 1.06, 1.14
PROBE_FOR = 0.5  # seconds
# Seconds until the next: after a step up or a proof, where more often fits too; else; at most.
# A longer most would let a line that is whole again wait for longer than ten seconds.
PROBE_SOON, PROBE_AFTER, PROBE_AT_LATEST = 1.0, 2.0, 3.0
PROBE_LATER = 1.4  # times as long after each that proved nothing
# A probe must not drown the sound of a line that is as narrow as it seems.
PROBE_AT_MOST = 2.0  # of the estimate
BOLDLY, OFTEN = 3.0, 2  # of the estimate, after so many that proved something one after another
PROBE_LOSS = 0.05
PROVED = 1.1  # of the estimate before: a probe that raised it by so much was worth it
HARM = 0.95  # of the estimate before
# Seconds after a probe in which nothing goes down: what it broke was the probe's, and what
# flowed before did fit. Without this every probe into a narrow line costs a picture.
SPARED = 1.5
# Of the last estimate that proved true: beyond it, and where the last probe proved something, the
# line is another one, so no longer the next step is tried but all of them.
BEYOND = 1.2
FORGOTTEN = 5.0  # seconds between two steps down that belong to different troubles


class Probes:
    """One receiver's probes. `spared` is the moment until which no picture is taken away."""

    __slots__ = ("spared", "_at", "_before", "_interval", "_probing", "_proofs", "_proven")

    def __init__(self) -> None:
        self.spared = float("-inf")
        self._interval = PROBE_AFTER
        self._at: float | None = None  # when the next may begin
        self._probing = 0.0  # until when one lasts; 0 when there is none
        self._before = 0.0  # the estimate when it began
        self._proven = 0.0  # the estimate beyond which nothing is known
        self._proofs = 0  # probes that proved something, since the last that did not

    def judge(self, now: float, estimate: float, disturbed: bool) -> None:
        """Stop at once when it does harm; what proved nothing is tried again later each time."""
        if self._probing and (disturbed or estimate < HARM * self._before or now >= self._probing):
            proved = not disturbed and estimate >= PROVED * self._before
            later = min(self._interval * PROBE_LATER, PROBE_AT_LATEST)
            self._interval = PROBE_AFTER if proved else later
            self._proofs = self._proofs + 1 if proved else 0
            self.spared = now + SPARED
            if not proved:
                self._proven = self._before
            self._stop(now + (PROBE_SOON if proved else self._interval))
        elif disturbed:
            self._stop(now + self._interval)

    def lowered(self, now: float, estimate: float, since: float) -> None:
        """Pictures are being taken away, so many seconds after the last time."""
        self._proven = max(estimate, self._proven if since < FORGOTTEN else 0.0)
        self._proofs = 0
        self._stop(now + self._interval)

    def raised(self, now: float) -> None:
        """A picture is being given."""
        self._interval = PROBE_AFTER
        self._stop(now + PROBE_SOON)

    def wish(self, now: float, estimate: float, wanted: float, everything: float) -> float:
        """What shall flow now, in bit/s: 0, or more than does while a probe lasts.

        `wanted` is what the next step would need altogether, `everything` what all of them; 0
        when there is no step left.
        """
        if self._at is None:
            self._at = now + self._interval
        is_another_line = estimate > BEYOND * self._proven
        if is_another_line and (self._proofs or not self._proven):
            wanted = everything
        if not wanted or estimate >= UP * wanted:
            return 0.0
        if not self._probing and now >= self._at:
            self._probing, self._before = now + PROBE_FOR, estimate
        most = (BOLDLY if self._proofs >= OFTEN else PROBE_AT_MOST) * self._before
        return min(PROBE * wanted, most) if self._probing else 0.0

    def _stop(self, until: float) -> None:
        self._probing = 0.0
        self._at = until
