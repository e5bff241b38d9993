"""The look's own promises: enough contrast by day and in the evening, one place for colours,
small enough for a phone, and parts that know no sentence of their own."""

import gzip
import re
from pathlib import Path

import jinja2
import pytest

from server.http import static

WEB = Path(__file__).parents[1] / "web"
STYLES = WEB / "static" / "css"
PARTS = WEB / "templates" / "parts"
DRAWINGS = sorted(
    path.stem for path in (PARTS / "drawings").glob("*.html") if path.stem != "things"
)

# Paper is white whatever the hour is.
EVENING = "@media screen and (prefers-color-scheme: dark)"

# Who stands on what, and the least contrast: 4.5 for words, 3 for edges of what you press.
PAIRS = [
    *[("ink", ground, 4.5) for ground in ("wall", "sheet", "sill", "lit", "stop-tint")],
    *[("quiet", ground, 4.5) for ground in ("wall", "sheet", "sill", "lit")],
    *[("act", ground, 4.5) for ground in ("wall", "sheet", "act-tint")],
    *[("on-act", ground, 4.5) for ground in ("act", "act-press")],
    *[("edge", ground, 3.0) for ground in ("wall", "sheet", "sill")],
    ("care", "lit", 4.5),
    ("note", "note-tint", 4.5),
    ("stop", "stop-tint", 4.5),
    ("stop", "wall", 4.5),
    ("on-lamp", "lit-edge", 4.5),
]


def roles() -> tuple[dict[str, str], dict[str, str]]:
    """Every role with its hex, by day and in the evening, as tokens.css has them."""
    text = re.sub(r"/\*.*?\*/", "", (STYLES / "tokens.css").read_text(), flags=re.DOTALL)
    raw = dict(re.findall(r"--([a-z]+-\d):\s*(#[0-9a-f]{6})", text))
    before, _, after = text.partition(EVENING)
    found = r"--([a-z-]+):\s*var\(--([a-z]+-\d)\)"
    day = {role: raw[name] for role, name in re.findall(found, before)}
    return day, day | {role: raw[name] for role, name in re.findall(found, after)}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2's contrast ratio of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(share * c for share, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


@pytest.mark.parametrize("evening", [False, True], ids=["by day", "in the evening"])
@pytest.mark.parametrize(("upper", "ground", "least"), PAIRS)
def test_words_and_edges_stand_out(upper: str, ground: str, least: float, evening: bool) -> None:
    theme = roles()[evening]
    assert contrast(theme[upper], theme[ground]) >= least


@pytest.mark.parametrize("evening", [False, True], ids=["by day", "in the evening"])
@pytest.mark.parametrize("ground", ["wall", "sheet", "sill", "lit", "act-tint"])
def test_one_of_the_two_rings_of_focus_stands_out_on_every_ground(
    ground: str, evening: bool
) -> None:
    theme = roles()[evening]
    rings = (theme["lit-edge"], theme["ink"])
    assert max(contrast(ring, theme[ground]) for ring in rings) >= 9


@pytest.mark.parametrize("path", sorted(STYLES.rglob("*.css")), ids=lambda path: path.name)
def test_a_style_keeps_to_its_layer_and_names_no_colour(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.DOTALL).strip()
    assert text.startswith("@layer ")
    if path.name not in {"tokens.css", "drawing.css"}:
        assert not re.search(r"#[0-9a-fA-F]{3,8}\b|\b(rgb|hsl|oklch)\(", text)


@pytest.mark.parametrize("path", sorted(STYLES.rglob("*.css")), ids=lambda path: path.name)
def test_a_screen_may_be_held_either_way(path: Path) -> None:
    """P12: nothing is turned round because of how the telephone is held (WCAG 1.3.4)."""
    turning = re.compile(r"@media[^{]*orientation[^{]*(\{(?:[^{}]|\{[^{}]*\})*\})")
    turned = [block for block in turning.findall(path.read_text()) if "rotate" in block]
    assert turned == []


def test_the_styles_icons_and_type_of_a_first_visit_are_light() -> None:
    """P11: what every page needs besides its words stays small on the wire."""
    files = static.Files().files
    assert len(files[static.STYLES].packed or b"") <= 14_000
    assert len(files["img/icons.svg"].packed or b"") <= 6_000
    assert len(files["fonts/atkinson-next.woff2"].body) <= 16_000


@pytest.mark.parametrize("name", DRAWINGS)
def test_a_drawing_is_small_and_silent_and_keeps_to_the_tones(name: str) -> None:
    loader = jinja2.FileSystemLoader(WEB / "templates")
    pages = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    svg = pages.get_template(f"parts/drawings/{name}.html").render()
    assert len(gzip.compress(svg.encode(), 9)) <= 2_000
    assert 'aria-hidden="true"' in svg
    assert not re.search(r"#[0-9a-f]{3,6}\b", svg), "both themes share one file: use the tones"
    assert set(re.findall(r"var\(--(d-[a-z0-9-]+)\)", svg)) <= tones()


def tones() -> set[str]:
    return set(re.findall(r"--(d-[a-z0-9-]+):", (STYLES / "parts" / "drawing.css").read_text()))


@pytest.mark.parametrize("path", sorted(PARTS.glob("*.html")), ids=lambda path: path.name)
def test_a_part_takes_its_words_and_looks_none_up(path: Path) -> None:
    shared_rows = {"ways_out.html"}  # an include, the same rows on every page that knows nobody
    if path.name not in shared_rows:
        assert not re.search(r"\{\{[^}]*\bt\(", path.read_text())


def test_the_evening_has_its_own_tone_for_everything_but_the_lamp() -> None:
    text = (STYLES / "parts" / "drawing.css").read_text()
    day, _, evening = text.partition(EVENING)
    by_day = set(re.findall(r"--(d-[a-z0-9-]+):", day))
    at_night = set(re.findall(r"--(d-[a-z0-9-]+):", evening.partition(".mark")[0]))
    assert by_day - at_night == {"d-bulb", "d-mouth", "d-eye"}
