"""A link as a QR code that a template draws: one path on a light square."""

from dataclasses import dataclass

import segno

QUIET = 4  # modules of light around it, as the standard asks


@dataclass(frozen=True, slots=True)
class Code:
    """`size` counts modules, light rim included; `path` is what to draw."""

    size: int
    path: str


def code(link: str) -> Code:
    made = segno.make(link, error="m", micro=False)
    steps = []
    for y, row in enumerate(made.matrix):
        x = 0
        while x < len(row):
            run = 0
            while x + run < len(row) and row[x + run]:
                run += 1
            if run:
                steps.append(f"M{x + QUIET} {y + QUIET}h{run}v1h-{run}z")
            x += run or 1
    return Code(len(made.matrix) + 2 * QUIET, "".join(steps))
