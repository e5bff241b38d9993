"""The tour's pictures, fresh from the last run of the states: `python -m tests.e2e.tour`.

docs/tour.md names the pictures it shows, STATE.LANGUAGE.WIDTH[-dark].png or, on paper, .a4.png, in
docs/img/tour; each is one that tests/e2e/states has taken into out/states.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).parents[2]
TOUR = ROOT / "docs" / "tour.md"
SHOWN = ROOT / "docs" / "img" / "tour"
TAKEN = ROOT / "out" / "states"
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
        shutil.copyfile(TAKEN / name, SHOWN / name)
    return len(wanted)


if __name__ == "__main__":
    refresh()
