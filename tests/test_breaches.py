"""docs/breaches.md: each kind of breach has a control and a test that are there (C14)."""

import re
from pathlib import Path

from server.domain.incidents import IncidentKind

ROOT = Path(__file__).parents[1]
TABLE = (ROOT / "docs" / "breaches.md").read_text(encoding="utf-8")
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.splitlines()
    if line.startswith("| ") and not line.startswith("| Kind")
]
CONTROL = re.compile(r"`(server/[\w/]+\.py)`")
PROOF = re.compile(r"`(tests/[\w/.]+)::(\w+)`")


def test_every_kind_the_list_of_incidents_finds_has_its_row() -> None:
    """C14: one that nobody wrote down fails."""
    kinds = [match[1] for row in ROWS if (match := re.fullmatch(r"`(\w+)`", row[0]))]
    assert sorted(kinds) == sorted(kind.value for kind in IncidentKind)


def test_every_row_names_a_control_and_a_test_that_are_there() -> None:
    """C14: a changed control and a regression test, not only a reminder."""
    assert len(ROWS) > len(IncidentKind)
    for kind, _, control, proof in ROWS:
        files = CONTROL.findall(control)
        tests = PROOF.findall(proof)
        assert files, kind
        assert tests, kind
        assert [file for file in files if not (ROOT / file).is_file()] == [], kind
        for file, name in tests:
            assert f"def {name}(" in (ROOT / file).read_text(encoding="utf-8"), (kind, name)
