"""Imports point inwards only. When this fails, move the code, not the rule (ADR 1)."""

import ast
import sys
from pathlib import Path

import pytest

SERVER = Path(__file__).parents[1] / "server"

# What the outer layers share without being a layer: no rules, no rows.
COMMON = {"keys", "log", "clock", "settings", "texts"}
MAY_IMPORT = {
    "domain": {"domain"},
    "store": {"domain", "store"},
    "services": {"domain", "store", "services"},
    # Told who may hear whom, never why: the worker can be replaced without touching a rule.
    "media": {"media"},
    "ws": {"domain", "services", "media", "ws"} | COMMON,
    "http": {"domain", "services", "media", "ws", "http"} | COMMON,
}
# Whose packages a layer knows, beside Python's own.
MAY_KNOW = {
    "domain": set(),
    "store": {"sqlalchemy", "alembic", "aiosqlite"},
    "services": {"sqlalchemy", "argon2", "cryptography", "aiosmtplib"},
    # aiortc and msgspec only in the part that runs in the web process, av only in the partner
    # of a trial call (ADR 3); tests/media/test_call.py sees that no worker loads av or aiortc.
    "media": {"OpenSSL", "cryptography", "pylibsrtp", "aiortc", "av", "msgspec"},
}

FILES = [path for layer in MAY_IMPORT for path in sorted((SERVER / layer).rglob("*.py"))]


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SERVER)))
def test_imports_point_inwards(path: Path) -> None:
    layer = path.relative_to(SERVER).parts[0]
    for name in imports(path):
        top, _, rest = name.partition(".")
        if top == "server":
            assert rest.split(".")[0] in MAY_IMPORT[layer], f"{layer} must not import {name}"
        elif layer in MAY_KNOW and top not in sys.stdlib_module_names:
            assert top in MAY_KNOW[layer], f"{layer} must not know {top}"


@pytest.mark.parametrize("name", ["now", "today", "utcnow", "time"])
def test_nobody_but_the_clock_asks_for_the_time(name: str) -> None:
    """Rules are handed the time, so that a test can stop it.

    `media` counts packets by a monotonic clock of its own, and the tools are run by hand.
    """
    for path in sorted(SERVER.rglob("*.py")):
        if path.name == "clock.py" or path.relative_to(SERVER).parts[0] in ("media", "tools"):
            continue
        assert name not in asked_of_the_time(path), f"{path.name} must be told the time"


def test_the_checks_above_see_a_wrong_import_and_a_wrong_clock(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.py"
    wrong.write_text("from server.store import tables\nimport sqlalchemy.orm\ndatetime.now(UTC)\n")
    assert imports(wrong) == {"server.store.tables", "sqlalchemy.orm"}
    assert asked_of_the_time(wrong) == {"now"}


def imports(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


def asked_of_the_time(path: Path) -> set[str]:
    """The methods called on `datetime`, `date` or `time` themselves."""
    return {
        node.func.attr
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and isinstance(node.func.value, ast.Name)
        and node.func.value.id in ("datetime", "date", "time")
    }
