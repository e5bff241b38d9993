"""What runs beside what when the whole suite does (tests/lanes.py)."""

import re
from pathlib import Path

from tests.e2e.states.test_states import GROUPS, WITH_MEDIA
from tests.lanes import PAGES, lane

STATES = "tests/e2e/states/test_states.py::test_every_state_can_be_read_and_has_its_ways_out"


def test_calls_run_one_after_the_other_and_pages_wherever_there_is_room() -> None:
    names = {group: lane(f"{STATES}[{group}-da]") for group in GROUPS}
    assert {group for group, found in names.items() if found == (1, "calls")} == set(WITH_MEDIA)
    pages = [name for number, name in names.values() if number == 3]
    assert len(set(pages)) == len(GROUPS) - len(WITH_MEDIA)


def test_a_new_test_with_browsers_counts_as_a_call() -> None:
    assert lane("tests/e2e/test_something_new.py::test_it") == (1, "calls")


def test_what_needs_no_browser_stays_with_its_file() -> None:
    first, second = (lane(f"tests/ws/test_the_door.py::test_{name}") for name in ("a", "b[x]"))
    assert first == second == (2, "tests/ws/test_the_door.py")


def test_every_page_named_is_there() -> None:
    here = Path(__file__).parent / "e2e"
    named = re.findall(r"[a-z_]{6,}", PAGES.pattern.partition("test_(")[2].partition(")")[0])
    assert named
    assert [name for name in named if not (here / f"test_{name}.py").exists()] == []
