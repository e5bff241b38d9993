"""Every bench says how it measures and what it is held against."""

import importlib
import inspect

import pytest

from tests.bench.__main__ import NAMES


@pytest.mark.parametrize("name", NAMES)
def test_a_bench_explains_itself(name: str) -> None:
    bench = importlib.import_module(f"tests.bench.{name}")
    assert bench.__doc__
    assert inspect.iscoroutinefunction(bench.measure)
    assert all(most > 0 for most in bench.BUDGETS.values())
