"""The whole suite on both processors: what runs beside what.

`run.py test` hands pytest `-n auto` and asks here. Nothing named: two processes, which take the
tests in this order. Something named: one process, as quick to start as ever, `-x` and `--pdb` too.

1. Calls: browsers that send each other pictures. They keep a processor busy by themselves and tell
   times by events, so they run one after the other, all in one process.
2. Everything without a browser, file by file, in the other process meanwhile.
3. Pages: browsers that only read and press, the longest first. Whichever process is free takes
   the next.
"""

import re
from types import SimpleNamespace
from typing import Any

import pytest

AT_MOST = 2  # of our processes; each has browsers and houses of its own
PAGES = re.compile(
    r"tests/e2e/(states/test_states\.py::(?!.*\[(by-name-call|calls|rooms|ways-call)-)"
    r"|test_(a_scanner|another_way|first_page|keys_and_large_text|plans_change"
    r"|the_home_answers|what_the_home_gets)\.py)"
)
CALLS = ("tests/e2e/", "tests/together/", "tests/network/")


LONGEST = ("test_a_scanner.py", "[passing-on-da]", "[staff-da]", "[letters-da]")


def lane(nodeid: str) -> tuple[int, str]:
    """When a test comes, and the name of those that run in the same process as it."""
    file = nodeid.partition("::")[0]
    if PAGES.match(nodeid):
        return 3, nodeid
    if file.startswith(CALLS):
        return 1, "calls"
    return 2, file


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    everything = config.args_source == pytest.Config.ArgsSource.TESTPATHS
    return AT_MOST if everything and not config.option.keyword else 0


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    from xdist.scheduler import LoadScopeScheduling

    class Lanes(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return lane(nodeid)[1]

    config.option.loadscopereorder = False  # ours is the order of the lanes
    return Lanes(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workeroutput"):
        items.sort(key=_order)


def _order(item: pytest.Item) -> tuple[int, int]:
    number = lane(item.nodeid)[0]
    place = [place for place, part in enumerate(LONGEST) if part in item.nodeid and number == 3]
    return number, min(place, default=len(LONGEST))


# What was not run is counted by whoever collects, and told by whoever writes the last line.


def pytest_deselected(items: list[pytest.Item]) -> None:
    told: dict[str, Any] | None = getattr(items[0].config, "workeroutput", None) if items else None
    if told is not None:
        told["not_run"] = told.get("not_run", 0) + len(items)


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    told = getattr(node, "workeroutput", {})
    reporter = node.config.pluginmanager.getplugin("terminalreporter")
    if reporter is not None and "deselected" not in reporter.stats:
        reporter.stats["deselected"] = [SimpleNamespace()] * told.get("not_run", 0)
