"""The locks are made from the lists, hash every package and name no index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAIRS = [
    pytest.param(folder / "requirements.txt", folder / "requirements.lock", id=name)
    for name, folder in [("what runs", ROOT), ("what tests", ROOT / "tests")]
]
PIN = re.compile(r"^([a-z0-9-]+)(?:\[[a-z]+\])?==(\S+)")


@pytest.mark.parametrize(("listed", "lock"), PAIRS)
def test_every_listed_package_is_locked_at_the_listed_version(listed: Path, lock: Path) -> None:
    wanted, locked = pins(listed), pins(lock)
    assert wanted
    assert {name: locked.get(name) for name in wanted} == wanted


@pytest.mark.parametrize(("listed", "lock"), PAIRS)
def test_every_listed_package_is_pinned_and_says_why(listed: Path, lock: Path) -> None:
    for line in packages(listed):
        pin, _, reason = line.partition("#")
        assert PIN.match(pin), f"not pinned: {line}"
        assert reason.strip(), f"no reason given: {line}"


@pytest.mark.parametrize(("listed", "lock"), PAIRS)
def test_every_locked_package_has_hashes_and_comes_from_no_named_index(
    listed: Path, lock: Path
) -> None:
    text = lock.read_text(encoding="utf-8")
    assert "://" not in text
    for entry in re.split(r"\n(?=[a-z])", text):
        assert "--hash=sha256:" in entry, f"no hash: {entry.splitlines()[0]}"


@pytest.mark.parametrize(("listed", "lock"), PAIRS)
def test_nothing_is_locked_that_no_listed_package_asks_for(listed: Path, lock: Path) -> None:
    asked_by = dict(
        re.findall(r"\n([a-z0-9-]+)==[^#]*?\n    # via((?:.|\n    #)*)", "\n" + lock.read_text())
    )
    assert set(asked_by) == set(pins(lock))


def test_a_package_in_both_locks_has_one_version() -> None:
    """`run.py test` installs both into the same place."""
    runs, tests = pins(ROOT / "requirements.lock"), pins(ROOT / "tests" / "requirements.lock")
    both = runs.keys() & tests.keys()
    assert both
    assert {name: runs[name] for name in both} == {name: tests[name] for name in both}


def packages(path: Path) -> list[str]:
    return [line for line in path.read_text(encoding="utf-8").splitlines() if line[:1].isalpha()]


def pins(path: Path) -> dict[str, str]:
    found = (PIN.match(line) for line in packages(path))
    return {pin[1]: pin[2] for pin in found if pin}
