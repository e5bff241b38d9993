"""Lint, format and types, checked by the one command everybody types."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


@pytest.mark.parametrize(
    "tool",
    [
        pytest.param(["ruff", "check", "."], id="the code is free of known mistakes"),
        pytest.param(["ruff", "format", "--check", "."], id="the code is laid out alike"),
        pytest.param(["mypy"], id="every type in server fits"),
    ],
)
def test_the_tools_agree(tool: list[str]) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", *tool], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize("path", [ROOT / "run.py"], ids=["run.py"])
def test_an_old_python_can_read_far_enough_to_be_told(path: Path) -> None:
    import ast

    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 6))
