"""The bad networks everything is tried on (trust.md part 6, after RingRTC's call_sim), as data.

A profile is a row of spells, one after the other; the last one lasts. Both directions are alike.
"""

from tests.impair import Conditions, bursts

Spells = tuple[tuple[float, Conditions], ...]  # seconds, and what the network does meanwhile
LASTS = float("inf")
RANDOM = (0.05, 0.10, 0.20, 0.30, 0.40, 0.50)
BURSTS = (1.5, 2.0, 3.0, 4.0)  # datagrams in a row, on average


def _for_good(**what: float) -> Spells:
    return ((LASTS, Conditions(**what)),)  # type: ignore[arg-type]  # heavy_tail is never here


PROFILES: dict[str, Spells] = {
    "good": _for_good(),
    "moderate": ((LASTS, Conditions(loss=0.05, delay=0.100, jitter=0.025, heavy_tail=True)),),
    "international": (
        (
            LASTS,
            Conditions(
                delay=0.250, jitter=0.100, p=0.03, r=0.25, duplicate=0.02, reorder=0.05, rate=300e3
            ),
        ),
    ),
    "spiky": (
        (10, Conditions()),
        (10, Conditions(p=0.11, r=0.25)),  # 0.11 / (0.11 + 0.25): about 30 %
        (LASTS, Conditions()),
    ),
    **{f"loss {share:.0%}": _for_good(loss=share) for share in RANDOM},
    **{
        f"bursts {share:.0%} x {length:g}": _for_good(**bursts(share, length))
        for share in RANDOM
        for length in BURSTS
    },
}
