"""What a run comes to: rooms, ratios, medians. Pure."""

import statistics

from tests.bench.load.ladder import STARVED, Climb
from tests.bench.load.run import Measured

COUNTERS = ("twcc_feedbacks", "nacks_answered", "sender_reports", "layer_switches")
EQUAL = 16  # rooms that every server but the relay should hold

Figures = dict[str, float | None]


def figures(measured: Measured) -> Figures:
    """The bench's answer; `None` where there was nobody to compare with."""
    bare, full = measured.bare, measured.full
    # Half a load's stay is no answer to the question.
    half_load = [window for window in measured.half_load if window.starved <= STARVED]
    relay = [measured.relay] if measured.relay else None
    return {
        "rooms_per_core_bare": bare.held,
        "rooms_per_core": full.held,
        "janus_rooms_per_core_bare": _most(measured.janus_bare),
        "janus_rooms_per_core": _most(measured.janus_full),
        "relay_rooms_per_core": _most(relay),
        "bare_rooms_vs_janus": _times(bare.held, _most(measured.janus_bare)),
        "rooms_vs_janus": _times(full.held, _most(measured.janus_full)),
        "cpu_per_packet_vs_janus_bare": dearness(bare, measured.janus_bare),
        "cpu_per_packet_vs_janus": dearness(full, measured.janus_full),
        "cpu_per_packet_vs_relay": _of_the_relay(full, measured.relay),
        "us_per_packet_bare": _cost(bare, bare.held),
        "us_per_packet": _cost(full, full.held),
        "p50_ms_half_load_joins": _median([window.p50_ms for window in half_load]),
        "p99_ms_half_load_joins": _median([window.p99_ms for window in half_load]),
        "join_ms_half_load": _median(measured.joins_ms),
        "joins_failed": measured.joins_failed,
        "mb_per_room": measured.mb_per_room,
        **{name: float(measured.counted.get(name, 0)) for name in COUNTERS},
    }


def table(measured: Measured) -> str:
    """Who holds how many rooms and at what cost, as Markdown; costs at 16 rooms compare."""
    made = [
        "| server | rooms held | p99 ms there | us/packet there | us/packet at 16 | no further |",
        "|---|---|---|---|---|---|",
    ]
    for name, climbed in measured.climbs().items():
        late = _median([window.p99_ms for window in climbed.at(climbed.held)])
        costs = [_cost(climbed, climbed.held), _cost(climbed, EQUAL)]
        cells = [str(climbed.held), *map(_short, (late, *costs)), climbed.stopped_by]
        made.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(made) + "\n"


def _short(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def dearness(ours: Climb, others: list[Climb] | None) -> float | None:
    """Our time per packet over the best other's, at the highest load both were seen to hold.

    Time per packet falls with the load in every server, so only equal loads compare.
    """
    if not others:
        return None
    found = []
    for other in others:
        shared = {window.rooms for window in ours.windows} & {w.rooms for w in other.windows}
        held = [rooms for rooms in shared if rooms <= min(ours.held, other.held)]
        if held:
            mine, theirs = _cost(ours, max(held)), _cost(other, max(held))
            found.append((mine or 0) / (theirs or 1))
    return max(found, default=None)


def _of_the_relay(ours: Climb, relay: Climb | None) -> float | None:
    """The same at one room, held by it or not: more than one it never holds."""
    theirs = (
        [window.us_per_packet for window in relay.windows if window.rooms == 1] if relay else []
    )
    mine = _cost(ours, 1)
    return mine / statistics.median(theirs) if theirs and mine else None


def _cost(climbed: Climb, rooms: int) -> float | None:
    return _median([window.us_per_packet for window in climbed.at(rooms)])


def _most(climbed: list[Climb] | None) -> int | None:
    return max((each.held for each in climbed), default=None) if climbed else None


def _times(ours: int, others: int | None) -> float | None:
    return ours / others if others else None


def _median(values: list[float]) -> float | None:
    return statistics.median(values) if values else None
