"""A picture of a run: the time packets take (99th percentile) over the rooms held, as SVG."""

from math import log10
from xml.sax.saxutils import escape

from tests.bench.load.ladder import LATEST, Climb, Window

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 760, 420, 64, 180, 24, 52
FROM, TO = 0.1, 100.0  # ms, on a scale of powers of ten
COLOURS = ("#1b6e53", "#7a4bb0", "#c2571a", "#a03050", "#37659c", "#6b6b6b")
_TENS = 3  # from 0.1 to 100


def plot(climbs: dict[str, Climb]) -> str:
    """Draw a line for each server; where it ends is where it no longer holds."""
    most = max((w.rooms for each in climbs.values() for w in each.windows), default=1)
    made = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12" role="img">',
        "<title>99th percentile of a packet's stay over the number of rooms</title>",
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#fff"/>',
        *_axes(most),
    ]
    for number, (name, climbed) in enumerate(climbs.items()):
        colour = COLOURS[number % len(COLOURS)]
        points = [(x(rooms, most), y(late)) for rooms, late in stays(climbed)]
        path = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
        at = TOP + 14 + 20 * number
        made += [
            f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>',
            *(
                f'<circle cx="{across:.1f}" cy="{down:.1f}" r="3" fill="{colour}"/>'
                for across, down in points
            ),
            f'<text x="{WIDTH - RIGHT + 14}" y="{at}" fill="{colour}">{escape(name)}</text>',
        ]
    return "\n".join([*made, "</svg>", ""])


def stays(climbed: Climb) -> list[tuple[int, float]]:
    """For each step its best window's 99th percentile, and how the first step not held looked."""
    found: dict[int, list[Window]] = {}
    for window in climbed.windows:
        if window.received:
            found.setdefault(window.rooms, []).append(window)
    return [(rooms, min(w.p99_ms for w in windows)) for rooms, windows in sorted(found.items())]


def x(rooms: float, most: int) -> float:
    return LEFT + rooms / most * (WIDTH - LEFT - RIGHT)


def y(milliseconds: float) -> float:
    """Where a time stands on the scale of powers of ten."""
    share = log10(max(FROM, min(milliseconds, TO)) / FROM) / _TENS
    return HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM)


def _axes(most: int) -> list[str]:
    made = []
    for power in range(_TENS + 1):
        value = FROM * 10**power
        made += [
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y(value):.1f}" y2="{y(value):.1f}" '
            'stroke="#ddd"/>',
            f'<text x="{LEFT - 8}" y="{y(value) + 4:.1f}" text-anchor="end">{value:g} ms</text>',
        ]
    limit = y(LATEST)
    made += [
        f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{limit:.1f}" y2="{limit:.1f}" '
        'stroke="#b00" stroke-dasharray="6 4"/>',
        f'<text x="{LEFT + 6}" y="{limit - 5:.1f}" fill="#b00">the limit, {LATEST:g} ms</text>',
    ]
    for rooms in range(0, most + 1, 16 if most > 40 else 4):
        made.append(
            f'<text x="{x(rooms, most):.1f}" y="{HEIGHT - BOTTOM + 20}" '
            f'text-anchor="middle">{rooms}</text>'
        )
    middle = (LEFT + WIDTH - RIGHT) / 2
    made.append(
        f'<text x="{middle}" y="{HEIGHT - 12}" text-anchor="middle">'
        "rooms of three on one core</text>"
    )
    return made
