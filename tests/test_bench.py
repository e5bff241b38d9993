"""Every bench says how it measures and what it is held against."""

import importlib
import inspect

import pytest

from tests.bench import soak
from tests.bench.__main__ import NAMES, line
from tests.bench._budgets import at_least, at_most


@pytest.mark.parametrize("name", NAMES)
def test_a_bench_explains_itself(name: str) -> None:
    bench = importlib.import_module(f"tests.bench.{name}")
    assert bench.__doc__
    assert inspect.iscoroutinefunction(bench.measure)
    assert "quick" in inspect.signature(bench.measure).parameters
    assert all(budget.bound > 0 for budget in bench.BUDGETS.values())


@pytest.mark.parametrize(
    ("budget", "value", "verdict"),
    [
        pytest.param(at_most(5), 5.0, "at most 5: kept", id="just within what it may cost"),
        pytest.param(at_most(5), 5.1, "at most 5: NOT kept", id="too dear"),
        pytest.param(at_least(90), 90.0, "at least 90: kept", id="just as much as is wanted"),
        pytest.param(at_least(90), 89.0, "at least 90: NOT kept", id="too little"),
    ],
)
def test_a_figure_is_told_with_what_it_is_held_against(budget, value, verdict):
    assert line("rooms", value, budget).endswith(verdict)


def test_what_was_not_measured_is_neither_kept_nor_broken():
    assert line("janus_rooms_per_core", None, at_least(1)).endswith("not measured")


def test_growth_is_told_by_the_hour_and_without_the_warming_up():
    series = [(10.0 * n, 50.0 + n if n < 20 else 70.0 + n / 360) for n in range(100)]
    assert soak.slope(soak.after_warm_up(series)) == pytest.approx(1.0)
    assert soak.slope([(0.0, 5.0)]) is None
