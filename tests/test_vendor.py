"""What we did not write ourselves is exactly what the lock says, and nothing more."""

import hashlib
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCK = json.loads((ROOT / "web" / "vendor.lock.json").read_text())
ENTRIES = [entry for package in LOCK["packages"] for entry in package["files"]]
SPRITE = (ROOT / "web" / "static" / "img" / "icons.svg").read_text()
TEMPLATES = sorted((ROOT / "web" / "templates").rglob("*.html"))
STYLES = ROOT / "web" / "static" / "css"


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["to"])
def test_a_vendored_file_is_the_one_that_was_looked_at(entry):
    digest = hashlib.sha256((ROOT / entry["to"]).read_bytes()).hexdigest()
    assert digest == entry["sha256"], "run python -m server.tools.vendor and read the change"


@pytest.mark.parametrize("folder", ["web/static/fonts", "web/export/fonts", "tests/vendor"])
def test_nothing_unlisted_stands_among_the_vendored_files(folder):
    listed = {entry["to"] for entry in ENTRIES}
    found = {str(path.relative_to(ROOT)) for path in (ROOT / folder).iterdir()}
    assert found <= listed


def test_every_package_names_its_licence_and_its_reason():
    for package in LOCK["packages"]:
        assert package["licence"]
        assert package["why"]
        assert package["integrity"].startswith("sha512-")


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_every_icon_a_page_names_is_in_the_sprite(path):
    named = re.findall(r"""\b(?:icon|draw_icon)\(\s*["']([a-z0-9-]+)["']""", path.read_text())
    missing = [name for name in named if f'id="{name}"' not in SPRITE]
    assert not missing


def test_every_stylesheet_is_served():
    listed = [line for line in (STYLES / "bundle.txt").read_text().split() if line]
    listed += (STYLES / "call_bundle.txt").read_text().split()
    found = {str(path.relative_to(STYLES)) for path in STYLES.rglob("*.css")}
    assert sorted(listed) == sorted(found)


@pytest.mark.parametrize("path", sorted(STYLES.rglob("*.css")), ids=lambda path: path.name)
def test_a_style_asks_no_other_host_for_anything(path):
    """P7: a page makes no request to anybody else, not even for a typeface."""
    assert not re.search(r"url\(\s*[\"']?(?:https?:)?//", path.read_text())
