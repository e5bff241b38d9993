"""Signs of the wrong place: what may stand in some files only, or in none.

Each row is a mistake somebody could make in good faith, and what it would have cost.
"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

# id, files, what must not stand in them, except in files whose path begins with one of these
RULES = [
    ("deeds do not end the transaction; pages do", "server/**/*.py", r"\.commit\(", ()),
    (
        "only the store asks the database",
        "server/**/*.py",
        r"(?<![.\w])select\(",
        ("server/store",),
    ),
    ("SQL is never pasted together (V1.2.4)", "server/**/*.py", r"\btext\(f[\"']", ()),
    ("templates are files (V1.3.7)", "server/**/*.py", r"from_string\(", ()),
    ("nothing unpickles what came from outside (V1.5.2)", "server/**/*.py", r"\bpickle\b", ()),
    ("tokens come from secrets (V11.5.1)", "server/**/*.py", r"import random\b|\buuid\b", ()),
    (
        "one place writes logs, and it knows no names (P6)",
        "server/**/*.py",
        r"^import logging|^from logging",
        ("server/log.py", "server/__main__.py"),
    ),
    ("text is shown as text (V3.2.2)", "web/static/js/**/*.js", r"\b(?:inner|outer)HTML\b", ()),
    (
        "text is never run (V3.2.2)",
        "web/static/js/**/*.js",
        r"\beval\(|new Function\(|insertAdjacentHTML|document\.write",
        (),
    ),
    ("what people wrote is escaped (V1.2.1)", "web/templates/**/*.html", r"\|\s*safe\b", ()),
    (
        "no script or style stands in a page (design 4)",
        "web/templates/**/*.html",
        r"<script(?![^>]*\b(?:src|type=\"application/json\"))|<style|\sstyle=|\son[a-z]+=\"|javascript:",
        (),
    ),
    (
        "nothing is asked of another host (P7)",
        "web/{templates,static}/**/*.{html,css,js}",
        r"(?:src=|action=|<link[^>]*href=|@import |url\()[\"']?(?:https?:)?//",
        (),
    ),
]


def files(pattern: str) -> list[Path]:
    """The files of a glob that may name alternatives in braces."""
    if choice := re.search(r"\{([^}]*)\}", pattern):
        parts = choice[1].split(",")
        return [f for part in parts for f in files(pattern.replace(choice[0], part, 1))]
    return sorted(ROOT.glob(pattern))


@pytest.mark.parametrize(
    ("pattern", "wrong", "allowed"), [pytest.param(*rule[1:], id=rule[0]) for rule in RULES]
)
def test_everything_stands_where_it_belongs(
    pattern: str, wrong: str, allowed: tuple[str, ...]
) -> None:
    found = [
        f"{name}: {line.strip()}"
        for path in files(pattern)
        if not (name := path.relative_to(ROOT).as_posix()).startswith(allowed or ("-",))
        for line in path.read_text(encoding="utf-8").splitlines()
        if re.search(wrong, line)
    ]
    assert found == []


@pytest.mark.parametrize(
    ("rule", "line"),
    [
        ("text is shown as text (V3.2.2)", "  tile.innerHTML = name"),
        ("no script or style stands in a page (design 4)", '<p style="color: red">'),
        ("no script or style stands in a page (design 4)", "<script>go()</script>"),
        ("no script or style stands in a page (design 4)", '<a onclick="go()">'),
        ("nothing is asked of another host (P7)", '<script src="//cdn.example/x.js"></script>'),
        ("nothing is asked of another host (P7)", "@import 'https://fonts.example/a.css';"),
        ("only the store asks the database", "rows = await db.scalars(select(Account))"),
    ],
)
def test_a_wrong_line_would_be_seen(rule: str, line: str) -> None:
    wrong = next(row[2] for row in RULES if row[0] == rule)
    assert re.search(wrong, line)


def test_a_right_line_is_left_alone() -> None:
    script = '<script type="module" src="{{ static(\'js/app.js\') }}"></script>'
    facts = '<script type="application/json" id="state">{{ state }}</script>'
    wrong = next(row[2] for row in RULES if row[0].startswith("no script"))
    assert not re.search(wrong, script)
    assert not re.search(wrong, facts)
