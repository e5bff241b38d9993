"""The scripts of the pages: asked for at once, small, and plain files that run as they stand."""

import gzip
import re
from pathlib import Path

import jinja2
import pytest

from server.http.static import script

WEB = Path(__file__).parents[1] / "web"
SCRIPTS = WEB / "static" / "js"
ENTRIES = ["guest", "host", "trying"]
LATER = re.compile(r'import\("([^"]+)"\)')  # fetched when somebody wants it
IMPORT = re.compile(r'^import (?:[^"]*? from )?"([^"]+)"', re.MULTILINE)

CALL_PAGE = 50 * 1024  # bytes, compressed (design 6)
OPENING = 1200  # bytes, compressed: "about 1 kB of script" (P11)


def modules(path: Path, seen: dict[Path, None]) -> dict[Path, None]:
    """Everything a module imports, in whatever depth."""
    for named in IMPORT.findall(path.read_text(encoding="utf-8")):
        found = (path.parent / named).resolve()
        if found not in seen:
            seen[found] = None
            modules(found, seen)
    return seen


def preloaded(entry: str) -> set[Path]:
    env = jinja2.Environment(loader=jinja2.FileSystemLoader(WEB / "templates"), autoescape=True)
    env.globals["static"] = lambda name: name
    source = '{% from "calling/scripts.html" import scripts %}{{ scripts(entry) }}'
    html = env.from_string(source).render(entry=entry)
    return {
        (WEB / "static" / name).resolve() for name in re.findall(r'preload" href="([^"]+)"', html)
    }


def packed(paths: list[Path]) -> int:
    return sum(len(gzip.compress(script(path.read_bytes()), 9, mtime=0)) for path in paths)


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_call_page_asks_for_all_its_modules_at_once(entry: str) -> None:
    assert preloaded(entry) == set(modules(SCRIPTS / f"{entry}.js", {}))


@pytest.mark.parametrize("entry", ENTRIES)
def test_a_call_page_keeps_to_its_budget(entry: str) -> None:
    path = SCRIPTS / f"{entry}.js"
    assert packed([path, *modules(path, {})]) <= CALL_PAGE


def test_opening_a_link_takes_about_a_kilobyte() -> None:
    """P11: the first thing a young person's phone runs is small and imports nothing."""
    path = SCRIPTS / "open.js"
    assert modules(path, {}) == {}
    assert packed([path]) <= OPENING


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.js")), ids=lambda path: path.name)
def test_no_script_keeps_or_tells_anything(path: Path) -> None:
    """P6: nothing people say or write stays on the device or in its console."""
    text = path.read_text(encoding="utf-8")
    for keeper in ("localStorage", "sessionStorage", "indexedDB", "caches.", "console."):
        assert keeper not in text


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.js")), ids=lambda path: path.name)
def test_every_script_is_used(path: Path) -> None:
    named = {SCRIPTS / f"{entry}.js" for entry in ENTRIES}
    for page in (WEB / "templates").rglob("*.html"):
        for name in re.findall(r"static\('js/([^']+)'\)", page.read_text(encoding="utf-8")):
            named.add(SCRIPTS / name)
    reached = {found for start in named if start.exists() for found in modules(start, {})}
    for found in list(reached):
        for later in LATER.findall(found.read_text(encoding="utf-8")):
            target = (found.parent / later).resolve()
            reached |= {target, *modules(target, {})}
    assert path.resolve() in named | reached


@pytest.mark.parametrize("path", sorted(SCRIPTS.rglob("*.js")), ids=lambda path: path.name)
def test_no_comment_leaves_the_house_and_no_code_stays_behind(path: Path) -> None:
    """P11: what is served is the script without the lines that are for us."""
    text = path.read_text(encoding="utf-8")
    served = script(path.read_bytes()).decode()
    assert not re.search(r"^\s*(//|/\*)", served, re.MULTILINE)
    code = [line for line in text.splitlines() if re.match(r"\s*[\w#}\[({<.?:@]", line)]
    outside = [line for line in code if not re.match(r"\s*(\*|//|/\*)", line)]
    kept = set(served.splitlines())
    assert [line for line in outside if line not in kept and not _is_comment(line, text)] == []


def _is_comment(line: str, text: str) -> bool:
    """Whether a line that looks like code stands inside a comment of several lines."""
    inside = re.findall(r"^[ \t]*/\*.*?\*/", text, re.DOTALL | re.MULTILINE)
    return any(line in comment for comment in inside)
