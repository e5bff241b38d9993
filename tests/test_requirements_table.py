"""docs/requirements.md tells no fairy tales: every number is there, every named proof exists."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TABLE = ROOT / "docs" / "requirements.md"
NUMBERS = [
    f"{letter}{n}"
    for letter, last in [("P", 12), ("S", 56), ("N", 26), ("M", 13)]
    for n in range(1, last + 1)
]
WAITS = "waits"  # and what for; it may name tests of the part that is there
ROW = re.compile(r"^\| ([PSNM]\d+) \|(.+)\|(.*)\|(.*)\|$", re.MULTILINE)
PROOF = re.compile(r"`(tests/[^`]+::[^`]+)`")

ROWS = [
    (number, proofs.strip(), broken.strip())
    for number, _, proofs, broken in ROW.findall(TABLE.read_text(encoding="utf-8"))
]
PROVEN = [
    pytest.param(number, proof, id=f"{number} {proof}")
    for number, proofs, _ in ROWS
    for proof in PROOF.findall(proofs)
]


def test_every_promise_and_obligation_has_its_row() -> None:
    assert [number for number, _, _ in ROWS] == NUMBERS


def test_every_row_names_a_proof_or_says_what_it_waits_for() -> None:
    waiting = re.compile(WAITS + r": [^`]{5,}")
    assert [n for n, said, _ in ROWS if not (waiting.match(said) or PROOF.match(said))] == []


def test_every_proven_row_says_what_was_broken_to_see_it_fail() -> None:
    proven = [row for row in ROWS if not row[1].startswith(WAITS)]
    assert [number for number, _, broken in proven if not broken] == []


@pytest.mark.parametrize(("number", "proof"), PROVEN)
def test_the_named_proof_exists_and_names_the_number(number: str, proof: str) -> None:
    file, _, name = proof.partition("::")
    assert (ROOT / file).is_file(), f"no file {file}"
    words = docstring(ROOT / file, name)
    assert words is not None, f"{file} has no {name}"
    assert names(words, number), f"the docstring of {name} does not name {number}"


def test_only_the_whole_number_counts() -> None:
    assert names("P4 and S45: the home learns only that.", "P4")
    assert not names("P41, S4", "P4")
    assert names("Covers S1-S3.", "S3")


def docstring(file: Path, name: str) -> str | None:
    """The docstring of the test `name`; for browser-side tests the comment on top of the file."""
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".mjs":
        return text if f'test("{name}"' in text else None
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name:
            return ast.get_docstring(node) or ""
    return None


def names(words: str, number: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9]){number}(?![0-9])", words) is not None
