"""How a note stands with the case system."""

from datetime import UTC, datetime, timedelta

import pytest

from server.domain import exporting
from server.domain.exporting import LATE_AFTER, Standing

NOON = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("asked", "sent", "changed", "stands"),
    [
        pytest.param(None, None, False, Standing.NEVER, id="nobody asked"),
        pytest.param(NOON - A_MINUTE, None, False, Standing.ON_ITS_WAY, id="asked just now"),
        pytest.param(NOON - LATE_AFTER, None, False, Standing.LATE, id="asked a while ago"),
        pytest.param(NOON, NOON, False, Standing.SENT, id="gone"),
        pytest.param(NOON, NOON, True, Standing.CHANGED, id="gone, and it reads otherwise now"),
    ],
)
def test_it_stands_as_what_happened_says(asked, sent, changed, stands) -> None:
    assert exporting.standing(asked, sent, changed=changed, now=NOON) == stands


def test_a_name_is_the_same_each_time_and_another_for_each_version() -> None:
    """P6: a mark and a number, nobody's name and no day."""
    assert exporting.name("0f" * 6, 2) == exporting.name("0f" * 6, 2) == "enerum-0f0f0f0f0f0f-v2"
    assert exporting.name("0f" * 6, 3) != exporting.name("0f" * 6, 2)


def test_words_are_read_when_they_were_answered_about_not_before_they_were_written() -> None:
    assert exporting.is_read(NOON) is None
    assert exporting.is_read(NOON, NOON - A_MINUTE) is None
    assert exporting.is_read(NOON, NOON - A_MINUTE, NOON + A_MINUTE, NOON) == NOON
