"""The tour's pictures, fresh from the last run of the states: `python -m tests.e2e.tour`.

docs/tour.md names the pictures it shows, STATE.LANGUAGE.WIDTH[-dark].png or, on paper, .a4.png, in
docs/img/tour; each is one that tests/e2e/states has taken into out/states. The README's picture is
four of them beside each other.
"""

import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
from av.filter import Graph

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "docs" / "tour.md"
SHOWN = ROOT / "docs" / "img" / "tour"
TAKEN = ROOT / "out" / "states"
FIRST = ROOT / "docs" / "img" / "meeting.png"
BESIDE = ("letter-known", "question-15-heard", "call-three", "choosing-item")
BETWEEN = 12, "0xd4d6cc"
PICTURE = re.compile(r"img/tour/(([a-z0-9_-]+)\.(da|en)\.(360|1280|a4)(?:-dark)?\.png)")


def pictures() -> list[tuple[str, str]]:
    """The pictures the tour shows, in its order: file and state."""
    return [(name, state) for name, state, *_ in PICTURE.findall(TOUR.read_text("utf-8"))]


def refresh() -> int:
    """Bring in what the tour shows, and put away what it no longer does. Raises FileNotFoundError
    for a picture nobody has taken."""
    SHOWN.mkdir(parents=True, exist_ok=True)
    wanted = {name for name, _ in pictures()}
    for old in SHOWN.glob("*.png"):
        if old.name not in wanted:
            old.unlink()
    for name in wanted:
        in_few_colours([TAKEN / name], SHOWN / name)
    in_few_colours([TAKEN / f"{state}.da.360.png" for state in BESIDE], FIRST)
    return len(wanted)


def in_few_colours(taken: Sequence[Path], shown: Path) -> None:
    """The same pictures, beside each other, in the 256 colours they have most of: nobody sees it,
    and it weighs a third."""
    frames = [decoded(one) for one in taken]
    graph, once = Graph(), Fraction(1, 25)
    entries = [
        graph.add_buffer(format="rgb24", width=frame.width, height=frame.height, time_base=once)
        for frame in frames
    ]
    whole = entries[0]
    if len(entries) > 1:
        whole = graph.add("hstack", f"inputs={len(entries)}")
        for place, entry in enumerate(entries):
            gap, colour = BETWEEN if place else (0, BETWEEN[1])
            padded = graph.add("pad", f"iw+{gap}:ih:{gap}:0:{colour}")
            entry.link_to(padded)
            padded.link_to(whole, 0, place)
    split, colours = graph.add("split"), graph.add("palettegen", "reserve_transparent=0")
    fewer, end = graph.add("paletteuse", "dither=none"), graph.add("buffersink")
    whole.link_to(split)
    split.link_to(fewer, 0, 0)
    split.link_to(colours, 1, 0)
    colours.link_to(fewer, 0, 1)
    fewer.link_to(end)
    graph.configure()
    for entry, frame in zip(entries, frames, strict=True):
        frame.pts = 0
        entry.push(frame)
        entry.push(None)
    painted = end.pull()
    png = av.CodecContext.create("png", "w")
    png.width, png.height = painted.width, painted.height
    png.pix_fmt, png.time_base = painted.format.name, once
    png.options = {"compression_level": "9", "pred": "none"}
    shown.write_bytes(b"".join(bytes(part) for part in [*png.encode(painted), *png.encode(None)]))


def decoded(taken: Path) -> av.VideoFrame:
    with av.open(str(taken)) as file:
        return next(file.decode(video=0)).reformat(format="rgb24")


if __name__ == "__main__":
    refresh()
