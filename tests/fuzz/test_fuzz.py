"""Genuine bytes, spoiled: whatever comes of them costs only their sender (W3, V17.2.4, V17.3.2).

A few hundred examples of each run with everything else. Many more run with
`python3 run.py test --all`; what they find becomes a line in the target's `CORPUS`.
"""

from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.fuzz import control, rtcp, rtp, sdp, stun
from tests.fuzz.mutations import EndlessError, counted, spoiled

TARGETS = [stun, rtp, rtcp, sdp, control]
FEW, MANY, TIMES = 300, 2_500, 4  # examples


def name(target: ModuleType) -> str:
    return target.__name__.rpartition(".")[2]


def spoil(target: ModuleType, examples: int) -> None:
    @settings(max_examples=examples, suppress_health_check=list(HealthCheck), database=None)
    @given(spoiled([*target.GENUINE, *target.CORPUS]), st.booleans())
    def whatever_is_done(data: bytes, mend: bool) -> None:
        target.check(target.mended(data) if mend and hasattr(target, "mended") else data)

    whatever_is_done()


@pytest.mark.parametrize("target", TARGETS, ids=name)
def test_whatever_is_done_to_genuine_bytes_is_read_or_refused(target):
    """W3, M8: nothing but a ValueError, no loop without an end, and no second opinion."""
    spoil(target, FEW)


@pytest.mark.long
@pytest.mark.parametrize("time", range(TIMES))
@pytest.mark.parametrize("target", TARGETS, ids=name)
def test_so_it_is_for_a_long_time(target, time):
    """The same, many times as often."""
    spoil(target, MANY)


@pytest.mark.parametrize(
    ("target", "data"),
    [
        pytest.param(target, data, id=f"{name(target)}-{number}")
        for target in TARGETS
        for number, data in enumerate(target.CORPUS)
    ],
)
def test_what_broke_a_parser_or_easily_might_breaks_none_of_ours(target, data):
    """W3, M8: the corpus. Each target says what its own entries are."""
    target.check(data)


@pytest.mark.parametrize("target", TARGETS, ids=name)
def test_what_is_genuine_passes(target):
    for data in target.GENUINE:
        target.check(data)


def test_a_loop_without_an_end_is_noticed():
    """So the ones above would fail, and not hang."""
    from server.media.transport_cc import parse_feedback

    with pytest.raises(EndlessError):
        counted(parse_feedback, rtcp.GENUINE[5], most=5)
